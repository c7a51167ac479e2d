"""Files on their way out: the order of a chat, files in groups, and what happens when the media hosts have trouble."""

import hashlib
import uuid

import pytest
from Environment.api import API
from Environment.deadline import until
from Environment.file_server import FileServer
from Environment.installation import Installation
from Environment.sample_files import film, jpeg
from Environment.sandbox import Phone, Sandbox


@pytest.fixture
def customer(sandbox: Sandbox) -> Phone:
    return sandbox.new_phone("Customer")


@pytest.fixture
def peace(sandbox: Sandbox, business: Phone):
    """Nobody complains while the test runs."""
    beginning = sandbox.journal()[-1]["number"]
    yield
    assert [line for line in sandbox.journal("refused", "acknowledgement") if line["number"] > beginning] == []


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def send(api: API, to: str, kind: str, content: bytes, **fields: str) -> str:
    """As part of a form. Returns the message id."""
    answer = api.post_form(f"messages/send-{kind}", {"to": to, "queue": "true"} | fields, content, "file", "application/octet-stream")
    assert answer.status in (200, 202), answer.body
    return answer.json["data"]["message_id"]


def posts(sandbox: Sandbox, before: int) -> list[dict]:
    return [each for each in sandbox.media()["requests"][before:] if each["method"] == "POST"]


def test_files_in_groups(api: API, sandbox: Sandbox, business: Phone, customer: Phone, peace):
    group = sandbox.new_group("Pictures", customer, business)
    content = film()
    sent = send(api, group.jid, "video", content, caption="for all")
    shown = customer.wait_message(id=sent)
    assert (shown["text"], shown["media"]["sha256"]) == ("for all", sha256(content))
    # The owner's own phone shows it, too.
    assert business.wait_message(id=sent)["media"]["sha256"] == sha256(content)


def test_nothing_overtakes_a_file_in_its_chat_and_others_do_not_wait(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, customer: Phone, file_server: FileServer
):
    other = sandbox.new_phone("Other")
    assert api.send_text(other.number, "so that we know each other")
    # Both hosts fail twice, so that the upload takes some seconds.
    sandbox.media_fault(count=4, method="POST", status=503)
    url, text = file_server.serve(f"{uuid.uuid4().hex}.txt", b"first", "text/plain"), uuid.uuid4().hex

    def state(mark: str) -> str:
        return installation.sql(f"SELECT status FROM wa_outbox WHERE payload LIKE '%{mark}%'").strip()

    for kind, payload in (("document", f"'documentUrl', '{url}'"), ("text", f"'message', '{text}'")):
        installation.sql(f"INSERT INTO wa_outbox (to_jid, kind, payload) VALUES ('{customer.number}', '{kind}', JSON_OBJECT({payload}))")
    until(lambda: state(url) == "working", 20, "the file is taken", installation.daemon)
    assert api.send_text(other.number, "quick")["status"] == "sent"
    assert state(text) != "sent"
    late = customer.wait_message(text=text, timeout=40)
    assert customer.wait_message(kind="document")["revision"] < late["revision"]


def test_hosts_that_fail_are_passed_over(api: API, sandbox: Sandbox, business: Phone, customer: Phone, peace):
    before = len(sandbox.media()["requests"])
    sandbox.media_fault(host=0, method="POST", status=503)
    content = uuid.uuid4().bytes
    assert customer.wait_message(id=send(api, customer.number, "document", content))["media"]["sha256"] == sha256(content)
    assert [(each["host"], each["status"]) for each in posts(sandbox, before)] == [(0, 503), (1, 200)]


def test_a_pass_that_is_worth_nothing_any_more_is_renewed(api: API, sandbox: Sandbox, business: Phone, customer: Phone, peace):
    customer.wait_message(id=send(api, customer.number, "document", uuid.uuid4().bytes))
    sandbox.revoke_media()
    before = len(sandbox.media()["requests"])
    customer.wait_message(id=send(api, customer.number, "image", jpeg(31, 17)))
    assert [each["status"] for each in posts(sandbox, before)] == [401, 200]


def test_an_upload_goes_on_where_it_broke_off(api: API, sandbox: Sandbox, business: Phone, customer: Phone, peace):
    content = film(8 << 20)
    # The first request asks what the host has already; the next one, the file itself, is cut in the middle.
    before = len(sandbox.media()["requests"])
    sandbox.media_fault(count=1, method="POST", status=503)
    sandbox.media_fault(count=1, method="POST")
    sent = send(api, customer.number, "video", content)
    assert customer.wait_message(id=sent, timeout=60)["media"]["sha256"] == sha256(content)
    uploads = posts(sandbox, before)
    assert uploads[-1]["offset"] > 0, uploads
    assert uploads[-1]["status"] == 200
