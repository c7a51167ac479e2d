"""Every sample of the API reference, as it stands there, against the answer or event that the program gives: names, nesting, types, order, odd shapes."""

import base64
import json
import re
from collections.abc import Iterator

import pytest
from Environment import sample_files
from Environment.deadline import until
from Environment.http_json import Answer
from Environment.sandbox import Phone, Sandbox
from Environment.shop import Shop
from Environment.webhook_receiver import WebhookReceiver

_TIME = "2026-02-27T10:00:00.000Z"
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
# Numbers that have to be those of the sample; others only have to be numbers.
_EXACT_NUMBERS = {"page", "limit", "successful", "failed"}


class Names:
    """What the sample's placeholders stand for here."""

    def __init__(self, shop: Shop, friend: Phone):
        self.words = {
            "968XXXXXXXX@s.whatsapp.net": f"{friend.number}@s.whatsapp.net", "968XXXXXXXX": friend.number, "John Doe": friend.name,
            "Your Name": shop.phone.name,
        }

    def filled(self, value: object) -> object:
        if isinstance(value, dict):
            return {name: self.filled(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.filled(item) for item in value]
        return self.words.get(value, value) if isinstance(value, str) else value


def difference(sample: object, found: object, place: str = "") -> list[str]:
    """Where the answer is not as the sample. Fields that the reference does not have may stand behind those that it has."""
    match sample:
        case dict():
            if not isinstance(found, dict):
                return [f"{place}: {found!r} is no object"]
            if [name for name in found if name in sample] != list(sample):
                return [f"{place}: fields {list(found)}, not {list(sample)}"]
            return [text for name, item in sample.items() for text in difference(item, found[name], f"{place}.{name}")]
        case list():
            if not isinstance(found, list) or not found:
                return [f"{place}: {found!r} is no list with something in it"]
            return [text for number, item in enumerate(found) for text in difference(sample[min(number, len(sample) - 1)], item, f"{place}[{number}]")]
        case bool() | None:
            return [] if found is sample else [f"{place}: {found!r}, not {sample!r}"]
        case int():
            exact = place.rpartition(".")[2] in _EXACT_NUMBERS
            good = type(found) is int and (found == sample or not exact)
            return [] if good else [f"{place}: {found!r}, not {'' if exact else 'a number such as '}{sample!r}"]
        case _ if _ISO.fullmatch(sample):
            return [] if isinstance(found, str) and _ISO.fullmatch(found) else [f"{place}: {found!r} is no time"]
        case _ if sample.startswith("3EB0"):
            return [] if isinstance(found, str) and re.fullmatch(r"[0-9A-F]{18,40}", found) else [f"{place}: {found!r} is no message_id"]
        case _:
            return [] if found == sample else [f"{place}: {found!r}, not {sample!r}"]


@pytest.fixture(scope="module")
def friend(sandbox: Sandbox, shop: Shop) -> Phone:
    shop.link()
    friend = sandbox.new_phone("John Doe")
    # Somebody whose name is known.
    friend.send(shop.phone.number, "Hello!")

    def named() -> bool:
        answer = shop.api.get(f"contacts/{friend.number}")
        return answer.status == 200 and answer.json["data"]["push_name"] == "John Doe"

    until(named, 30, "the friend is a contact", shop.installation.daemon)
    return friend


@pytest.fixture(scope="module")
def names(shop: Shop, friend: Phone) -> Names:
    return Names(shop, friend)


@pytest.fixture(scope="module")
def events(shop: Shop, webhooks: WebhookReceiver) -> Iterator[WebhookReceiver]:
    shop.installation.command("webhooks", "add", webhooks.url, "--secret", "of the samples")
    yield webhooks
    shop.installation.sql(f"UPDATE wa_webhooks SET active = 0 WHERE url = '{webhooks.url}'")


@pytest.fixture
def linked(shop: Shop) -> Shop:
    shop.link()
    return shop


def assert_sample(names: Names, answer: Answer, sample: str, status: int = 200) -> None:
    expected = names.filled(json.loads(sample))
    assert answer.status == status, answer.body
    assert answer.headers["content-type"] == "application/json"
    assert difference(expected, answer.json) == [], answer.body.decode()


# Health and session.


def test_health(shop: Shop, names: Names):
    sample = '{"success": true, "message": "WA-Connect API is running", "timestamp": "2026-02-27T10:00:00.000Z"}'
    answer = shop.installation.api(None).get("health")
    assert_sample(names, answer, sample)
    assert list(answer.json) == ["success", "message", "timestamp"]


def test_session_status(linked: Shop, names: Names):
    assert_sample(names, linked.api.get("session/status"), """{"success": true, "data": {"status": "connected", "user": {
        "id": "968XXXXXXXX@s.whatsapp.net", "name": "Your Name"}, "connected_at": "2026-02-27T10:00:00.000Z"}}""".replace(
        "968XXXXXXXX", linked.phone.number))


def test_session_disconnect_and_connect_again(linked: Shop, names: Names, events: WebhookReceiver):
    # The reference has no `data` here; it is an addition, and stands where `data` always stands.
    assert_sample(names, linked.api.post("session/disconnect"), '{"success": true, "message": "Disconnected successfully"}')
    assert_event(names, events, "connection.disconnected", """{"event": "connection.disconnected", "timestamp": "2026-02-27T10:00:00.000Z",
        "data": {"status": "disconnected", "reason": "manual"}}""", reason="manual")
    answer = linked.api.post("session/connect")
    if answer.json["data"]["status"] == "connecting":
        assert_sample(names, answer, '{"success": true, "data": {"status": "connecting", "message": "Reconnecting with saved credentials"}}')
    linked.link()
    assert_event(names, events, "connection.connected", """{"event": "connection.connected", "timestamp": "2026-02-27T10:00:00.000Z",
        "data": {"status": "connected", "phone_number": "PHONE", "wa_name": "Your Name"}}""".replace("PHONE", linked.phone.number),
        phone_number=linked.phone.number)


def test_session_logout_and_qr(shop: Shop, names: Names, events: WebhookReceiver):
    shop.link()
    assert_sample(names, shop.api.post("session/logout"), '{"success": true, "message": "Logged out successfully"}')
    assert_event(names, events, "connection.disconnected", """{"event": "connection.disconnected", "timestamp": "2026-02-27T10:00:00.000Z",
        "data": {"status": "disconnected", "reason": "logout"}}""", reason="logout")
    answer = shop.api.post("messages/send-text", {"to": "96899999996", "message": "nothing"})
    sample = '{"success": false, "message": "WhatsApp is not connected", "error": "Service unavailable"}'
    assert_sample(names, answer, sample, 503)

    def has_code() -> bool:
        nonlocal answer
        answer = shop.api.post("session/connect")
        return "qr" in answer.json.get("data", {})

    until(has_code, 60, "a QR code", shop.installation.daemon)
    qr = answer.json["data"]["qr"]
    assert_sample(names, answer, json.dumps({"success": True, "data": {"status": "qr_ready", "qr": qr}}))
    event = json.dumps({"event": "connection.qr_ready", "timestamp": _TIME, "data": {"status": "qr_ready", "qr": qr}})
    assert_event(names, events, "connection.qr_ready", event, qr=qr)
    shop.link()


# Sending.

_SENT = '{"success": true, "data": {"message_id": "3EB0XXXXX", "to": "968XXXXXXXX@s.whatsapp.net", "status": "sent"}}'


@pytest.mark.parametrize("call, body, answer", [
    ("send-text", {"to": "968XXXXXXXX", "message": "Hello from WA-Connect!"}, """{"success": true, "data": {"message_id": "3EB0XXXXX",
        "to": "968XXXXXXXX@s.whatsapp.net", "status": "sent", "timestamp": "2026-02-27T10:00:00.000Z"}}"""),
    ("send-location", {"to": "968XXXXXXXX", "latitude": 23.5880, "longitude": 58.3829, "name": "Muscat, Oman", "address": "Muscat, Oman"}, _SENT),
    ("send-contact", {"to": "968XXXXXXXX", "contactName": "John Doe", "contactPhone": "+96899999999"}, _SENT),
], ids=lambda value: value if isinstance(value, str) and value.startswith("send-") else "")
def test_sending(linked: Shop, names: Names, friend: Phone, call: str, body: dict, answer: str):
    # The body's own name stays; only its recipient is a placeholder.
    content = body | {"to": friend.number}
    found = linked.api.post(f"messages/{call}", content)
    assert_sample(names, found, answer)
    friend.wait_message(id=found.json["data"]["message_id"])


def data_uri(content_type: str, content: bytes) -> str:
    return f"data:{content_type};base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize("call, body, kind", [
    ("send-image", {"to": "", "imageUrl": data_uri("image/jpeg", sample_files.jpeg(30, 20)), "caption": "Check this out!"}, "image"),
    ("send-document", {"to": "", "documentUrl": data_uri("application/pdf", sample_files.pdf(1)), "mimetype": "application/pdf", "fileName": "Invoice.pdf",
                       "caption": "Here is your invoice"}, "document"),
    ("send-video", {"to": "", "videoUrl": data_uri("video/mp4", sample_files.film()), "caption": "Watch this!"}, "video"),
    ("send-audio", {"to": "", "audioUrl": data_uri("audio/mpeg", sample_files.mp3(40)), "ptt": False}, "audio"),
], ids=lambda value: value if isinstance(value, str) and value.startswith("send-") else "")
def test_sending_files(linked: Shop, names: Names, friend: Phone, call: str, body: dict, kind: str):
    """The reference's addresses are example.com's; `data:` carries the file here. By address and as a form: `test_files.py`."""
    found = linked.api.post(f"messages/{call}", body | {"to": friend.number})
    assert_sample(names, found, _SENT)
    row = linked.api.get(f"messages/{found.json['data']['message_id']}").json["data"]
    assert row["message_type"] == kind and row["direction"] == "outbound"
    friend.wait_message(id=found.json["data"]["message_id"])


