"""What could not be read, and no further copy of its sender made readable: the own phone is asked for it. Files of the history that are gone, too."""

from pathlib import Path

import pytest
from Environment.deadline import until
from Environment.http_json import request
from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.sample_files import jpeg
from Environment.sandbox import Phone, Sandbox
from Environment.shop import Shop
from Environment.webhook_receiver import WebhookReceiver

# The message itself, and all copies that we ask its sender for.
COPIES = 6


@pytest.fixture
def customer(api, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver) -> Phone:
    """Both have heard of each other, so that nothing but messages is in their messages."""
    phone = sandbox.new_phone("Customer")
    webhooks.wait("message.received", message_id=phone.send(business.number, "hello"))
    phone.wait_message(id=api.send_text(phone.number, "hello")["message_id"])
    return phone


@pytest.fixture
def unreadable(sandbox: Sandbox, business: Phone):
    """The next messages to our device come damaged, again and again."""
    def order(count: int = COPIES) -> None:
        device = business.linked_devices()[0]["device"]
        sandbox.control("POST", "clients/corrupt", {"device": f"{business.number}:{device}@s.whatsapp.net", "count": count})

    yield order
    order(0)


@pytest.fixture
def peace(sandbox: Sandbox, business: Phone):
    """Nobody complains while the test runs."""
    beginning = sandbox.journal()[-1]["number"]
    yield beginning
    wrong = [line["text"] for line in sandbox.journal("refused", "acknowledgement") if line["number"] > beginning]
    # The sixth copy is given up: neither a receipt nor another request is due for it, which the sandbox notes at once and once more later.
    assert [text for text in wrong if "wants a receipt, not an ack" not in text and not text.startswith("missing for <message ")] == []


def phone_said(sandbox: Sandbox, beginning: int, text: str) -> int:
    return sum(line["text"] == text for line in sandbox.journal("phone") if line["number"] > beginning)


def test_the_phone_hands_out_what_nobody_else_could(
    api, installation: Installation, sandbox: Sandbox, business: Phone, customer: Phone, webhooks: WebhookReceiver, unreadable, peace: int
):
    unreadable()
    sent = customer.send(business.number, "Only the phone can read this: 🗝")
    until(lambda: api.get(f"messages/{sent}").status == 200, 20, "something came", installation.daemon)
    data = webhooks.wait("message.received", timeout=40, message_id=sent).event["data"]
    assert (data["content"], data["type"], data["is_group"]) == ("Only the phone can read this: 🗝", "text", False)
    row = api.get(f"messages/{sent}").json["data"]
    assert (row["content"], row["message_type"]) == (data["content"], "text")
    assert "could not be decrypted" not in str(row)
    assert phone_said(sandbox, peace, f"hands out its copy of {sent}") == 1
    # The chat goes on.
    after = customer.send(business.number, "and on")
    assert webhooks.wait("message.received", message_id=after).event["data"]["content"] == "and on"


def test_in_groups_and_with_files(
    installation: Installation, sandbox: Sandbox, business: Phone, customer: Phone, webhooks: WebhookReceiver, unreadable, peace: int, tmp_path: Path
):
    group = sandbox.new_group("Keys", customer, business)
    first = customer.send(group.jid, "readable")
    webhooks.wait("message.received", message_id=first)
    file = tmp_path / "file"
    file.write_bytes(jpeg(40, 30))
    unreadable()
    sent = customer.send_file(group.jid, "image", file, caption="look")["id"]
    data = webhooks.wait("message.received", timeout=40, message_id=sent).event["data"]
    assert (data["from"], data["type"], data["content"], data["participant_phone"]) == (group.jid, "image", "look", customer.number)
    until(lambda: request("GET", data["media_url"]).status == 200, 30, "the file is here", installation.daemon)
    assert request("GET", data["media_url"]).body == file.read_bytes()
    assert phone_said(sandbox, peace, f"hands out its copy of {sent}") == 1


def test_a_copy_of_the_sender_that_is_readable_is_enough(
    sandbox: Sandbox, business: Phone, customer: Phone, webhooks: WebhookReceiver, unreadable, peace: int
):
    unreadable(1)
    sent = customer.send(business.number, "the second copy will do")
    assert webhooks.wait("message.received", message_id=sent).event["data"]["content"] == "the second copy will do"
    assert phone_said(sandbox, peace, f"hands out its copy of {sent}") == 0


def test_a_part_of_the_history_whose_file_is_gone(directory: Path, mariadb: MariaDB, sandbox: Sandbox):
    product = Installation(directory / "past", mariadb, sandbox, database="wa_past")
    product.start()
    try:
        phone = sandbox.new_phone("Owner whose files are lost")
        phone.invent_past(people=30, groups=3, messages=1_000)
        beginning = sandbox.journal()[-1]["number"]
        # The first parts travel inside of their messages, or are fetched first; whichever they are, two files are gone.
        sandbox.media_fault(count=2, method="GET", status=404)
        Shop(product, sandbox, phone, product.api(product.create_key("tests", *UNLIMITED))).link()
        count = "SELECT COUNT(*) FROM wa_messages WHERE source = 'history'"
        until(lambda: product.sql(count).strip() == "1000", 60, "the history is complete", product.daemon)
        assert phone_said(sandbox, beginning, "hands over a part of the history again") == 2
        until(
            lambda: product.sql("SELECT COUNT(*) FROM wa_history_parts WHERE status <> 'failed'").strip() == "0", 20, "the phone knows",
            product.daemon)
        assert [line for line in sandbox.journal("refused", "acknowledgement") if line["number"] > beginning] == []
    finally:
        product.stop()
