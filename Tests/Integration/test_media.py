"""Files that people send: downloaded, checked, and given out under a link; what happens when the hosts or the phone have trouble."""

import hashlib
import re
import secrets
import uuid
from pathlib import Path

import pytest
from Environment.api import API
from Environment.deadline import until
from Environment.http_json import Answer, request
from Environment.installation import Installation
from Environment.memory import Memory
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver


@pytest.fixture
def customer(sandbox: Sandbox) -> Phone:
    return sandbox.new_phone("Customer")


@pytest.fixture
def file(tmp_path: Path):
    """Makes files of random bytes."""
    def make(size: int) -> Path:
        path = tmp_path / uuid.uuid4().hex
        path.write_bytes(secrets.token_bytes(size))
        return path

    return make


def fetch(url: str, **headers: str) -> Answer:
    return request("GET", url, headers=headers)


@pytest.fixture
def ready(installation: Installation):
    """Gives the file behind a link; until it is here the answer says when to ask again."""
    def get(url: str, timeout: float = 30.0, **headers: str) -> Answer:
        last: list[Answer] = []

        def is_there() -> bool:
            last[:] = [fetch(url, **headers)]
            if last[0].status == 503:
                assert last[0].headers["retry-after"], last[0].headers
            return last[0].status != 503

        until(is_there, timeout, f"the file is ready: {url}", installation.daemon)
        return last[0]

    return get


def received(webhooks: WebhookReceiver, message_id: str) -> dict:
    return webhooks.wait("message.received", message_id=message_id).event["data"]


@pytest.mark.parametrize(
    ("kind", "fields", "kind_of_message", "mime_type"),
    [
        ("image", {"caption": "a picture"}, "image", "image/jpeg"),
        ("video", {"caption": "a film"}, "video", "video/mp4"),
        ("audio", {}, "audio", "audio/mpeg"),
        ("audio", {"ptt": True}, "audio", "audio/ogg; codecs=opus"),
        ("document", {"file_name": "Rechnung März.pdf"}, "document", "application/pdf"),
        ("document", {"file_name": "a.pdf", "caption": "see page 2"}, "document", "application/pdf"),
        ("sticker", {}, "sticker", "image/webp"),
        ("image", {"wrap": "ephemeral"}, "image", "image/jpeg"),
        ("image", {"wrap": "associated-child"}, "image", "image/jpeg"),
    ],
)
def test_each_kind_of_file_arrives(
    api: API, business: Phone, customer: Phone, webhooks: WebhookReceiver, file, kind: str, fields: dict, kind_of_message: str, mime_type: str, ready
):
    path = file(70_001)
    sent = customer.send_file(business.number, kind, path, **fields)
    data = received(webhooks, sent["id"])
    assert (data["type"], data["mime_type"], data["file_size"]) == (kind_of_message, mime_type, 70_001)
    assert data["content"] == (fields.get("caption") or fields.get("file_name"))
    # No ending that a web server takes for one of its own files.
    assert re.fullmatch(r"http://[^/]+/api/v1/media/[A-Za-z0-9_-]{43}", data["media_url"]), data["media_url"]
    answer = ready(data["media_url"])
    assert answer.status == 200
    assert answer.body == path.read_bytes()
    assert answer.headers["content-type"] == mime_type
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    row = api.get(f"messages/{sent['id']}").json["data"]
    assert (row["media_url"], row["mime_type"], row["file_size"]) == (data["media_url"], mime_type, 70_001)


def test_names_and_what_browsers_would_run(business: Phone, customer: Phone, webhooks: WebhookReceiver, file, ready):
    sent = customer.send_file(business.number, "document", file(100), file_name="../../x/Rechnung März.html", mime_type="text/html")
    data = received(webhooks, sent["id"])
    assert data["file_name"] == "Rechnung März.html"
    answer = ready(data["media_url"])
    assert answer.headers["content-disposition"] == (
        'attachment; filename="Rechnung M_rz.html"; filename*=UTF-8\'\'Rechnung%20M%C3%A4rz.html')
    assert "sandbox" in answer.headers["content-security-policy"]


def test_parts_of_a_file(business: Phone, customer: Phone, webhooks: WebhookReceiver, file, ready):
    path = file(300_000)
    sent = customer.send_file(business.number, "video", path)
    url = received(webhooks, sent["id"])["media_url"]
    whole = path.read_bytes()
    assert ready(url).body == whole
    part = fetch(url, Range="bytes=1000-1999")
    assert (part.status, part.body, part.headers["content-range"]) == (206, whole[1000:2000], "bytes 1000-1999/300000")
    assert fetch(url, Range="bytes=299000-").body == whole[299000:]
    assert fetch(url, Range="bytes=-10").body == whole[-10:]
    assert fetch(url, Range="bytes=300000-").status == 416
    assert fetch(url, Range="bytes=nonsense").status == 200
    head = request("HEAD", url)
    assert (head.status, head.headers["content-length"], head.body) == (200, "300000", b"")


def test_links_can_not_be_guessed(api: API, business: Phone, customer: Phone, webhooks: WebhookReceiver, file, ready):
    url = received(webhooks, customer.send_file(business.number, "image", file(10))["id"])["media_url"]
    assert ready(url).status == 200
    base, token = url.rsplit("/", 1)
    for bad in (token[:-1] + ("A" if token[-1] != "A" else "E"), token[:11] + "A" * 32, token[:-1], token + "A", "x", "1", "%20"):
        answer = fetch(f"{base}/{bad}")
        assert answer.status == 404, (bad, answer.status, answer.body)
        assert answer.json["code"] == "media_not_found"


