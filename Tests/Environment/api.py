"""The HTTP API as a program uses it."""

import uuid

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

    def post_form(self, path: str, fields: dict[str, str | list[str]], file: bytes, name: str, content_type: str, **options) -> Answer:
        """As curl's -F and a browser's form do: multipart/form-data with the file as `file`."""
        boundary = "----boundary-" + uuid.uuid4().hex
        parts = []
        for field, values in fields.items():
            for value in [values] if isinstance(values, str) else values:
                parts.append(f'Content-Disposition: form-data; name="{field}"\r\n\r\n{value}'.encode())
        head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {content_type}\r\n\r\n'
        parts.append(head.encode() + file)
        body = b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()
        headers = options.pop("headers", {}) | {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._request("POST", path, body, headers=headers, **options)

    def send_text(self, to: str, text: str) -> dict:
        """Sends and returns `data`; the answer must be a success."""
        answer = self.post("messages/send-text", {"to": to, "message": text})
        assert answer.status == 200, (answer.status, answer.body)
        return answer.json["data"]

    def _request(
        self, method: str, path: str, content: object, headers: dict[str, str] | None = None, timeout: float = 30.0
    ) -> Answer:
        key = {} if self.key is None else {"X-API-Key": self.key}
        return request(method, f"{self.base_url}/{path}", content, key | (headers or {}), timeout)
