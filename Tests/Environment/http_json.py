"""HTTP requests with JSON in and out, for the API and for the sandbox's control interface."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str] = field(repr=False)
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


def request(
    method: str, url: str, content: object = None, headers: dict[str, str] | None = None, timeout: float = 30.0
) -> Answer:
    """Sends `content` as JSON (bytes as they are). An error status is an answer like any other."""
    data = content if isinstance(content, bytes | None) else json.dumps(content).encode()
    message = urllib.request.Request(url, data=data, method=method, headers=dict(headers or {}))
    if data is not None and not message.has_header("Content-type"):
        message.add_header("Content-Type", "application/json")
    # No proxy, whatever the environment says: everything here is on the loopback interface.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(message, timeout=timeout) as response:
            return Answer(response.status, _lowered(response.headers), response.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, _lowered(error.headers), error.read())


def _lowered(headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