def test_files_are_kept_where_only_the_owner_reads(
    installation: Installation, business: Phone, customer: Phone, webhooks: WebhookReceiver, file, ready
):
    sent = customer.send_file(business.number, "image", file(5_000))
    assert ready(received(webhooks, sent["id"])["media_url"]).status == 200
    directory = installation.directory / "media"
    assert directory.stat().st_mode & 0o777 == 0o700
    kept = [path for path in directory.iterdir() if path.is_file()]
    assert kept and all(path.stat().st_mode & 0o777 == 0o600 for path in kept)
    assert list((directory / "incoming").iterdir()) == []


def test_what_the_owner_sends_from_the_phone_has_its_file(business: Phone, customer: Phone, webhooks: WebhookReceiver, file, ready):
    path = file(4_321)
    sent = business.send_file(customer.number, "image", path, caption="from the counter")
    data = webhooks.wait("message.sent", message_id=sent["id"]).event["data"]
    assert (data["source"], data["content"]) == ("phone", "from the counter")
    assert ready(data["media_url"]).body == path.read_bytes()


def test_files_in_groups(sandbox: Sandbox, business: Phone, customer: Phone, webhooks: WebhookReceiver, file, ready):
    group = sandbox.new_group("Pictures", customer, business)
    path = file(9_999)
    sent = customer.send_file(group.jid, "image", path)
    data = received(webhooks, sent["id"])
    assert (data["from"], data["is_group"]) == (group.jid, True)
    assert ready(data["media_url"]).body == path.read_bytes()


def test_hosts_that_fail_are_passed_over(sandbox: Sandbox, business: Phone, customer: Phone, webhooks: WebhookReceiver, file, ready):
    path = file(200_000)
    sandbox.media_fault(host=0, method="GET", status=503)
    sent = customer.send_file(business.number, "image", path)
    assert ready(received(webhooks, sent["id"])["media_url"]).body == path.read_bytes()
    # Cut in the middle by the one host, whole from the other.
    sandbox.media_fault(host=0, method="GET")
    sent = customer.send_file(business.number, "document", path)
    assert ready(received(webhooks, sent["id"])["media_url"]).body == path.read_bytes()
    asked = [each for each in sandbox.media()["requests"] if sent["media"]["direct_path"].startswith(each["path"])]
    assert [(each["host"], each["status"]) for each in asked] == [(0, 0), (1, 200)]


def test_a_lost_file_is_uploaded_again_by_the_phone(
    sandbox: Sandbox, business: Phone, customer: Phone, webhooks: WebhookReceiver, file, installation: Installation, ready
):
    path = file(50_000)
    sandbox.media_fault(method="GET", status=410)
    sent = customer.send_file(business.number, "image", path)
    url = received(webhooks, sent["id"])["media_url"]
    assert ready(url).body == path.read_bytes()
    texts = [line["text"] for line in sandbox.journal("phone") if line["who"] == business.number]
    assert f"has uploaded again the file of {sent['id']}" in texts


def test_a_damaged_file_is_refused(sandbox: Sandbox, business: Phone, customer: Phone, webhooks: WebhookReceiver, file, directory: Path, ready):
    sandbox.media_fault(count=2, method="GET", status=503)
    sent = customer.send_file(business.number, "image", file(50_000))
    stored = directory / "sandbox" / "media" / sent["media"]["enc_sha256"]
    damaged = bytearray(stored.read_bytes())
    damaged[1_000] ^= 1
    stored.write_bytes(damaged)
    answer = ready(received(webhooks, sent["id"])["media_url"])
    assert (answer.status, answer.json["code"]) == (404, "media_gone")


def test_larger_files_than_the_owner_wants_are_not_taken(
    installation: Installation, business: Phone, customer: Phone, webhooks: WebhookReceiver, file, ready
):
    installation.command("settings", "set", "media.max_bytes", "100000")
    try:
        sent = customer.send_file(business.number, "document", file(100_001))
        answer = ready(received(webhooks, sent["id"])["media_url"])
        assert (answer.status, answer.json["code"]) == (404, "media_gone")
        path = file(100_000)
        sent = customer.send_file(business.number, "document", path)
        assert ready(received(webhooks, sent["id"])["media_url"]).body == path.read_bytes()
    finally:
        installation.command("settings", "set", "media.max_bytes", "104857600")


def test_a_film_of_100_mb_costs_no_memory(
    installation: Installation, business: Phone, customer: Phone, webhooks: WebhookReceiver, tmp_path: Path, ready
):
    path = tmp_path / "film"
    piece = secrets.token_bytes(1 << 20)
    with path.open("wb") as film:
        for _ in range(100):
            film.write(piece)
    # A first file, so that everything is loaded.
    small = tmp_path / "small"
    small.write_bytes(piece)
    assert ready(received(webhooks, customer.send_file(business.number, "video", small)["id"])["media_url"]).status == 200
    memory = Memory(installation.daemon.pid)
    sent = customer.send_file(business.number, "video", path)
    url = received(webhooks, sent["id"])["media_url"]
    status = 503

    def is_there() -> bool:
        nonlocal status
        status = request("HEAD", url).status
        return status != 503

    until(is_there, 120, "the film is here", installation.daemon)
    assert status == 200
    assert hashlib.sha256(fetch(url).body).hexdigest() == sent["media"]["sha256"]
    print(memory)
    assert memory.growth <= 8 << 20, memory
