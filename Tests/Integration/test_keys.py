"""Keys, permissions and limits over all processes: exact in a crowd, and an edit in phpMyAdmin counts within five seconds."""

import hashlib
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from Environment.api import API
from Environment.deadline import until
from Environment.http_json import Answer
from Environment.sandbox import Sandbox
from Environment.shop import Shop

# More than there are processes that answer.
CROWD = 50
# How long an edit by SQL may take to count.
EDIT_S = 5.0


@pytest.fixture(autouse=True)
def forgotten(shop: Shop) -> None:
    """Wrong keys of earlier tests came from the same address, and guessing is slowed."""
    shop.installation.sql("DELETE FROM wa_rate_counters;")


def crowd(count: int, ask: Callable[[int], Answer]) -> list[Answer]:
    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(ask, range(count)))


def key(shop: Shop, *options: str) -> tuple[str, API]:
    """The key's number and the API with it."""
    text = shop.installation.create_key(uuid.uuid4().hex, *options)
    number = shop.installation.sql(f"SELECT id FROM wa_api_keys WHERE key_hash = SHA2('{text}', 256)").strip()
    return number, shop.installation.api(text)


@pytest.mark.parametrize("options, limit, name", [
    (("--daily-limit", "0", "--general-limit", "37"), 37, "RateLimit of the class"),
    (("--daily-limit", "41", "--general-limit", "0"), 41, "RateLimit of the day"),
    (("--daily-limit", "29", "--general-limit", "60"), 29, "the tighter of two"),
], ids=["class", "day", "both"])
def test_limits_are_exact_in_a_crowd(shop: Shop, options: tuple[str, ...], limit: int, name: str):
    number, api = key(shop, *options)
    answers = crowd(limit + 30, lambda _: api.get("messages/log?limit=1"))
    good = [answer for answer in answers if answer.status == 200]
    refused = [answer for answer in answers if answer.status == 429]
    assert (len(good), len(refused)) == (limit, 30), name
    # Each was told its own place.
    assert sorted(int(answer.headers["ratelimit-remaining"]) for answer in good) == list(range(limit))
    assert {answer.headers["ratelimit-limit"] for answer in answers} == {str(limit)}
    for answer in refused:
        assert answer.json["code"] == "rate_limited" and answer.headers["ratelimit-remaining"] == "0"
        assert 1 <= int(answer.headers["retry-after"]) <= 86_400 and answer.headers["retry-after"] == answer.headers["ratelimit-reset"]
    usage = shop.installation.sql(f"SELECT requests, refusals FROM wa_key_usage WHERE api_key_id = {number}").split()
    assert usage == [str(limit), "30"]


def test_sending_has_a_limit_of_its_own(shop: Shop):
    _, api = key(shop, "--daily-limit", "0", "--general-limit", "5", "--send-limit", "7")
    answers = crowd(20, lambda _: api.post("messages/send-text", {"to": "x", "message": "x"}))
    assert [answer.status for answer in answers].count(400) == 7 and [answer.status for answer in answers].count(429) == 13
    assert [api.get("session/status").status for _ in range(6)] == [200] * 5 + [429]


def test_an_edit_in_the_database_counts_within_five_seconds(shop: Shop):
    number, api = key(shop, "--daily-limit", "0", "--general-limit", "0")
    assert api.get("messages/log").status == 200

    def soon(edit: str, status: int, code: str | None = None) -> None:
        shop.installation.sql(f"UPDATE wa_api_keys SET {edit} WHERE id = {number}")
        end = time.monotonic() + EDIT_S
        while True:
            # Every process that answers has to know.
            answers = crowd(16, lambda _: api.get("messages/log?limit=1"))
            if all(answer.status == status and answer.json.get("code") == code for answer in answers):
                return
            assert time.monotonic() < end, (edit, [answer.status for answer in answers])

    soon("active = 0", 401, "unauthorized")
    soon("active = 1", 200)
    soon("permissions = 'contacts:read, session:read'", 403, "forbidden")
    soon("permissions = '*'", 200)
    soon("expires_at = '2020-01-01'", 401, "unauthorized")
    soon("expires_at = NULL", 200)
    soon("allowed_ips = '192.0.2.0/24'", 403, "address_not_allowed")
    soon("allowed_ips = '192.0.2.0/24, 127.0.0.0/8'", 200)
    soon("daily_limit = 1", 429, "rate_limited")
    soon("daily_limit = 0", 200)


