"""A webhook endpoint in PHP, the language that most owners of a cPanel account will write theirs in."""

import base64
import hashlib
import hmac
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .deadline import accepts_tcp, free_port, until
from .process import Process
from .wire_log import WireLog

_SCRIPT = Path(__file__).with_name("webhook-receiver.php")
_START_TIMEOUT_S = 20.0
# Of the webhook that the tests' own receiver has at their installation.
WEBHOOK_SECRET = "a secret of the tests: ключ"


@dataclass(frozen=True)
class Delivery:
    """One webhook request as it arrived; `body` is the exact bytes."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    answered: int

    @property
    def event(self) -> dict:
        return json.loads(self.body)

    def is_signed_with(self, secret: str) -> bool:
        expected = hmac.new(secret.encode(), self.body, hashlib.sha256).hexdigest()
        return (
            self.headers.get("x-webhook-signature") == expected
            and self.headers.get("x-webhook-signature-256") == f"sha256={expected}"
        )


class WebhookReceiver:
    """Serves http://127.0.0.1:<port>/ with PHP's built-in server and keeps what it gets."""

    def __init__(self, directory: Path):
        directory.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self._answers = directory / "answers"
        self._answers.touch()
        php = shutil.which("php")
        if php is None:
            raise FileNotFoundError("php is not installed; run `make deps`")
        self.process = Process(
            "PHP webhook receiver",
            [php, "-S", f"127.0.0.1:{self.port}", str(_SCRIPT)],
            directory / "php.log",
            environment={"WEBHOOK_ANSWERS": str(self._answers), "PHP_CLI_SERVER_WORKERS": "4"},
            stdout=subprocess.PIPE,
        )
        self._deliveries = WireLog(self.process.stdout_lines(), decode=_delivery)
        until(lambda: accepts_tcp(self.port), _START_TIMEOUT_S, "PHP accepts connections", self.process)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhook"

    def answer_next(self, *statuses: int) -> None:
        """The next requests get these statuses, later ones 200."""
        self._answers.write_text("".join(f"{status}\n" for status in statuses))

    def wait(self, event: str, timeout: float = 20.0, **fields) -> Delivery:
        """The next delivery of that event, not returned before, whose data has these values."""
        def matches(delivery) -> bool:
            if not isinstance(delivery, Delivery) or delivery.headers.get("x-webhook-event") != event:
                return False
            data = delivery.event["data"]
            return all(data.get(key) == value for key, value in fields.items())

        return self._deliveries.wait(matches, timeout, f"webhook {event} {fields}")

    def deliveries(self) -> list[Delivery]:
        return [record for record in self._deliveries.records() if isinstance(record, Delivery)]

    def stop(self) -> None:
        self.process.stop()


def _delivery(line: str) -> Delivery:
    record = json.loads(line)
    return Delivery(record["method"], record["path"], record["headers"], base64.b64decode(record["body"]), record["answered"])
