"""Bulks and the outbox: answered at once where that is possible, else a job; paced, paused, cancelled, and none lost or doubled by kill -9."""

import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from Environment.deadline import until
from Environment.sandbox import Phone, Sandbox
from Environment.shop import Shop

NOBODY = "96899999996"


@pytest.fixture(scope="module")
def friends(sandbox: Sandbox, shop: Shop) -> list[Phone]:
    shop.link()
    return [sandbox.new_phone(f"Bulk {number}") for number in range(4)]


@pytest.fixture(autouse=True)
def linked(shop: Shop) -> Iterator[None]:
    shop.link()
    yield


def text() -> str:
    return f"To many {uuid.uuid4().hex}"


def job(shop: Shop, number: int) -> dict:
    return shop.api.get(f"messages/bulk/{number}?limit=1000").json["data"]


def wait_job(shop: Shop, number: int, status: str = "done", timeout: float = 90) -> dict:
    until(lambda: job(shop, number)["status"] == status, timeout, f"bulk {number} is {status}", shop.installation.daemon, interval=0.1)
    return job(shop, number)


def times_seen(phone: Phone, words: str) -> int:
    screen = phone.sandbox.control("GET", f"phones/{phone.number}/messages?after=0&wait=0")["messages"]
    return len({message["id"] for message in screen if message.get("text") == words})


def test_each_recipient_is_a_message_of_its_own(shop: Shop, friends: list[Phone]):
    words = text()
    given = [friends[0].number, f"+{friends[1].number}", f"{friends[2].number}@s.whatsapp.net", "12", NOBODY, friends[0].number, None, {"a": 1}]
    answer = shop.api.post("messages/send-bulk", {"recipients": given, "message": words, "delay": 0})
    data = answer.json["data"]
    if answer.status == 202:
        data = wait_job(shop, data["job_id"])
    assert (data["total"], data["successful"], data["failed"]) == (8, 3, 5)
    assert [row["to"] for row in data["results"]] == given
    assert [row.get("code") for row in data["results"]] == [
        None, None, None, "invalid_recipient", "not_on_whatsapp", "duplicate", "invalid_recipient", "invalid_recipient"]
    assert all(row["success"] is ("code" not in row) and (row["success"] or row["error"]) for row in data["results"])
    for friend in friends[:3]:
        assert friend.wait_message(text=words)
        assert times_seen(friend, words) == 1


def test_pauses_between_the_messages(shop: Shop, friends: list[Phone]):
    started = time.monotonic()
    answer = shop.api.post(
        "messages/send-bulk", {"recipients": [friend.number for friend in friends[:3]], "message": text(), "delay": 1500})
    assert answer.status == 200 and answer.json["data"]["successful"] == 3
    assert 3.0 <= time.monotonic() - started < 8.5


def test_a_long_one_is_a_job(shop: Shop, friends: list[Phone]):
    words = text()
    body = {"recipients": [friend.number for friend in friends], "message": words, "delay": 4000}
    started = time.monotonic()
    answer = shop.api.post("messages/send-bulk", body)
    assert answer.status == 202 and time.monotonic() - started < 5
    data = answer.json["data"]
    assert list(data)[:4] == ["total", "successful", "failed", "results"] and data["status"] in ("pending", "working")
    number = data["job_id"]
    friends[0].wait_message(text=words)
    paused = shop.api.post(f"messages/bulk/{number}/pause").json["data"]
    assert paused["status"] == "paused" and shop.api.post(f"messages/bulk/{number}/pause").status == 200
    before = job(shop, number)["successful"]
    # While it rests, single messages go.
    assert shop.api.send_text(friends[3].number, "in between")["status"] == "sent"
    assert job(shop, number)["successful"] <= before + 1
    assert shop.api.post(f"messages/bulk/{number}/resume").json["data"]["status"] in ("pending", "working")
    done = wait_job(shop, number)
    assert (done["successful"], done["failed"], done["pending"]) == (4, 0, 0) and done["finished_at"]
    assert [times_seen(friend, words) for friend in friends] == [1] * 4
    late = shop.api.post(f"messages/bulk/{number}/cancel")
    assert (late.status, late.json["code"]) == (409, "bulk_finished")


def test_cancelled_ones_send_no_more(shop: Shop, friends: list[Phone]):
    words = text()
    answer = shop.api.post(
        "messages/send-bulk", {"recipients": [friend.number for friend in friends], "message": words, "delay": 60_000})
    number = answer.json["data"]["job_id"]
    friends[0].wait_message(text=words)
    until(lambda: job(shop, number)["successful"] == 1, 20, "the first one is counted", shop.installation.daemon)
    cancelled = shop.api.post(f"messages/bulk/{number}/cancel").json["data"]
    assert cancelled["status"] == "cancelled" and cancelled["cancelled"] == 3 and cancelled["pending"] == 0
    rows = job(shop, number)["results"]
    assert [row["success"] for row in rows] == [True, False, False, False] and rows[1]["code"] == "cancelled"
    assert number in [row["job_id"] for row in shop.api.get("messages/bulk").json["data"]["jobs"]]