def test_send_bulk(linked: Shop, names: Names, sandbox: Sandbox, friend: Phone):
    others = [sandbox.new_phone("Bulk") for _ in range(2)]
    numbers = [friend.number, *(phone.number for phone in others)]
    answer = linked.api.post("messages/send-bulk", {"recipients": numbers, "message": "Hello everyone!", "delay": 1000})
    sample = {"success": True, "data": {"total": 3, "successful": 3, "failed": 0, "results": [
        {"to": number, "success": True, "message_id": "3EB0XXX"} for number in numbers]}}
    assert_sample(names, answer, json.dumps(sample))
    assert list(answer.json["data"]) == ["total", "successful", "failed", "results"]


# The log.

_MESSAGE = """{"id": 1, "message_id": "3EB0XXXXX", "remote_jid": "968XXXXXXXX@s.whatsapp.net", "remote_name": "John Doe", "direction": "outbound",
    "message_type": "text", "content": "Hello!", "status": "sent", "created_at": "2026-02-27T10:00:00.000Z"}"""


@pytest.fixture
def hello(shop: Shop, friend: Phone) -> str:
    """The `message_id` of the sample's message."""
    shop.link()
    return shop.api.send_text(friend.number, "Hello!")["message_id"]


def test_messages_log(shop: Shop, names: Names, hello: str):
    found = shop.api.get(f"messages/log?page=1&limit=20&direction=outbound&jid={names.words['968XXXXXXXX']}&type=text")
    answer = Answer(found.status, found.headers, json.dumps(
        found.json | {"data": found.json["data"] | {"messages": [row for row in found.json["data"]["messages"] if row["message_id"] == hello]}}).encode())
    sample = '{"success": true, "data": {"messages": [%s], "pagination": {"page": 1, "limit": 20, "total": 150, "totalPages": 8}}}' % _MESSAGE
    assert difference(_without_status(names.filled(json.loads(sample))), _without_status(answer.json)) == [], answer.body
    pagination = found.json["data"]["pagination"]
    assert pagination["totalPages"] == -(-pagination["total"] // 20)


def test_message(shop: Shop, names: Names, hello: str):
    sample = json.loads('{"success": true, "data": %s}' % _MESSAGE)
    by_message_id = shop.api.get(f"messages/{hello}")
    by_row = shop.api.get(f"messages/{by_message_id.json['data']['id']}")
    for found in (by_message_id, by_row):
        assert found.status == 200
        assert difference(_without_status(names.filled(sample)), _without_status(found.json)) == [], found.body
    assert by_row.json["data"]["message_id"] == hello


def _without_status(value: object) -> object:
    """The phone has got the message meanwhile, or not yet."""
    if isinstance(value, dict):
        return {name: _without_status(item) for name, item in value.items() if not (name == "status" and "message_type" in value)}
    return [_without_status(item) for item in value] if isinstance(value, list) else value


# Contacts.


def test_contacts_check(linked: Shop, names: Names, friend: Phone):
    answer = linked.api.post("contacts/check", {"phone": friend.number})
    assert_sample(names, answer, """{"success": true, "exists": true, "message": "Number is on WhatsApp", "contact": {
        "jid": "968XXXXXXXX@s.whatsapp.net", "phone": "968XXXXXXXX", "name": "John Doe"}}""")
    assert "data" not in answer.json
    nobody = linked.api.post("contacts/check", {"phone": "96899999996"})
    assert nobody.status == 200 and nobody.json == {"success": True, "exists": False, "message": "Number is not on WhatsApp"}


_LISTED = """{"id": 1, "jid": "968XXXXXXXX@s.whatsapp.net", "phone": "968XXXXXXXX", "push_name": "John Doe", "is_group": false,
    "last_message_at": "2026-02-27T10:00:00.000Z"}"""


def test_contacts(shop: Shop, names: Names, friend: Phone):
    answer = shop.api.get(f"contacts?page=1&limit=50&search={friend.number}&type=individual")
    assert_sample(
        names, answer,
        '{"success": true, "data": {"contacts": [%s], "pagination": {"page": 1, "limit": 50, "total": 150, "totalPages": 3}}}' % _LISTED)


def test_contact(shop: Shop, names: Names, friend: Phone):
    sample = """{"success": true, "data": {"id": 1, "jid": "968XXXXXXXX@s.whatsapp.net", "phone": "968XXXXXXXX", "push_name": "John Doe",
        "is_group": false, "message_count": 25, "last_message_at": "2026-02-27T10:00:00.000Z", "created_at": "2026-02-20T08:00:00.000Z"}}"""
    for name in (f"{friend.number}@s.whatsapp.net", f"{friend.number}%40s.whatsapp.net", friend.number):
        assert_sample(names, shop.api.get(f"contacts/{name}"), sample)


def test_contacts_search(shop: Shop, names: Names, friend: Phone):
    sample = """{"success": true, "data": {"contacts": [
        {"id": 1, "jid": "968XXXXXXXX@s.whatsapp.net", "phone": "968XXXXXXXX", "push_name": "John Doe"}]}}"""
    answer = shop.api.get(f"contacts/search?q={friend.number}")
    assert_sample(names, answer, sample)
    assert list(answer.json["data"]) == ["contacts"] and list(answer.json["data"]["contacts"][0]) == ["id", "jid", "phone", "push_name"]


def test_contacts_export(shop: Shop, friend: Phone):
    answer = shop.api.get("contacts/export")
    assert answer.status == 200 and answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment")
    lines = answer.body.decode().split("\r\n")
    assert lines[0] == "jid,phone,name,is_group,message_count,last_message_at"
    line = next(line for line in lines if line.startswith(friend.number))
    assert re.fullmatch(rf"{friend.number}@s\.whatsapp\.net,{friend.number},John Doe,false,\d+,{_ISO.pattern}", line)


def test_contacts_sync(linked: Shop, names: Names):
    answer = linked.api.post("contacts/sync")
    assert_sample(names, answer, '{"success": true, "message": "Contacts are synced automatically when WhatsApp connects."}')
    assert list(answer.json) == ["success", "message"]


def test_groups_are_contacts(linked: Shop, sandbox: Sandbox, friend: Phone):
    group = sandbox.new_group("Oman trip", friend, linked.phone)

    def listed() -> bool:
        rows = linked.api.get("contacts?type=group&limit=200").json["data"]["contacts"]
        assert all(row["is_group"] is True and row["jid"].endswith("@g.us") and row["phone"] is None for row in rows)
        return any(row["jid"] == group.jid and row["push_name"] == "Oman trip" for row in rows)

    until(listed, 30, "the group is listed", linked.installation.daemon)


# Errors and limits.


def test_errors(shop: Shop, names: Names):
    sample = '{"success": false, "message": "Error description", "error": "Detailed error message"}'
    read_only = shop.installation.api(shop.installation.create_key("reads", "--permissions", "messages:read"))
    limited = shop.installation.api(shop.installation.create_key("limited", "--general-limit", "1"))
    limited.get("messages/log")
    for status, answer in {
        400: shop.api.get("messages/log?page=x"), 401: shop.installation.api("nobody's").get("messages/log"),
        403: read_only.get("contacts"), 404: shop.api.get("messages/3EB0NONE"), 429: limited.get("messages/log"),
    }.items():
        assert answer.status == status, answer.body
        assert list(answer.json)[:3] == list(json.loads(sample)) and answer.json["success"] is False
        assert all(isinstance(answer.json[name], str) and answer.json[name] for name in ("message", "error"))


@pytest.mark.parametrize("options, target, method, limit, seconds", [
    ((), "messages/log", "GET", 100, 900), (("--daily-limit", "0"), "messages/send-text", "POST", 30, 60),
    (("--general-limit", "0"), "messages/log", "GET", 1000, 86_400),
], ids=["general", "sending", "daily"])
def test_limits(shop: Shop, options: tuple, target: str, method: str, limit: int, seconds: int):
    api = shop.installation.api(shop.installation.create_key("limits", *options))
    answer = api.get(target) if method == "GET" else api.post(target, {"to": "x", "message": "x"})
    assert int(answer.headers["ratelimit-limit"]) == limit and int(answer.headers["ratelimit-remaining"]) == limit - 1
    assert seconds * (0 if seconds == 86_400 else 0.8) < int(answer.headers["ratelimit-reset"]) <= seconds


# Webhooks.


def assert_event(names: Names, events: WebhookReceiver, event: str, sample: str, **fields) -> None:
    delivery = events.wait(event, timeout=60, **fields)
    assert difference(names.filled(json.loads(sample)), delivery.event) == [], delivery.body
    assert list(delivery.event) == ["event", "timestamp", "data"]


def test_message_received(linked: Shop, names: Names, friend: Phone, events: WebhookReceiver):
    message_id = friend.send(linked.phone.number, "Hello!")
    assert_event(names, events, "message.received", """{"event": "message.received", "timestamp": "2026-02-27T10:00:00.000Z", "data": {
        "message_id": "3EB0XXXXX", "from": "968XXXXXXXX@s.whatsapp.net", "from_name": "John Doe", "type": "text", "content": "Hello!",
        "media_url": null, "is_group": false, "timestamp": "2026-02-27T10:00:00.000Z"}}""", message_id=message_id)


def test_message_sent_and_its_status(linked: Shop, names: Names, friend: Phone, events: WebhookReceiver):
    message_id = linked.api.send_text(friend.number, "Hello!")["message_id"]
    assert_event(names, events, "message.sent", """{"event": "message.sent", "timestamp": "2026-02-27T10:00:00.000Z", "data": {
        "message_id": "3EB0XXXXX", "to": "968XXXXXXXX@s.whatsapp.net", "type": "text", "content": "Hello!", "status": "sent"}}""",
        message_id=message_id)
    friend.wait_message(id=message_id)
    friend.read(linked.phone.number, message_id)
    for status in ("sent", "delivered", "read"):
        assert_event(names, events, "message.status", """{"event": "message.status", "timestamp": "2026-02-27T10:00:00.000Z", "data": {
            "message_id": "3EB0XXXXX", "remote_jid": "968XXXXXXXX@s.whatsapp.net", "status": "STATUS"}}""".replace("STATUS", status),
            message_id=message_id, status=status)


def test_calls(linked: Shop, names: Names, friend: Phone, events: WebhookReceiver):
    call = friend.call(linked.phone.number)
    sample = """{"event": "call.incoming", "timestamp": "2026-02-27T10:00:00.000Z", "data": {
        "from": "968XXXXXXXX@s.whatsapp.net", "call_id": "CALL", "is_video": false}}""".replace("CALL", call)
    assert_event(names, events, "call.incoming", sample, call_id=call)
    assert linked.api.post("calls/reject", {"call_id": call}).status == 200
    assert_event(names, events, "call.rejected", sample.replace("incoming", "rejected"), call_id=call)
