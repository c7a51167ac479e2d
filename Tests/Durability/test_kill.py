"""The daemon is killed at every named step; its successor goes on, and all books agree."""

import random

import pytest
from Durability.household import Household, unique
from Durability.ledger import Ledger

SENDING = (
    "claiming", "claimed", "encrypting", "encrypted", "message-queued", "message-queued+written", "ack-arrived", "storing-ack", "ack-stored",
)
RECEIVING = ("message-arrived", "storing-message", "message-stored", "receipt-queued", "receipt-queued+written")


def test_a_step_that_does_not_exist_is_refused(house: Household):
    with pytest.raises(AssertionError, match="there is no step"):
        house.start_to_die("no-such-step")
    house.restart()


@pytest.mark.parametrize("step", SENDING)
def test_killed_while_sending(house: Household, ledger: Ledger, step: str):
    house.restart(kill_at=step)
    text = unique(f"killed at {step}")
    message_id = house.send(text)
    house.wait_killed()
    house.restart()
    house.wait_sent(message_id, text)
    ledger.must_balance()


@pytest.mark.parametrize("step", ("encrypting", "encrypted", "message-queued+written", "storing-ack"))
def test_killed_while_sending_the_first_message_to_somebody(house: Household, ledger: Ledger, step: str):
    """Here a session is started, and one of the receiver's one-time keys is used."""
    house.restart(kill_at=step)
    stranger, text = house.sandbox.new_phone("Stranger"), unique(f"hello, killed at {step}")
    message_id = house.send(text, to=stranger)
    house.wait_killed()
    house.restart()
    house.wait_sent(message_id, text, to=stranger)
    answer = stranger.send(house.business.number, unique("who are you?"))
    house.webhooks.wait("message.received", message_id=answer)
    ledger.must_balance()


def test_a_resend_is_the_same_bytes_under_the_same_id(house: Household, ledger: Ledger):
    """Killed after writing, and again while sending it again: the service sees one message, three times."""
    text = unique("three times")
    house.restart(kill_at="message-queued+written")
    message_id = house.send(text)
    house.wait_killed()
    house.start_to_die("message-queued+written")
    house.restart()
    house.wait_sent(message_id, text)
    again = [line for line in ledger.lines() if line["kind"] == "message" and line["text"].startswith(f"{message_id} again")]
    assert len(again) >= 1, "the service has seen it before"
    ledger.must_balance()


def test_killed_amid_many(house: Household, ledger: Ledger):
    """Rows that a page has inserted by SQL, some sent, some encrypted, some taken, some not."""
    house.restart(kill_at="encrypted:5")
    texts = [unique(f"{number} of 12") for number in range(12)]
    payloads = [text.replace("'", "''") for text in texts]
    house.product.sql("".join(
        "INSERT INTO wa_outbox (to_jid, kind, payload) "
        f"VALUES ('{house.customer.number}@s.whatsapp.net', 'text', '{{\"message\": \"{text}\"}}');" for text in payloads))
    house.wait_killed()
    house.restart()
    for text in texts:
        message_id = house.customer.wait_message(text=text)["id"]
        house.wait_sent(message_id, text)
    shown = [message["text"] for message in _screen(house) if message["text"] in texts]
    assert sorted(shown) == sorted(texts), "once each"
    ledger.must_balance()


@pytest.mark.parametrize("step", RECEIVING)
def test_killed_while_receiving(house: Household, ledger: Ledger, step: str):
    house.restart(kill_at=step)
    text = unique(f"killed at {step}")
    message_id = house.customer.send(house.business.number, text)
    house.wait_killed()
    house.restart()
    house.wait_received(message_id, text, house.customer)
    ledger.must_balance()


@pytest.mark.parametrize("step", ("storing-message", "message-stored"))
def test_killed_while_receiving_the_first_message_of_somebody(house: Household, ledger: Ledger, step: str):
    """Here one of our own one-time keys is used up."""
    house.restart(kill_at=step)
    stranger, text = house.sandbox.new_phone("Stranger"), unique(f"hello, killed at {step}")
    message_id = stranger.send(house.business.number, text)
    house.wait_killed()
    house.restart()
    house.wait_received(message_id, text, stranger)
    sent = unique("how do you do")
    house.wait_sent(house.send(sent, to=stranger), sent, to=stranger)
    ledger.must_balance()