def test_the_same_request_is_one_bulk(shop: Shop, friends: list[Phone]):
    words, order = text(), uuid.uuid4().hex
    body = {"recipients": [friends[0].number, friends[1].number], "message": words, "delay": 0}
    first = shop.api.post("messages/send-bulk", body, headers={"Idempotency-Key": order})
    again = shop.api.post("messages/send-bulk", body, headers={"Idempotency-Key": order})
    assert first.status == again.status == 200
    assert [row["message_id"] for row in first.json["data"]["results"]] == [row["message_id"] for row in again.json["data"]["results"]]
    other = shop.api.post("messages/send-bulk", body | {"message": "other"}, headers={"Idempotency-Key": order})
    assert (other.status, other.json["code"]) == (409, "idempotency_conflict")
    assert times_seen(friends[0], words) == 1


def test_killed_in_the_middle(shop: Shop, sandbox: Sandbox):
    """kill -9 twice, between messages and amid one; its successor goes on where it was."""
    friends = [sandbox.new_phone(f"Killed {number}") for number in range(8)]
    words = text()
    answer = shop.api.post(
        "messages/send-bulk", {"recipients": [friend.number for friend in friends], "message": words, "delay": 1200})
    assert answer.status == 202
    number = answer.json["data"]["job_id"]
    for friend in (friends[1], friends[4]):
        friend.wait_message(text=words, timeout=60)
        shop.installation.daemon.child.kill()
        shop.installation.daemon.child.wait()
        shop.installation.start()
    done = wait_job(shop, number, timeout=120)
    assert (done["successful"], done["failed"]) == (8, 0), done
    assert [times_seen(friend, words) for friend in friends] == [1] * 8
    assert len({row["message_id"] for row in done["results"]}) == 8


# The outbox.


def test_a_row_inserted_by_sql(shop: Shop, friends: list[Phone]):
    """The statement that docs/openapi.yaml and the guide tell."""
    words = f"It's \\\\ \\\"quoted\\\" 😀 {uuid.uuid4().hex}"
    shop.installation.sql(
        f"INSERT INTO wa_outbox (to_jid, payload) VALUES ('{friends[0].number}', JSON_OBJECT('message', 'By SQL {words[-32:]}'))")
    message = friends[0].wait_message(text=f"By SQL {words[-32:]}")
    row = shop.api.get(f"messages/{message['id']}").json["data"]
    assert row["direction"] == "outbound" and row["content"] == message["text"]
    listed = next(row for row in shop.api.get("messages/outbox?limit=100").json["data"]["outbox"] if row["message_id"] == message["id"])
    assert listed["source"] == "sql" and listed["attempts"] >= 1


@pytest.mark.parametrize("to, payload, code", [
    ("12", '{"message": "x"}', "invalid_message"), (NOBODY, '{"message": ""}', "invalid_message"), (NOBODY, '{"nothing": 1}', "invalid_message"),
    (NOBODY, '{"message": "x"}', "not_on_whatsapp"),
], ids=["number", "empty", "no message", "nobody"])
def test_bad_rows_say_why(shop: Shop, to: str, payload: str, code: str):
    mark = shop.installation.sql("SELECT COALESCE(MAX(id), 0) FROM wa_outbox").strip()
    shop.installation.sql(f"INSERT INTO wa_outbox (to_jid, payload) VALUES ('{to}', '{payload}')")

    def failed() -> bool:
        row = shop.installation.sql(f"SELECT status, error_code, error FROM wa_outbox WHERE id > {mark} AND source = 'sql' ORDER BY id LIMIT 1").split("\t")
        return row[:2] == ["failed", code] and bool(row[2].strip())

    until(failed, 30, "the row says why", shop.installation.daemon)


def test_sending_later_and_taking_it_back(shop: Shop, friends: list[Phone]):
    soon = datetime.now(timezone.utc) + timedelta(seconds=4)
    words = text()
    answer = shop.api.post("messages/send-text", {"to": friends[0].number, "message": words, "send_at": soon.strftime("%Y-%m-%dT%H:%M:%SZ")})
    assert answer.status == 202 and answer.json["data"]["status"] == "pending"
    assert times_seen(friends[0], words) == 0
    friends[0].wait_message(text=words)
    assert datetime.now(timezone.utc) >= soon.replace(microsecond=0)
    late = shop.api.post(f"messages/{answer.json['data']['message_id']}/cancel")
    assert (late.status, late.json["code"]) == (409, "too_late")
    never = shop.api.post("messages/send-text", {"to": friends[0].number, "message": "never", "send_at": "2090-01-01T00:00:00Z"}).json["data"]
    taken = shop.api.post(f"messages/{never['message_id']}/cancel")
    assert taken.json["data"] == {"message_id": never["message_id"], "to": f"{friends[0].number}@s.whatsapp.net", "status": "cancelled"}
    row = next(row for row in shop.api.get("messages/outbox?status=cancelled").json["data"]["outbox"] if row["message_id"] == never["message_id"])
    assert row["status"] == "cancelled" and row["send_at"] is None


def test_the_same_message_is_sent_once(shop: Shop, friends: list[Phone]):
    words, order = text(), uuid.uuid4().hex
    body = {"to": friends[0].number, "message": words}
    answers = [shop.api.post("messages/send-text", body, headers={"Idempotency-Key": order}) for _ in range(3)]
    assert {answer.json["data"]["message_id"] for answer in answers} == {answers[0].json["data"]["message_id"]}
    assert shop.api.post("messages/send-text", body | {"message": "other"}, headers={"Idempotency-Key": order}).status == 409
    friends[0].wait_message(text=words)
    assert times_seen(friends[0], words) == 1