def test_a_key_typed_into_the_table(shop: Shop):
    text = "typed by hand: " + uuid.uuid4().hex
    shop.installation.sql(f"INSERT INTO wa_api_keys (name, key_hash) VALUES ('by hand', '{hashlib.sha256(text.encode()).hexdigest()}')")
    api = shop.installation.api(text)
    answer = api.get("messages/log")
    assert answer.status == 200 and answer.headers["ratelimit-limit"] == "100"
    assert api.get("keys").status == 200, "all permissions"


@pytest.mark.parametrize("permission, allowed", [
    ("session:read", {"session/status"}), ("messages:read", {"messages/log", "messages/bulk", "messages/outbox", "posts"}),
    ("contacts:read", {"contacts", "contacts/search?q=ab", "contacts/export"}), ("webhooks:manage", {"webhooks", "webhooks/deliveries"}),
    ("*", {"keys", "keys/usage", "sessions", "session/status", "messages/log", "contacts", "webhooks"}),
])
def test_permissions(shop: Shop, permission: str, allowed: set[str]):
    _, api = key(shop, "--permissions", permission, "--daily-limit", "0", "--general-limit", "0")
    everything = {
        "session/status", "messages/log", "messages/bulk", "messages/outbox", "posts", "contacts", "contacts/search?q=ab", "contacts/export", "webhooks",
        "webhooks/deliveries", "keys", "keys/usage",
    }
    for path in everything | allowed:
        answer = api.get(path)
        if permission == "*" or path in allowed:
            assert answer.status == 200, (path, answer.body)
        else:
            assert (answer.status, answer.json["code"]) == (403, "forbidden"), path
            assert "the key needs the permission `" in answer.json["error"]


def test_keys_made_by_the_api(shop: Shop):
    made = shop.api.post("keys", {
        "name": "Made ünïcödé", "permissions": ["messages:read"], "daily_limit": 2, "allowed_ips": ["127.0.0.1"], "expires_at": "2040-12-31"})
    data = made.json["data"]
    assert made.status == 200 and data["permissions"] == ["messages:read"] and data["expires_at"] == "2040-12-31T23:59:59.000Z"
    api = shop.installation.api(data["key"])
    assert [api.get("messages/log").status for _ in range(3)] == [200, 200, 429]
    assert api.get("contacts").status == 403
    listed = next(row for row in shop.api.get("keys").json["data"]["keys"] if row["id"] == data["id"])
    assert "key" not in listed and "key_hash" not in listed and listed["last_used_at"] is not None
    usage = shop.api.get(f"keys/usage?key={data['id']}").json["data"]["usage"]
    assert [(row["requests"], row["messages"], row["refusals"]) for row in usage] == [(2, 0, 2)]
    assert shop.api.post(f"keys/{data['id']}/disable").status == 200
    assert api.get("messages/log").json["code"] == "unauthorized"
    assert shop.api.post(f"keys/{data['id']}/delete").status == 200
    assert shop.api.post(f"keys/{data['id']}/delete").json["code"] == "key_not_found"


def test_nobody_gains_permissions_by_making_keys(shop: Shop):
    _, api = key(shop, "--permissions", "session:read,session:manage,messages:read,messages:send,contacts:read,contacts:manage,webhooks:manage")
    assert api.post("keys", {"name": "more"}).json["code"] == "forbidden"
    assert api.get("keys").json["code"] == "forbidden"


