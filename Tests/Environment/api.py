"""The HTTP API as a program uses it."""

from .http_json import Answer, request


class API:
    """`base_url` ends in /api/v1; `key` goes out as X-API-Key."""

    def __init__(self, base_url: str, key: str | None):
        self.base_url = base_url
        self.key = key

    def get(self, path: str, **options) -> Answer:
        return self._request("GET", path, None, **options)

    def post(self, path: str, content: object = None, **options) -> Answer:
        return self._request("POST", path, {} if content is None else content, **options)

    def send_text(self, to: str, text: str) -> dict:
        """Sends and returns `data`; the answer must be a success."""
        answer = self.post("messages/send-text", {"to": to, "message": text})
        assert answer.status == 200, (answer.status, answer.body)
        return answer.json["data"]

    def _request(self, method: str, path: str, content: object, headers: dict[str, str] | None = None) -> Answer:
        key = {} if self.key is None else {"X-API-Key": self.key}
        return request(method, f"{self.base_url}/{path}", content, key | (headers or {}))
