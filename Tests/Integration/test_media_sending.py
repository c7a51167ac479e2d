"""Files that are sent: looked into, encrypted, uploaded, shown by the phones; what happens when the hosts have trouble."""

import hashlib
import uuid

import pytest
from Environment.api import API
from Environment.deadline import until
from Environment.installation import Installation
from Environment.memory import Memory
from Environment.sample_files import film, paper, picture, recording, song
from Environment.sandbox import Phone, Sandbox


@pytest.fixture
def customer(sandbox: Sandbox) -> Phone:
    return sandbox.new_phone("Customer")


@pytest.fixture
def beginning(sandbox: Sandbox, business: Phone) -> int:
    return sandbox.journal()[-1]["number"]


def refusals(sandbox: Sandbox, beginning: int) -> list[str]:
    return [line["text"] for line in sandbox.journal("refused", "acknowledgement") if line["number"] > beginning]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def outgoing(installation: Installation) -> list[str]:
    return sorted(path.name for path in (installation.directory / "media" / "outgoing").iterdir())


def state(installation: Installation, name: str) -> str:
    """Status and error of the row that sends a file."""
    return installation.sql(
        f"SELECT CONCAT(status, ' ', COALESCE(error_code, '-')) FROM wa_outbox WHERE payload LIKE '%{name}%';").strip()


@pytest.mark.parametrize(
    ("kind", "content", "fields", "shown"),
    [
        ("image", picture(300, 200), {"caption": "a picture"}, {"mime_type": "image/jpeg", "width": 300, "height": 200}),
        ("video", film(), {"caption": "a film"}, {"mime_type": "video/mp4", "width": 64, "height": 48, "seconds": 2}),
        ("audio", song(), {}, {"mime_type": "audio/mpeg", "seconds": 3}),
        ("audio", recording(2.0), {"ptt": True}, {"mime_type": "audio/ogg; codecs=opus", "seconds": 2, "ptt": True, "waveform": 64}),
        ("document", paper(), {"fileName": "Rechnung März.pdf"}, {"mime_type": "application/pdf", "pages": 3, "file_name": "Rechnung März.pdf"}),
        ("document", paper(1), {"fileName": "a.pdf", "caption": "see page 1"}, {"mime_type": "application/pdf", "pages": 1}),
        ("document", b"anything", {"fileName": "notes"}, {"mime_type": "application/octet-stream", "length": 8}),
    ],
)
def test_each_kind_of_file_is_shown(
    installation: Installation, sandbox: Sandbox, business: Phone, customer: Phone, beginning: int, kind: str, content: bytes, fields: dict,
    shown: dict,
):
    name = installation.insert_file(customer.number, kind, content, **fields)
    message = customer.wait_message(kind=kind)
    media = message["media"]
    assert {key: media.get(key) for key in shown} == shown
    assert (message["text"] or None) == fields.get("caption")
    if kind in ("image", "video"):
        assert 0 < media["thumbnail"] < 10_000
    if kind in ("video", "document") or shown["mime_type"] == "audio/mpeg":
        assert media["sha256"] == sha256(content), "as it was given"
    # The owner's own phone shows it, too.
    assert business.wait_message(id=message["id"])["media"]["sha256"] == media["sha256"]
    until(lambda: state(installation, name) == "sent -", 20, "the row is sent", installation.daemon)
    assert outgoing(installation) == [], "nothing is left behind"
    assert refusals(sandbox, beginning) == []


def test_files_in_groups(installation: Installation, sandbox: Sandbox, business: Phone, customer: Phone, beginning: int):
    group = sandbox.new_group("Pictures", customer, business)
    content = film()
    installation.insert_file(group.jid, "video", content, caption="for all")
    assert customer.wait_message(kind="video", text="for all")["media"]["sha256"] == sha256(content)
    assert refusals(sandbox, beginning) == []


def test_an_answer_with_a_file(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, customer: Phone, webhooks, beginning: int
):
    question = customer.send(business.number, "where is the bill?")
    webhooks.wait("message.received", message_id=question)
    installation.insert_file(customer.number, "document", paper(), fileName="bill.pdf", caption="here", quoted_message_id=question)
    message = customer.wait_message(kind="document")
    assert message["details"]["quote"] == question
    assert refusals(sandbox, beginning) == []


