"""The journeys of an owner: link a number, send, receive, be told by webhook, restart, log out."""

import json
import uuid

import pytest
from Environment.api import API
from Environment.installation import Installation
from Environment.sandbox import Phone, Sandbox, SandboxError
from Environment.webhook_receiver import WEBHOOK_SECRET, WebhookReceiver
from Interop.test_whatsmeow import TEXTS


def unique(text: str) -> str:
    return f"{uuid.uuid4().hex[:8]} {text}"


@pytest.fixture(scope="module", autouse=True)
def beginning(sandbox: Sandbox, business: Phone) -> int:
    """The journal's last line before these tests: tests of other files provoke refusals."""
    return sandbox.journal()[-1]["number"]


def test_health_needs_no_key(installation: Installation):
    answer = installation.api(None).get("health")
    assert answer.status == 200
    assert answer.json["success"] is True
    assert answer.headers["cache-control"] == "no-store"


def test_other_calls_need_a_key(installation: Installation):
    for api in (installation.api(None), installation.api("not a key")):
        answer = api.get("session/status")
        assert answer.status == 401
        assert answer.json["success"] is False and answer.json["code"] and answer.json["request_id"]


def test_a_key_typed_in_phpmyadmin_works(installation: Installation):
    installation.sql("INSERT INTO wa_api_keys (name, key_hash) VALUES ('typed', SHA2('typed by hand', 256));")
    assert installation.api("typed by hand").get("session/status").status == 200


def test_status_of_the_linked_session(api: API, business: Phone):
    data = api.get("session/status").json["data"]
    assert data["status"] == "connected"
    assert data["user"]["id"] == f"{business.number}@s.whatsapp.net"


@pytest.mark.parametrize("kind", TEXTS)
def test_text_to_a_phone(api: API, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, kind: str):
    phone = sandbox.new_phone("Customer")
    data = api.send_text(phone.number, TEXTS[kind])
    assert data["to"] == f"{phone.number}@s.whatsapp.net"
    assert data["status"] == "sent"
    assert phone.wait_message(id=data["message_id"])["text"] == TEXTS[kind]
    assert business.wait_message(id=data["message_id"])["text"] == TEXTS[kind], "the owner's phone shows it too"
    assert webhooks.wait("message.sent", message_id=data["message_id"]).event["data"]["content"] == TEXTS[kind]


def test_status_follows_the_receipts(api: API, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver):
    phone = sandbox.new_phone("Reader")
    sent = api.send_text(phone.number, unique("delivered, then read"))["message_id"]
    webhooks.wait("message.status", message_id=sent, status="delivered")
    phone.wait_message(id=sent)
    phone.read(business.number, sent)
    webhooks.wait("message.status", message_id=sent, status="read")
    assert api.get(f"messages/{sent}").json["data"]["status"] == "read"


def test_linking_by_a_typed_code(installation: Installation, sandbox: Sandbox, webhooks: WebhookReceiver):
    phone = sandbox.new_phone("Typist")
    installation.command("sessions", "add", "typed")
    api = installation.api(installation.create_key("typed code", "--session", "typed"))
    first = api.post("session/connect").json["data"]
    assert first["status"] == "qr_ready"
    # Asked for while a QR code is shown, as an owner does who finds that the camera is broken.
    shown = api.post("session/connect", {"phone": f"+{phone.number}"}).json["data"]
    assert shown["status"] == "pairing_code" and len(shown["pairing_code"]) == 9
    assert api.get("session/status").json["data"]["status"] == "pairing_code"
    with pytest.raises(SandboxError, match="wrong code"):
        phone.link("2222-2222")
    phone.link(shown["pairing_code"])
    webhooks.wait("connection.connected", phone_number=phone.number)
    message = phone.send(sandbox.new_phone("Somebody").number, unique("seen by the linked device too"))
    webhooks.wait("message.sent", message_id=message, source="phone")
    assert api.post("session/logout").status == 200
    assert phone.linked_devices() == []


def test_no_code_for_a_number_without_account(installation: Installation):
    installation.command("sessions", "add", "unknown-number")
    api = installation.api(installation.create_key("unknown number", "--session", "unknown-number"))
    answer = api.post("session/connect", {"phone": "96899990000"})
    assert answer.status == 503 and answer.json["code"] == "pairing_failed", answer.json
    api.post("session/disconnect")


