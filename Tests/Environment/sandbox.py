"""wa-sandbox: the simulated WhatsApp service and its phones, driven through its control interface."""

import itertools
import json
import time
import urllib.parse
from pathlib import Path

from .deadline import until
from .http_json import request
from .process import Process
from .programs import program
from .wire_log import Expired

_START_TIMEOUT_S = 30.0
# One long poll; the control interface answers earlier when something arrives.
_POLL_MS = 2000


class SandboxError(Exception):
    """The control interface refused something."""


class Sandbox:
    """A running `wa-sandbox serve`. Numbers of `new_phone` are unused ones, so that tests do not meet."""

    def __init__(self, directory: Path, survives: bool = False):
        directory.mkdir(parents=True, exist_ok=True)
        ready = directory / "ready.json"
        with open(ready, "wb") as stdout:
            self.process = Process(
                "wa-sandbox", [program("wa-sandbox"), "serve", "--dir", str(directory)],
                directory / "sandbox.log", stdout=stdout.fileno(), survives=survives,
            )
        until(lambda: b"\n" in ready.read_bytes(), _START_TIMEOUT_S, "wa-sandbox is ready", self.process)
        endpoints = json.loads(ready.read_text().splitlines()[0])
        self.url: str = endpoints["url"]
        self.ca_file: str = endpoints["ca_file"]
        self.root_key: str = endpoints["root_key"]
        self.control_url: str = endpoints["control"]
        self._numbers = itertools.count(96890000001)

    @property
    def tls_port(self) -> int:
        return urllib.parse.urlsplit(self.url).port

    def new_phone(self, name: str, number: str | None = None) -> "Phone":
        number = number or str(next(self._numbers))
        status = self.control("POST", "phones", {"number": number, "name": name})
        return Phone(self, number, name, status)

    def control(self, method: str, path: str, content: object = None) -> dict | list:
        answer = request(method, f"{self.control_url}/{path}", content)
        if answer.status >= 300:
            raise SandboxError(f"{method} {path}: {answer.status} {answer.body.decode('utf-8', 'replace')}")
        return answer.json if answer.body else {}

    def journal(self) -> list:
        """Everything notable so far: logins, stanzas by class, refused things with their reason, missing acks."""
        return _entries(self.control("GET", "journal?after=0&wait=0"))

    def stop(self) -> None:
        self.process.stop()


class Phone:
    """A simulated phone. `status` is what the control interface said at its creation."""

    def __init__(self, sandbox: Sandbox, number: str, name: str, status: dict):
        self.sandbox = sandbox
        self.number = number
        self.name = name
        self.status = status

    def scan(self, qr: str) -> dict:
        return self.sandbox.control("POST", f"phones/{self.number}/scan", {"qr": qr})

    def send(self, to: str, text: str) -> str:
        """Sends from the phone itself and returns the message id."""
        return self.sandbox.control("POST", f"phones/{self.number}/send", {"to": to, "text": text})["id"]

    def read(self, chat: str, *ids: str) -> None:
        self.sandbox.control("POST", f"phones/{self.number}/read", {"ids": list(ids), "chat": chat})

    def devices(self) -> list:
        return _entries(self.sandbox.control("GET", f"phones/{self.number}/devices"))

    def unlink(self, device: int) -> None:
        self.sandbox.control("POST", f"phones/{self.number}/unlink", {"device": device})

    def messages(self, wait_ms: int = 0, after: int = 0) -> list[dict]:
        return _entries(self.sandbox.control("GET", f"phones/{self.number}/messages?after={after}&wait={wait_ms}"))

    def wait_message(self, timeout: float = 20.0, **fields) -> dict:
        """The first message whose fields have these values, own ones and received ones alike."""
        return self._wait(lambda message: all(message.get(key) == value for key, value in fields.items()), timeout, str(fields))

    def _wait(self, matches, timeout: float, what: str) -> dict:
        deadline = time.monotonic() + timeout
        while True:
            messages = self.messages()
            if found := next((message for message in messages if matches(message)), None):
                return found
            if time.monotonic() > deadline:
                raise Expired(f"phone {self.number}: no message {what[:300]}; it has {str(messages)[-2000:]}")
            # Returns at once when something new arrives; a changed status of an old message is seen at the next look.
            self.messages(wait_ms=_POLL_MS, after=len(messages))


def _entries(answer: dict | list) -> list:
    """A list stands by itself or as the only list of an object."""
    if isinstance(answer, list):
        return answer
    return next(value for value in answer.values() if isinstance(value, list))
