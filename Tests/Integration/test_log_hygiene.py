"""The daemon's log (level debug) is read by hosts, helpers and forums: nothing in it may be secret."""

import re
import uuid

from Environment.api import API
from Environment.installation import Installation
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WEBHOOK_SECRET, WebhookReceiver


def test_the_log_tells_no_secrets(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver
):
    texts = [f"secret {uuid.uuid4().hex}" for _ in range(4)]
    phone = sandbox.new_phone(f"Name {uuid.uuid4().hex}")
    sent = api.send_text(phone.number, texts[0])["message_id"]
    webhooks.wait("message.status", message_id=sent, status="delivered")
    webhooks.answer_next(500)
    webhooks.wait("message.received", message_id=phone.send(business.number, texts[1]))
    business.send(phone.number, texts[2])
    api.post("messages/send-text", {"to": "96899999997", "message": texts[3]})
    other_key = installation.create_key("log hygiene")
    # Once more from the start: connecting, login and the queue are in the log too.
    installation.command("stop")
    waiting = phone.send(business.number, texts[1])
    installation.start()
    webhooks.wait("message.received", message_id=waiting)
    webhooks.wait("connection.connected")

    log = b"".join(path.read_bytes() for path in installation.directory.glob("*.log*"))
    text = log.decode("utf-8")
    assert text.count("connected") >= 2, "the log of a whole run"
    configuration = dict(line.split(" = ", 1) for line in installation.configuration.read_text().splitlines())
    secrets = [*texts, api.key, other_key, WEBHOOK_SECRET, configuration["secret.key"], configuration["db.password"], phone.name]
    assert [secret for secret in secrets if secret in text] == []
    numbers = {phone.number, business.number, "96899999997"}
    assert [number for number in numbers if number in text] == [], "full numbers"
    # Key material in any of its usual spellings: 32 bytes and more in hex or base64.
    assert re.findall(r"\b[0-9a-fA-F]{64,}\b|[A-Za-z0-9+/]{43,}={0,2}", text) == []
