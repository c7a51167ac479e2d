"""Webhooks by the API: made, changed, tried out, delivered again, deleted; events filtered, headers sent, and no receiver in another's way."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from Environment.deadline import until
from Environment.sandbox import Phone, Sandbox
from Environment.shop import Shop
from Environment.webhook_receiver import WebhookReceiver

SECRET = "secret of the webhooks: ключ"


@pytest.fixture(scope="module")
def receiver(directory: Path) -> Iterator[WebhookReceiver]:
    running = WebhookReceiver(directory / "receiver-of-webhooks")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def friend(sandbox: Sandbox, shop: Shop) -> Phone:
    shop.link()
    return sandbox.new_phone("Friend of webhooks")


@pytest.fixture
def hook(shop: Shop, receiver: WebhookReceiver) -> Iterator[dict]:
    shop.link()
    body = {
        "url": receiver.url, "name": "ünïcödé", "secret": SECRET, "events": ["message.received"],
        "headers": {"Authorization": "Bearer abc", "X-Shop": "5"},
    }
    answer = shop.api.post("webhooks", body)
    assert answer.status == 200, answer.body
    yield answer.json["data"]
    shop.api.post(f"webhooks/{answer.json['data']['id']}/delete")


def delivery(shop: Shop, number: int, status: str) -> dict:
    """Once it stands so."""
    until(
        lambda: shop.api.get(f"webhooks/deliveries/{number}").json["data"]["status"] == status, 30, f"delivery {number} is {status}",
        shop.installation.daemon, interval=0.1)
    return shop.api.get(f"webhooks/deliveries/{number}").json["data"]


def test_what_is_told_of_it(shop: Shop, hook: dict, receiver: WebhookReceiver):
    assert hook["secret"] == "***" and hook["headers"] == {"Authorization": "***", "X-Shop": "***"}
    assert hook["events"] == ["message.received"] and hook["active"] is True and hook["session"] == "default"
    assert shop.api.get(f"webhooks/{hook['id']}").json["data"] == hook
    assert hook in shop.api.get("webhooks").json["data"]["webhooks"]
    assert SECRET not in shop.api.get("webhooks").body.decode() and "Bearer" not in shop.api.get("webhooks").body.decode()


def test_only_its_events_with_its_headers(shop: Shop, hook: dict, receiver: WebhookReceiver, friend: Phone):
    shop.api.send_text(friend.number, "no event of this webhook")
    message_id = friend.send(shop.phone.number, "an event of it")
    found = receiver.wait("message.received", message_id=message_id)
    assert found.headers["authorization"] == "Bearer abc" and found.headers["x-shop"] == "5"
    assert found.is_signed_with(SECRET) and found.headers["x-webhook-attempt"] == "1"
    assert {each.event["event"] for each in receiver.deliveries()} == {"message.received"}
    delivered = f"webhooks/deliveries?webhook={hook['id']}&status=delivered&event=message.received"

    def noted() -> list[dict]:
        listed = shop.api.get(delivered).json["data"]["deliveries"]
        return [row for row in listed if row["event_id"] == found.headers["x-webhook-id"]]

    until(noted, 20, "the answer is noted", shop.installation.daemon)
    [row] = noted()
    assert row["last_status"] == 200 and row["answer"].strip() == "OK" and row["attempts"] == 1
    whole = shop.api.get(f"webhooks/deliveries/{row['id']}").json["data"]
    assert whole["body"].encode() == found.body


def test_changes(shop: Shop, hook: dict, receiver: WebhookReceiver, friend: Phone):
    changed = shop.api.post(f"webhooks/{hook['id']}", {"events": ["*"], "secret": "another", "headers": {"X-New": "1"}, "name": ""}).json["data"]
    assert changed["events"] != ["message.received"] and changed["headers"] == {"X-New": "***"} and changed["url"] == hook["url"]
    sent = shop.api.send_text(friend.number, "every event")["message_id"]
    found = receiver.wait("message.sent", message_id=sent)
    assert found.is_signed_with("another") and found.headers["x-new"] == "1" and "x-shop" not in found.headers
    bare = shop.api.post(f"webhooks/{hook['id']}", {"secret": "", "headers": {}}).json["data"]
    assert bare["secret"] is None and bare["headers"] == {}
    message_id = friend.send(shop.phone.number, "unsigned")
    assert "x-webhook-signature" not in receiver.wait("message.received", message_id=message_id).headers
    off = shop.api.post(f"webhooks/{hook['id']}", {"active": False}).json["data"]
    assert off["active"] is False
    refused = shop.api.post(f"webhooks/{hook['id']}/test")
    assert (refused.status, refused.json["code"]) == (409, "webhook_inactive")


def test_trying_it_out_and_delivering_again(shop: Shop, hook: dict, receiver: WebhookReceiver):
    answer = shop.api.post(f"webhooks/{hook['id']}/test")
    assert answer.status == 202 and answer.json["data"]["status"] == "pending"
    number = answer.json["data"]["delivery_id"]
    first = receiver.wait("message.received", message_id="TEST")
    assert delivery(shop, number, "delivered")["last_status"] == 200
    assert shop.api.post(f"webhooks/deliveries/{number}/replay").status == 202
    again = receiver.wait("message.received", message_id="TEST")
    assert again.body == first.body and again.headers["x-webhook-id"] == first.headers["x-webhook-id"]


def test_dead_letters(shop: Shop, hook: dict, receiver: WebhookReceiver):
    shop.installation.command("settings", "set", "webhooks.retry_schedule", "1s,1s")
    try:
        receiver.answer_next(500, 404, 301, 500, 500, 500)
        number = shop.api.post(f"webhooks/{hook['id']}/test").json["data"]["delivery_id"]
        dead = delivery(shop, number, "dead")
        assert dead["attempts"] == 3 and dead["last_status"] == 301 and dead["next_attempt_at"] is None
        attempts = [each.headers["x-webhook-attempt"] for each in receiver.deliveries() if each.headers["x-webhook-id"] == dead["event_id"]]
        assert attempts == ["1", "2", "3"]
        assert number in [row["id"] for row in shop.api.get(f"webhooks/deliveries?status=dead&webhook={hook['id']}").json["data"]["deliveries"]]
        receiver.answer_next()
        assert shop.api.post(f"webhooks/{hook['id']}/replay").json["data"]["replayed"] == 1
        assert delivery(shop, number, "delivered")["last_status"] == 200
    finally:
        receiver.answer_next()
        shop.installation.sql("UPDATE wa_settings SET value = NULL WHERE name = 'webhooks.retry_schedule'")


def test_a_dead_receiver_delays_no_other(shop: Shop, hook: dict, receiver: WebhookReceiver, friend: Phone):
    # Nobody listens at the first, the second never answers within its ten seconds: 192.0.2.0/24 leads nowhere.
    dead = [shop.api.post("webhooks", {"url": url}).json["data"]["id"] for url in ("http://127.0.0.1:9/", "http://192.0.2.1/")]
    ids = [friend.send(shop.phone.number, f"not delayed {number}") for number in range(5)]
    for message_id in ids:
        receiver.wait("message.received", message_id=message_id, timeout=8)
    for number in dead:
        assert shop.api.post(f"webhooks/{number}/delete").status == 200


def test_pages_of_deliveries(shop: Shop, hook: dict):
    for _ in range(5):
        shop.api.post(f"webhooks/{hook['id']}/test")
    first = shop.api.get(f"webhooks/deliveries?webhook={hook['id']}&limit=3").json["data"]
    assert len(first["deliveries"]) == 3 and first["next_before_id"] == first["deliveries"][-1]["id"]
    second = shop.api.get(f"webhooks/deliveries?webhook={hook['id']}&limit=3&before_id={first['next_before_id']}").json["data"]
    numbers = [row["id"] for row in first["deliveries"] + second["deliveries"]]
    assert numbers == sorted(numbers, reverse=True) and len(set(numbers)) == len(numbers)


def test_rows_typed_into_the_table(shop: Shop, receiver: WebhookReceiver, friend: Phone):
    mark = uuid.uuid4().hex
    shop.installation.sql(f"INSERT INTO wa_webhooks (url) VALUES ('{receiver.url}?{mark}')")
    try:
        message_id = friend.send(shop.phone.number, "to the typed one")
        until(
            lambda: any(mark in each.path and each.event["data"].get("message_id") == message_id for each in receiver.deliveries()), 30,
            "the typed one got it", shop.installation.daemon)
    finally:
        shop.installation.sql(f"DELETE FROM wa_webhooks WHERE url LIKE '%{mark}'")


def test_bodies_survive_a_json_parser(shop: Shop, hook: dict, receiver: WebhookReceiver, friend: Phone):
    """Python's own, as strict as Node's in `test_webhook_samples.py`: nothing is escaped that need not be, and nothing lost."""
    for words in ("\u2028\u2029", "\x01\x1f\x7f", "\\u0041 \\\\ \" /", "עברית عربى \u202e", "😀👩‍👩‍👧", "1e400 NaN -0", "</script>"):
        message_id = friend.send(shop.phone.number, words)
        body = receiver.wait("message.received", message_id=message_id).body
        assert json.loads(body)["data"]["content"] == words
        assert json.dumps(json.loads(body), ensure_ascii=False, separators=(",", ":")).encode() == body