def test_senders_are_told_of_reading_only_where_the_owner_wants_it(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver
):
    phone = sandbox.new_phone("Curious")
    unread = phone.send(business.number, unique("before the setting"))
    webhooks.wait("message.received", message_id=unread)
    installation.command("settings", "set", "receipts.read", "yes")
    try:
        read = phone.send(business.number, unique("after the setting"))
        phone.wait_message(id=read, status="read")
    finally:
        installation.command("settings", "set", "receipts.read", "default")
    assert phone.wait_message(id=unread)["status"] == "delivered"


@pytest.mark.parametrize("kind", TEXTS)
def test_text_from_a_phone(api: API, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, kind: str):
    phone = sandbox.new_phone("Writer")
    message_id = phone.send(business.number, TEXTS[kind])
    delivery = webhooks.wait("message.received", message_id=message_id)
    assert delivery.is_signed_with(WEBHOOK_SECRET)
    assert delivery.headers["user-agent"] == "WA-Connect-Webhook/1.0"
    assert delivery.headers["content-length"] == str(len(delivery.body))
    # Byte for byte what JSON.stringify makes of it: the samples of the reference verify this and nothing else.
    assert json.dumps(delivery.event, ensure_ascii=False, separators=(",", ":")).encode() == delivery.body
    data = delivery.event["data"]
    assert (data["from"], data["type"], data["content"]) == (f"{phone.number}@s.whatsapp.net", "text", TEXTS[kind])
    assert phone.wait_message(id=message_id, status="delivered")
    row = api.get(f"messages/{message_id}").json["data"]
    assert (row["direction"], row["status"], row["content"]) == ("inbound", "received", TEXTS[kind])


def test_a_failed_delivery_is_tried_again_with_the_same_id(sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver):
    phone = sandbox.new_phone("Persistent")
    webhooks.answer_next(500)
    message_id = phone.send(business.number, unique("twice"))
    refused = webhooks.wait("message.received", message_id=message_id)
    again = webhooks.wait("message.received", message_id=message_id, timeout=40)
    assert (refused.answered, again.answered) == (500, 200)
    assert refused.headers["x-webhook-id"] == again.headers["x-webhook-id"]
    assert (refused.headers["x-webhook-attempt"], again.headers["x-webhook-attempt"]) == ("1", "2")


def test_what_the_owner_types_on_the_phone_is_logged(api: API, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver):
    phone = sandbox.new_phone("Friend")
    text = unique("typed on the phone")
    message_id = business.send(phone.number, text)
    event = webhooks.wait("message.sent", message_id=message_id).event
    assert event["data"]["content"] == text and event["data"]["source"] == "phone"
    assert api.get(f"messages/{message_id}").json["data"]["direction"] == "outbound"


def test_a_number_without_whatsapp_is_refused(api: API, business: Phone):
    answer = api.post("messages/send-text", {"to": "96899999998", "message": "nobody there"})
    assert answer.status == 404
    assert answer.json["code"] == "not_on_whatsapp"


def test_a_killed_daemon_comes_back_and_loses_nothing(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver
):
    phone = sandbox.new_phone("Patient")
    installation.daemon.kill()
    waiting = [phone.send(business.number, unique(f"while it was dead {index}")) for index in range(5)]
    assert api.get("health").status == 200, "the responder outlives the daemon"
    refused = api.post("messages/send-text", {"to": phone.number, "message": "too early"})
    assert refused.status == 503 and "retry-after" in refused.headers

    installation.start()
    for message_id in waiting:
        webhooks.wait("message.received", message_id=message_id)
    arrived = [delivery.event["data"]["message_id"] for delivery in webhooks.deliveries()
               if delivery.headers["x-webhook-event"] == "message.received"]
    assert [message_id for message_id in arrived if message_id in waiting] == waiting, "once each, in order"
    webhooks.wait("connection.connected")
    sent = api.send_text(phone.number, unique("here again"))
    assert phone.wait_message(id=sent["message_id"])


def test_the_sandbox_had_nothing_to_refuse(sandbox: Sandbox, business: Phone, beginning: int):
    """After all of the above: the daemon's every stanza was accepted, and it acknowledged each of the service's once."""
    wrong = [line for line in sandbox.journal("refused", "acknowledgement") if line["number"] > beginning]
    assert [line for line in wrong if line["who"].startswith(business.number)] == []
