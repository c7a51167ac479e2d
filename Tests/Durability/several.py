"""Several numbers of one daemon, so that many things can go wrong at the same time."""

from collections import Counter

from Durability.household import Household, unique
from Environment.api import API
from Environment.installation import UNLIMITED
from Environment.sandbox import Phone


class Number:
    """One more number of a household's daemon, with a customer of its own."""

    def __init__(self, house: Household, name: str):
        self.name = name
        self._house = house
        house.product.command("sessions", "add", name)
        # Its number in the database.
        self.row = int(house.product.sql(f"SELECT id FROM wa_sessions WHERE name = '{name}';"))
        self.api: API = house.product.api(house.product.create_key(name, *UNLIMITED, "--session", name))
        self.phone: Phone = house.sandbox.new_phone(f"Phone of {name}")
        self.customer: Phone = house.sandbox.new_phone(f"Customer of {name}")
        self.sent: dict[str, str] = {}
        self.received: dict[str, str] = {}
        # What of those has been seen to arrive.
        self._seen = set()

    def link(self) -> None:
        self.phone.scan(self.qr())
        self._house.eventually(self.is_connected, f"{self.name} is connected")

    def qr(self) -> str:
        answers = []

        def is_shown() -> bool:
            answers[:] = [self.api.post("session/connect").json.get("data") or {}]
            return "qr" in answers[0]

        self._house.eventually(is_shown, f"{self.name} shows a code")
        return answers[0]["qr"]

    def status(self) -> str:
        return self.api.get("session/status").json["data"]["status"]

    def is_connected(self) -> bool:
        return self.status() == "connected"

    def send(self) -> None:
        """A message that may wait for the connection."""
        text = unique(f"from {self.name}")
        answer = self.api.post("messages/send-text", {"to": self.customer.number, "message": text, "queue": True})
        assert answer.status in (200, 202), (answer.status, answer.body)
        self.sent[answer.json["data"]["message_id"]] = text

    def receive(self) -> None:
        """The customer writes, whether the daemon is connected or not."""
        text = unique(f"to {self.name}")
        self.received[self.customer.send(self.phone.number, text)] = text

    def wait_all(self, timeout: float = 60) -> None:
        for message_id, text in self.sent.items() - self._seen:
            assert self.customer.wait_message(timeout, id=message_id)["text"] == text
        for message_id, text in self.received.items() - self._seen:
            event = self._house.webhooks.wait("message.received", timeout=timeout, message_id=message_id).event
            assert event["data"]["content"] == text
        self._seen |= self.sent.items() | self.received.items()

    def must_balance(self) -> None:
        """Everything came once; nobody complains."""
        for message_id in (*self.sent, *self.received):
            self._house.eventually(
                lambda: self._status(message_id) in ("sent", "delivered", "received"), f"{message_id} of {self.name} is done")
        for screen in (self.customer, self.phone):
            shown = Counter(message["id"] for message in self._house.sandbox.control("GET", f"phones/{screen.number}/messages?after=0&wait=0")["messages"])
            assert shown == Counter({**self.sent, **self.received}.keys()), (self.name, shown)
        expected = len(self.sent) + len(self.received)
        self._house.eventually(lambda: len(self._told()) >= expected, "the site was told of everything")
        assert len(self._told()) == expected, self._told()

    def _told(self) -> Counter:
        """Webhooks about own messages, by their ids and the messages'."""
        return Counter(
            (delivery.headers["x-webhook-id"], delivery.event["data"]["message_id"])
            for delivery in self._house.webhooks.deliveries() if delivery.headers["x-webhook-event"] in ("message.received", "message.sent")
            and delivery.event["data"]["message_id"] in {**self.sent, **self.received}
        )

    def _status(self, message_id: str) -> str:
        answer = self.api.get(f"messages/{message_id}")
        return answer.json["data"]["status"] if answer.status == 200 else f"HTTP {answer.status}"


def link_all(house: Household, *names: str) -> list[Number]:
    numbers = [Number(house, name) for name in names]
    for number in numbers:
        number.link()
    return numbers
