"""A number with a long past is linked: how long its history takes, in what memory, and how long others wait meanwhile."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .deadline import until
from .installation import UNLIMITED, Installation
from .mariadb import MariaDB
from .memory import Memory
from .sandbox import Sandbox
from .shop import Shop
from .webhook_receiver import WebhookReceiver

# Words of each message of the past that `wa-sandbox phone past` invents.
OF_THE_PAST = "of the past"


@dataclass
class LargeHistory:
    """Everything is its own, so that nothing else is measured with it."""

    directory: Path
    mariadb: MariaDB
    sandbox: Sandbox
    people: int
    groups: int
    messages: int
    seconds: float = 0.0
    # Seconds of the slowest call of each kind while the history was taken in.
    longest: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.product = Installation(self.directory / "busy", self.mariadb, self.sandbox, database="wa_busy")
        self.webhooks = WebhookReceiver(self.directory / "busy-webhooks")
        self.product.command("webhooks", "add", self.webhooks.url)
        self.product.start()
        self.api = self.product.api(self.product.create_key("tests", *UNLIMITED))

    def take_in(self, patience: float) -> None:
        phone, customer = self.sandbox.new_phone("Busy shop"), self.sandbox.new_phone("Customer")
        phone.invent_past(people=self.people, groups=self.groups, messages=self.messages)
        self.memory = Memory(self.product.daemon.pid)
        Shop(self.product, self.sandbox, phone, self.api).link()
        start = time.monotonic()

        def is_complete() -> bool:
            self._timed("log", lambda: self.api.get("messages/log"))
            self._timed("health", lambda: self.api.get("health"))
            self._timed("sending", lambda: self.api.send_text(customer.number, "in between"))
            self._timed("receiving", lambda: self.webhooks.wait("message.received", message_id=customer.send(phone.number, "in between")))
            return self.count("wa_messages WHERE source = 'history'") == self.messages

        until(is_complete, patience, "the history is complete", self.product.daemon, interval=0.5)
        self.seconds = time.monotonic() - start

    def count(self, rows: str) -> int:
        return int(self.product.sql(f"SELECT COUNT(*) FROM {rows}"))

    def stop(self) -> None:
        self.webhooks.stop()
        self.product.stop()

    def __str__(self) -> str:
        waits = ", ".join(f"{what} {seconds:.2f} s" for what, seconds in self.longest.items())
        return f"{self.messages} messages in {self.seconds:.0f} s; {self.memory}; longest waits: {waits}"

    def _timed(self, what: str, call: Callable[[], object]) -> None:
        begin = time.monotonic()
        call()
        self.longest[what] = max(self.longest.get(what, 0.0), time.monotonic() - begin)