def test_a_key_of_another_session_sees_its_own_alone(shop: Shop):
    name = f"other-{uuid.uuid4().hex[:8]}"
    assert shop.api.post("sessions", {"name": name}).status == 200
    other = shop.installation.api(shop.api.post("keys", {"name": "other", "session": name}).json["data"]["key"])
    assert other.get("messages/log").json["data"]["pagination"]["total"] == 0
    assert other.get("contacts").json["data"]["contacts"] == []
    assert [row["name"] for row in other.get("sessions").json["data"]["sessions"]] == [name]
    assert {row["session"] for row in other.get("keys").json["data"]["keys"]} == {name}
    assert other.get("sessions/default").json["code"] == "session_not_found"
    assert other.post("sessions", {"name": "third"}).json["code"] == "forbidden"
    assert other.post("keys", {"name": "x", "session": "default"}).json["code"] == "session_not_found"
    hook = shop.api.post("webhooks", {"url": "https://receiver.invalid/", "active": False}).json["data"]["id"]
    for path in (f"webhooks/{hook}", f"webhooks/{hook}/delete", f"webhooks/{hook}/test"):
        assert other.post(path, {"active": True}).json["code"] == "webhook_not_found"


def test_guessing_keys_is_slow(shop: Shop):
    shop.installation.sql("DELETE FROM wa_rate_counters WHERE subject LIKE 'ip:%'")
    answers = crowd(140, lambda number: shop.installation.api(f"guess {number}").get("messages/log"))
    statuses = [answer.status for answer in answers]
    assert statuses.count(401) == 100 and statuses.count(429) == 40
    # Whoever has a key is not kept out by the others.
    assert shop.api.get("messages/log").status == 200
    shop.installation.sql("DELETE FROM wa_rate_counters WHERE subject LIKE 'ip:%'")


def test_the_limits_of_all_are_settings(shop: Shop):
    _, api = key(shop, "--daily-limit", "0")
    try:
        shop.installation.command("settings", "set", "limits.general", "12")
        until(lambda: api.get("messages/log").headers["ratelimit-limit"] == "12", EDIT_S, "the setting counts", shop.installation.daemon)
        shop.installation.sql("UPDATE wa_settings SET value = 'a dozen' WHERE name = 'limits.general'")
        _, other = key(shop, "--daily-limit", "0")
        until(lambda: other.get("messages/log").headers["ratelimit-limit"] == "100", EDIT_S, "nonsense is the default", shop.installation.daemon)
    finally:
        shop.installation.sql("UPDATE wa_settings SET value = NULL WHERE name = 'limits.general'")


def test_opt_outs(shop: Shop, sandbox: Sandbox):
    shop.link()
    friend = sandbox.new_phone("Opted out")
    shop.installation.sql(f"INSERT INTO wa_opt_outs (phone_number) VALUES ('{friend.number}')")
    answer = shop.api.post("messages/send-text", {"to": friend.number, "message": "not wanted"})
    assert (answer.status, answer.json["code"]) == (403, "opted_out")
    bulk = shop.api.post("messages/send-bulk", {"recipients": [friend.number], "message": "not wanted", "delay": 0}).json["data"]
    assert bulk["failed"] == 1 and bulk["results"][0]["code"] == "opted_out"
    shop.installation.sql(f"INSERT INTO wa_outbox (to_jid, payload) VALUES ('{friend.number}', '{{\"message\": \"not wanted\"}}')")

    def refused() -> bool:
        return shop.installation.sql(
            f"SELECT CONCAT(status, ' ', error_code) FROM wa_outbox WHERE to_jid LIKE '{friend.number}%' AND source = 'sql'").strip() == "failed opted_out"

    until(refused, 30, "the row is refused", shop.installation.daemon)
    shop.installation.sql(f"DELETE FROM wa_opt_outs WHERE phone_number = '{friend.number}'")
    assert shop.api.send_text(friend.number, "wanted again")["status"] in ("sent", "pending")