def test_nothing_overtakes_a_file_in_its_chat_and_others_do_not_wait(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, customer: Phone
):
    other = sandbox.new_phone("Other")
    assert api.send_text(other.number, "so that we know each other")
    # Both hosts fail twice, so that the upload takes some seconds.
    sandbox.media_fault(count=4, method="POST", status=503)
    name = installation.insert_file(customer.number, "document", b"first", fileName="first.txt")
    until(lambda: state(installation, name).startswith("working"), 20, "the file is taken", installation.daemon)
    text = uuid.uuid4().hex
    installation.sql(f"INSERT INTO wa_outbox (to_jid, payload) VALUES ('{customer.number}', JSON_OBJECT('message', '{text}'));")
    assert api.send_text(other.number, "quick")["status"] == "sent"
    assert not state(installation, name).startswith("sent")
    late = customer.wait_message(text=text, timeout=40)
    early = customer.wait_message(kind="document")
    assert early["revision"] < late["revision"]


def test_hosts_that_fail_are_passed_over(installation: Installation, sandbox: Sandbox, business: Phone, customer: Phone, beginning: int):
    sandbox.media_fault(host=0, method="POST", status=503)
    before = len(sandbox.media()["requests"])
    installation.insert_file(customer.number, "document", b"by the other host", fileName="a.txt")
    assert customer.wait_message(kind="document")["media"]["sha256"] == sha256(b"by the other host")
    asked = [(each["host"], each["status"]) for each in sandbox.media()["requests"][before:] if each["method"] == "POST"]
    assert asked == [(0, 503), (1, 200)]
    assert refusals(sandbox, beginning) == []


def test_a_pass_that_is_worth_nothing_any_more_is_renewed(
    installation: Installation, sandbox: Sandbox, business: Phone, customer: Phone, beginning: int
):
    installation.insert_file(customer.number, "document", b"first", fileName="a.txt")
    customer.wait_message(kind="document")
    sandbox.revoke_media()
    before = len(sandbox.media()["requests"])
    installation.insert_file(customer.number, "image", picture())
    customer.wait_message(kind="image")
    asked = [each["status"] for each in sandbox.media()["requests"][before:] if each["method"] == "POST"]
    assert asked == [401, 200]
    assert refusals(sandbox, beginning) == []


def test_an_upload_goes_on_where_it_broke_off(
    installation: Installation, sandbox: Sandbox, business: Phone, customer: Phone, beginning: int
):
    content = film(8 << 20)
    # The question what is there is the first request; the file itself is cut in the middle.
    sandbox.media_fault(count=1, method="POST", status=503)
    sandbox.media_fault(count=1, method="POST")
    before = len(sandbox.media()["requests"])
    installation.insert_file(customer.number, "video", content)
    assert customer.wait_message(kind="video", timeout=60)["media"]["sha256"] == sha256(content)
    uploads = [each for each in sandbox.media()["requests"][before:] if each["method"] == "POST"]
    assert uploads[-1]["offset"] > 0, uploads
    assert uploads[-1]["status"] == 200
    assert refusals(sandbox, beginning) == []


@pytest.mark.parametrize(
    ("kind", "content", "fields", "code"),
    [
        ("image", b"just words", {}, "media_wrong_kind"),
        ("image", picture()[:60], {}, "media_damaged"),
        ("video", recording(), {}, "media_wrong_kind"),
        ("audio", paper(), {}, "media_wrong_kind"),
        ("document", b"", {"fileName": "a"}, "media_empty"),
    ],
)
def test_what_can_not_be_sent_says_why(
    installation: Installation, business: Phone, customer: Phone, kind: str, content: bytes, fields: dict, code: str
):
    name = installation.insert_file(customer.number, kind, content, **fields)
    until(lambda: state(installation, name) == f"failed {code}", 20, "the row fails", installation.daemon)
    assert outgoing(installation) == []


def test_a_film_of_100_mb_costs_no_memory(installation: Installation, business: Phone, customer: Phone):
    # A first film, so that everything is loaded.
    installation.insert_file(customer.number, "video", film(6 << 20), caption="small")
    customer.wait_message(kind="video", text="small", timeout=60)
    memory = Memory(installation.daemon.pid)
    content = film(104_000_000 - len(film(1)))
    name = installation.insert_file(customer.number, "video", content, caption="large")
    most = 0

    def is_sent() -> bool:
        nonlocal most
        most = max(most, len(outgoing(installation)))
        return state(installation, name) == "sent -"

    until(is_sent, 120, "the film is sent", installation.daemon)
    assert customer.wait_message(kind="video", text="large")["media"]["sha256"] == sha256(content)
    print(memory)
    assert most == 1, "no second copy of it is written"
    assert memory.growth <= 8 << 20, memory
