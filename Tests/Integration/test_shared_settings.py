"""What the owner does on the phone shows up here: names in the address book, the own name; and tokens for strangers."""

import uuid
from collections.abc import Callable

import pytest
from Environment.api import API
from Environment.deadline import until
from Environment.installation import Installation
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver

_TIMEOUT_S = 30.0


def name_of(installation: Installation, number: str) -> str:
    # As hexadecimal digits: the client may speak another character set.
    found = installation.sql(f"SELECT HEX(COALESCE(saved_name, '-')) FROM wa_contacts WHERE phone_number = '{number}';")
    return bytes.fromhex(found.strip()).decode()


def wait(installation: Installation, ready: Callable[[], bool], what: str) -> None:
    until(ready, _TIMEOUT_S, what, installation.daemon)


@pytest.fixture
def beginning(sandbox: Sandbox, business: Phone) -> int:
    return sandbox.journal()[-1]["number"]


def refusals(sandbox: Sandbox, beginning: int) -> list[str]:
    return [line["text"] for line in sandbox.journal("refused", "acknowledgement") if line["number"] > beginning]


def test_a_name_saved_on_the_phone_becomes_a_contact(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, beginning: int
):
    customer = sandbox.new_phone("Customer")
    business.save_contact(customer.number, "Ana / “Ñandú” 🦤")
    wait(installation, lambda: name_of(installation, customer.number) == "Ana / “Ñandú” 🦤", "the name is there")
    contact = api.get(f"contacts/{customer.number}").json["data"]
    assert contact["push_name"] == "Ana / “Ñandú” 🦤", contact
    lid = installation.sql(f"SELECT CONCAT(lid, '@lid') FROM wa_contacts WHERE phone_number = '{customer.number}';").strip()
    assert lid == customer.status["lid"], "the mapping came along"
    business.save_contact(customer.number, "Bea")
    wait(installation, lambda: name_of(installation, customer.number) == "Bea", "the new name is there")
    business.save_contact(customer.number, None)
    wait(installation, lambda: name_of(installation, customer.number) == "-", "the name is gone")
    assert refusals(sandbox, beginning) == []


def test_the_own_name(installation: Installation, sandbox: Sandbox, business: Phone, beginning: int):
    name = f"Shop {uuid.uuid4().hex[:6]}"
    business.rename(name)
    wait(
        installation, lambda: installation.sql("SELECT push_name FROM wa_sessions WHERE id = 1;").strip() == name, "the name is known")
    assert refusals(sandbox, beginning) == []


def test_a_key_that_is_missing_is_asked_for(installation: Installation, sandbox: Sandbox, business: Phone, beginning: int):
    customer = sandbox.new_phone("Customer")
    business.rotate_key()
    business.save_contact(customer.number, "With a new key")
    wait(installation, lambda: name_of(installation, customer.number) == "With a new key", "the phone handed the key out")
    texts = [line["text"] for line in sandbox.journal("phone") if line["number"] > beginning]
    assert texts.count("hands out the keys of its settings") == 1
    assert refusals(sandbox, beginning) == []


def test_a_wrong_sum_leads_to_a_fresh_start(installation: Installation, sandbox: Sandbox, business: Phone, beginning: int):
    customer = sandbox.new_phone("Customer")
    business.miscount(business.linked_devices()[0]["device"])
    business.save_contact(customer.number, "After all")
    wait(installation, lambda: name_of(installation, customer.number) == "After all", "everything was fetched anew")
    status = installation.sql("SELECT status FROM wa_app_state WHERE collection = 'critical_unblock_low';").strip()
    assert status == "in_order"
    assert refusals(sandbox, beginning) == []


def test_strangers_without_a_token_are_refused(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver
):
    careful = sandbox.new_phone("Careful")
    careful.refuse_strangers()
    answer = api.post("messages/send-text", {"to": careful.number, "message": "Hello"})
    wait(
        installation, lambda: "reach_out_timelock" in installation.sql("SELECT GROUP_CONCAT(COALESCE(error_code, '')) FROM wa_outbox;"),
        "the refusal is told")
    assert answer.status < 500
    # Somebody who writes gives a token.
    careful.send(business.number, "who is there?")
    wait(
        installation, lambda: installation.sql("SELECT COUNT(*) FROM wa_privacy_tokens WHERE token IS NOT NULL AND lid <> '0';").strip() != "0",
        "the token is kept")
    data = api.send_text(careful.number, "It is us")
    assert careful.wait_message(id=data["message_id"])["text"] == "It is us"
    # We have given one, too.
    wait(
        installation, lambda: installation.sql("SELECT COUNT(*) FROM wa_privacy_tokens WHERE given_at IS NOT NULL;").strip() != "0",
        "our token was given")


def test_the_salt_stands_in_for_a_token(api: API, installation: Installation, sandbox: Sandbox, business: Phone):
    business.make_salt()
    wait(
        installation, lambda: installation.sql("SELECT COUNT(*) FROM wa_privacy_tokens WHERE lid = '0' AND token IS NOT NULL;").strip() == "1",
        "the salt is kept")
    careful = sandbox.new_phone("Careful")
    careful.refuse_strangers()
    data = api.send_text(careful.number, "Hello")
    assert careful.wait_message(id=data["message_id"])["text"] == "Hello"
