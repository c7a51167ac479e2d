"""The samples of the API reference, run as owners run them, on webhooks that the daemon has sent."""

import shutil
import subprocess

import pytest
from Environment.api import API
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WEBHOOK_SECRET, Delivery, WebhookReceiver

# The reference's own function, on a body that the JSON body parser of a Node site has read.
_NODE = """
const crypto = require('crypto');
function verifySignature(payload, signature, secret) {
  const expected = crypto.createHmac('sha256', secret).update(JSON.stringify(payload)).digest('hex');
  return crypto.timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}
const body = JSON.parse(require('fs').readFileSync(0, 'utf8'));
process.stdout.write(verifySignature(body, process.argv[1], process.argv[2]) ? 'valid' : 'invalid');
"""
_PHP = """
$body = file_get_contents('php://stdin');
echo hash_equals(hash_hmac('sha256', $body, $argv[2]), $argv[1]) ? 'valid' : 'invalid';
"""
_TEXT = 'quotes " and \\ / slash, line\n\ttab, é 😀 \u2028 عربى \x7f </script> 1.0'


@pytest.fixture(scope="module")
def deliveries(api: API, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver) -> list[Delivery]:
    """One of every event that a conversation makes."""
    phone = sandbox.new_phone('Sam "the \\ /man" 😀')
    sent = api.send_text(phone.number, _TEXT)["message_id"]
    phone.wait_message(id=sent)
    phone.read(business.number, sent)
    received = phone.send(business.number, _TEXT)
    return [
        webhooks.wait("message.sent", message_id=sent),
        *(webhooks.wait("message.status", message_id=sent, status=status) for status in ("sent", "delivered", "read")),
        webhooks.wait("message.received", message_id=received),
    ]


def _verdict(command: list[str], delivery: Delivery, signature: str, secret: str) -> str:
    result = subprocess.run([*command, signature, secret], input=delivery.body, capture_output=True, timeout=30, check=True)
    return result.stdout.decode()


@pytest.mark.parametrize("program", ["node", "php"])
def test_signatures_verify_with_the_samples(deliveries: list[Delivery], program: str):
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    command = {"node": ["node", "-e", _NODE], "php": ["php", "-r", _PHP, "--"]}[program]
    for delivery in deliveries:
        signature = delivery.headers["x-webhook-signature"]
        assert _verdict(command, delivery, signature, WEBHOOK_SECRET) == "valid"
        assert _verdict(command, delivery, signature, WEBHOOK_SECRET + "?") == "invalid"


def test_headers_are_those_of_the_reference(deliveries: list[Delivery]):
    for delivery in deliveries:
        headers = delivery.headers
        assert delivery.method == "POST"
        assert headers["content-type"] == "application/json"
        assert headers["user-agent"] == "WA-Connect-Webhook/1.0"
        assert headers["x-webhook-event"] == delivery.event["event"]
        assert headers["x-webhook-timestamp"] == delivery.event["timestamp"]
        assert headers["x-webhook-signature-256"] == "sha256=" + headers["x-webhook-signature"]
        assert "transfer-encoding" not in headers


def test_bodies_are_those_of_the_reference(deliveries: list[Delivery]):
    sent, *statuses, received = deliveries
    assert list(sent.event) == list(received.event) == ["event", "timestamp", "data"]
    assert list(sent.event["data"])[:5] == ["message_id", "to", "type", "content", "status"]
    for status in statuses:
        assert list(status.event["data"])[:3] == ["message_id", "remote_jid", "status"]
    names = ["message_id", "from", "from_name", "type", "content", "media_url", "is_group", "timestamp"]
    assert list(received.event["data"])[:8] == names
    assert received.event["data"]["content"] == sent.event["data"]["content"] == _TEXT
