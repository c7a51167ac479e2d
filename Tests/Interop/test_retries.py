"""Messages that one side can not read: they are asked for again and arrive, once and in their place.

On a sandbox and an installation of their own, because what is provoked here stands in the journal as refusals.
"""

import sqlite3
import uuid
from pathlib import Path

import pytest
from Environment.api import API
from Environment.deadline import until
from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver
from Interop.peer import WhatsmeowPeer
from Interop.test_whatsmeow import MISSING_COPY, paired

_TIMEOUT_S = 30.0


def unique(text: str) -> str:
    return f"{uuid.uuid4().hex[:8]} {text}"


class Trouble:
    """The daemon, linked to `business`, and a service that makes trouble on order."""

    def __init__(self, directory: Path, mariadb: MariaDB):
        self.directory = directory
        self.sandbox = Sandbox(directory / "sandbox")
        self.webhooks = WebhookReceiver(directory / "webhooks")
        self.installation = Installation(directory / "installation", mariadb, self.sandbox, database="wa_retries")
        self.installation.command("webhooks", "add", self.webhooks.url)
        self.installation.start()
        self.api: API = self.installation.api(self.installation.create_key("tests", *UNLIMITED))
        self.business: Phone = self.sandbox.new_phone("Business")
        self.business.scan(self.api.post("session/connect").json["data"]["qr"])
        self.webhooks.wait("connection.connected", phone_number=self.business.number)

    def stop(self) -> None:
        self.installation.stop()
        self.webhooks.stop()
        self.sandbox.stop()

    def acquainted(self, name: str) -> Phone:
        """A new phone that has exchanged a message each way with the daemon, so that sessions stand."""
        phone = self.sandbox.new_phone(name)
        self.receive(phone, unique("hello"))
        self.deliver(phone, unique("welcome"))
        return phone

    def receive(self, phone: Phone, text: str) -> str:
        message_id = phone.send(self.business.number, text)
        self.has_arrived(message_id, text)
        return message_id

    def has_arrived(self, message_id: str, text: str) -> None:
        assert self.webhooks.wait("message.received", message_id=message_id).event["data"]["content"] == text

    def deliver(self, phone: Phone, text: str) -> str:
        message_id = self.api.send_text(phone.number, text)["message_id"]
        assert phone.wait_message(id=message_id)["text"] == text
        return message_id

    def corrupt(self, count: int) -> None:
        """The next messages to the daemon arrive damaged."""
        device = self.business.linked_devices()[0]["jid"]
        self.sandbox.control("POST", "clients/corrupt", {"device": device, "count": count})

    def fault(self, phone: Phone, verb: str, content: object) -> None:
        self.sandbox.control("POST", f"phones/{phone.number}/{verb}", content)

    def asked(self, message_id: str) -> int:
        """How often the daemon has asked for a message."""
        answer = self.installation.sql(f"SELECT COALESCE(MAX(attempts), 0) FROM wa_retries WHERE message_id = '{message_id}';")
        return int(answer.split()[-1])

    def events(self, message_id: str) -> int:
        return sum(
            delivery.event["data"].get("message_id") == message_id and delivery.headers["x-webhook-event"] == "message.received"
            for delivery in self.webhooks.deliveries())


@pytest.fixture(scope="module")
def trouble(directory: Path, mariadb: MariaDB):
    made = Trouble(directory / "retries", mariadb)
    yield made
    made.stop()


@pytest.fixture
def whatsmeow(trouble: Trouble):
    """Makes whatsmeow clients: `whatsmeow("name")`; the same name again is the same device."""
    peers = []

    def make(name: str) -> WhatsmeowPeer:
        sandbox = trouble.sandbox
        peer = WhatsmeowPeer(trouble.directory / "whatsmeow" / name, sandbox.tls_port, sandbox.ca_file, sandbox.root_key)
        peers.append(peer)
        return peer

    yield make
    for peer in peers:
        peer.close()


@pytest.mark.parametrize("times", [1, 2, 5])
def test_a_damaged_message_arrives_later_once_and_in_its_place(trouble: Trouble, times: int):
    phone = trouble.acquainted("Damaged")
    trouble.corrupt(times)
    early, late = unique("early"), unique("late")
    first = phone.send(trouble.business.number, early)
    second = phone.send(trouble.business.number, late)
    trouble.has_arrived(first, early)
    trouble.has_arrived(second, late)
    rows = [trouble.api.get(f"messages/{message_id}").json["data"] for message_id in (first, second)]
    assert [row["content"] for row in rows] == [early, late]
    assert rows[0]["id"] < rows[1]["id"]
    # Copies count as messages to the daemon, so that the second one may have got its share of the damage.
    assert trouble.asked(first) >= 1
    assert trouble.asked(first) + trouble.asked(second) == times
    trouble.receive(phone, unique("afterwards"))
    assert (trouble.events(first), trouble.events(second)) == (1, 1)