def test_killed_while_receiving_from_whatsmeow(house: Household, ledger: Ledger):
    house.restart(kill_at="storing-message")
    text = unique("from whatsmeow")
    message_id = house.peer.command("send", to=house.business.number, text=text)["message_id"]
    house.wait_killed()
    house.restart()
    house.wait_received(message_id, text)
    ledger.must_balance()


def test_killed_when_the_phone_was_asked_for_what_can_not_be_read(house: Household, ledger: Ledger):
    """Its answer finds nobody; whoever comes next has it, or asks again."""
    house.restart()
    house.wait_sent(house.send(hello := unique("hello")), hello)
    house.restart(kill_at="phone-asked")
    house.sandbox.control("POST", "clients/corrupt", {"device": house.business.linked_devices()[0]["jid"], "count": 6})
    text = unique("read by the phone alone")
    message_id = house.customer.send(house.business.number, text)
    house.wait_killed()
    house.restart()
    house.webhooks.wait("message.received", message_id=message_id)
    house.eventually(lambda: house.api.get(f"messages/{message_id}").json["data"]["content"] == text, "the log has it")
    # The sixth copy is given up: neither a receipt nor another request is due for it.
    ledger.must_balance(
        f"acknowledgement: message {message_id} wants a receipt, not an ack", "missing for <message ",
        f"asks {house.customer.number} to send {message_id} again")


@pytest.mark.parametrize("step", ("status-arrived", "status-stored"))
def test_killed_while_a_status_arrives(house: Household, ledger: Ledger, step: str):
    house.restart(kill_at=step)
    text = unique(f"killed at {step}")
    message_id = house.send(text)
    house.wait_killed()
    house.restart()
    house.wait_sent(message_id, text)
    house.webhooks.wait("message.status", message_id=message_id, status="delivered")
    ledger.must_balance()


def test_killed_between_the_two_notes_of_the_generation(house: Household, ledger: Ledger):
    """The database is ahead of the run directory, which is no restored backup: the sessions stay."""
    house.start_to_die("generation-counted")
    text = unique("while it was dead")
    message_id = house.customer.send(house.business.number, text)
    house.restart()
    house.wait_received(message_id, text, house.customer)
    ledger.must_balance()


def test_killed_while_telling_a_webhook(house: Household, ledger: Ledger):
    """The receiver is asked twice rather than never; the id says that it is the same."""
    # The first one is the news of the connection itself.
    house.restart(kill_at="webhook-posted:2")
    text = unique("told twice")
    message_id = house.customer.send(house.business.number, text)
    house.wait_killed()
    first = house.webhooks.wait("message.received", message_id=message_id)
    house.product.sql("UPDATE wa_webhook_deliveries SET next_attempt_at = UTC_TIMESTAMP(3) WHERE status = 'pending';")
    house.restart()
    second = house.webhooks.wait("message.received", message_id=message_id)
    assert first.headers["x-webhook-id"] == second.headers["x-webhook-id"] and first.body == second.body
    ledger.must_balance()


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_moment(house: Household, ledger: Ledger, seed: int):
    """No step is named: messages go both ways, and the daemon dies some milliseconds after each."""
    chance = random.Random(seed)
    sent, received = {}, {}
    house.restart()
    for number in range(4):
        text = unique(f"in {number}")
        received[house.customer.send(house.business.number, text)] = text
        text = unique(f"out {number}")
        answer = house.api.post("messages/send-text", {"to": house.customer.number, "message": text}, headers={"Idempotency-Key": text[:8]})
        if answer.status == 200:
            sent[answer.json["data"]["message_id"]] = text
        text = unique(f"in again {number}")
        received[house.customer.send(house.business.number, text)] = text
        house.product.daemon.ended_within(chance.uniform(0, 0.15))
        house.restart()
    for message_id, text in sent.items():
        house.wait_sent(message_id, text)
    for message_id, text in received.items():
        house.wait_received(message_id, text, house.customer)
    ledger.must_balance()


def _screen(house: Household) -> list[dict]:
    return house.sandbox.control("GET", f"phones/{house.customer.number}/messages?after=0&wait=0")["messages"]