def test_after_five_requests_the_daemon_goes_on_and_asks_its_own_phone(trouble: Trouble):
    phone = trouble.acquainted("Hopeless")
    trouble.corrupt(6)
    text = unique("read by the phone alone")
    lost = phone.send(trouble.business.number, text)
    until(lambda: trouble.asked(lost) == 6, _TIMEOUT_S, "the sixth copy could not be read either", trouble.installation.daemon)
    row = trouble.installation.sql(f"SELECT error_code FROM wa_messages WHERE message_id = '{lost}';")
    assert row.split()[-1] == "undecryptable"
    assert trouble.events(lost) == 0
    trouble.receive(phone, unique("the next one"))
    trouble.has_arrived(lost, text)


def test_a_phone_that_lost_its_sessions_gets_the_message_again(trouble: Trouble):
    phone = trouble.acquainted("Forgetful")
    trouble.fault(phone, "forget", {})
    trouble.deliver(phone, unique("do you remember me?"))
    trouble.receive(phone, unique("now I do"))


def test_the_own_phone_gets_its_copy_again(trouble: Trouble):
    phone = trouble.acquainted("Friend")
    trouble.fault(trouble.business, "forget", {})
    text = unique("for both of you")
    message_id = trouble.deliver(phone, text)
    assert trouble.business.wait_message(id=message_id)["text"] == text


def test_a_daemon_that_lost_its_sessions_asks_again(trouble: Trouble):
    phone = trouble.acquainted("Remembering")
    trouble.installation.sql("DELETE FROM wa_signal_sessions;")
    message_id = trouble.receive(phone, unique("after the loss"))
    assert trouble.asked(message_id) >= 1
    trouble.deliver(phone, unique("all well again"))


def test_a_new_phone_under_the_old_number(trouble: Trouble):
    phone = trouble.acquainted("Renewed")
    trouble.fault(phone, "reinstall", {})
    trouble.deliver(phone, unique("to the new phone"))
    trouble.receive(phone, unique("from the new phone"))


def test_a_device_without_one_time_keys(trouble: Trouble):
    phone = trouble.sandbox.new_phone("Used up")
    trouble.fault(phone, "drop-keys", {"device": 0})
    trouble.deliver(phone, unique("first message ever"))
    trouble.receive(phone, unique("thank you"))


def test_a_device_that_nobody_told_of_gets_the_message_all_the_same(trouble: Trouble, whatsmeow):
    phone = trouble.acquainted("Secretive")
    trouble.fault(phone, "quiet", {"quiet": True})
    peer = whatsmeow("quiet")
    paired(peer, phone)
    text = unique("for the new device too")
    message_id = trouble.deliver(phone, text)
    assert peer.wait("message", id=message_id)["text"] == text
    again = unique("and now at once")
    assert peer.wait("message", id=trouble.deliver(phone, again))["text"] == again


def test_whatsmeow_that_lost_its_sessions_gets_the_message_again(trouble: Trouble, whatsmeow):
    own = trouble.sandbox.new_phone("Wanda")
    first = whatsmeow("lost")
    paired(first, own)
    greeting = first.command("send", to=trouble.business.number, text=unique("hello"))["message_id"]
    trouble.webhooks.wait("message.received", message_id=greeting)
    welcome = trouble.api.send_text(own.number, unique("welcome"))["message_id"]
    first.wait("message", id=welcome)
    first.close()

    with sqlite3.connect(trouble.directory / "whatsmeow" / "lost" / "whatsmeow.db") as store:
        assert store.execute("DELETE FROM whatsmeow_sessions").rowcount > 0

    text = unique("can you read this?")
    message_id = trouble.api.send_text(own.number, text)["message_id"]
    second = whatsmeow("lost")
    second.command("connect")
    assert second.wait("message", id=message_id)["text"] == text
    assert any(event["id"] == message_id for event in second.seen("undecryptable")), "it could not at first"
    answer = second.command("send", to=trouble.business.number, text=unique("yes"))["message_id"]
    trouble.webhooks.wait("message.received", message_id=answer)


def test_whatsmeow_sends_again_what_the_daemon_could_not_read(trouble: Trouble, whatsmeow):
    own = trouble.sandbox.new_phone("Willa")
    peer = whatsmeow("asked")
    paired(peer, own)
    greeting = peer.command("send", to=trouble.business.number, text=unique("hello"))["message_id"]
    trouble.webhooks.wait("message.received", message_id=greeting)
    peer.wait("message", id=trouble.api.send_text(own.number, unique("welcome"))["message_id"])

    trouble.installation.sql("DELETE FROM wa_signal_sessions;")
    text = unique("read me twice")
    message_id = peer.command("send", to=trouble.business.number, text=text)["message_id"]
    trouble.has_arrived(message_id, text)
    assert trouble.asked(message_id) == 2, "with keys the second time"
    assert trouble.events(message_id) == 1
    peer.wait("message", id=trouble.api.send_text(own.number, unique("thank you"))["message_id"])


def test_nothing_was_acknowledged_wrongly(trouble: Trouble):
    """After all of the above: only what was provoked is complained of."""
    assert trouble.sandbox.journal("acknowledgement") == []
    complaints = [line["text"] for line in trouble.sandbox.journal("refused") if line["who"].startswith(trouble.business.number)]
    assert [text for text in complaints if not text.startswith("unreadable:") and MISSING_COPY not in text] == []
