"""The daemon is killed at every step of a file's way, in and out: no file is lost, none comes twice, and no file stays that nothing speaks of."""

import base64
import hashlib
import os
import secrets
import time
import uuid
from pathlib import Path

import pytest
from Durability.household import Household
from Durability.ledger import Ledger
from Environment.deadline import until
from Environment.file_server import FileServer
from Environment.http_json import Answer, request
from Environment.sample_files import film, jpeg, webp

RECEIVING = ("media-downloaded", "media-placed", "media-ready")
STEPS = ("media-prepared", "media-uploaded", "media-stored", "encrypted", "message-queued+written", "ack-stored")
# How a site hands over a file, and where it may be killed then: the API keeps the file itself, but for addresses, which the daemon fetches.
WAYS = ("form", "data", "address")
SENDING = [("form", step) for step in STEPS] + [("data", "media-prepared"), ("address", "media-fetched"), ("address", "media-stored")]
# Of a form's body; other bodies are small ones.
_LARGE, _SMALL = 6 << 20, 300_000
# Beyond this nobody speaks of a file any more: it is cleared away (`MediaClearing`).
_OLD_S = 25 * 3_600


def media(house: Household) -> Path:
    return house.product.directory / "media"


def files(house: Household) -> list[str]:
    """All below `media.dir`, by the folder they lie in."""
    return sorted(str(path.relative_to(media(house))) for path in media(house).rglob("*") if path.is_file())


def sweep(house: Household) -> None:
    """A day later: a daemon looks once at its files, first of all, and once an hour."""
    for name in files(house):
        os.utime(media(house) / name, (time.time() - _OLD_S,) * 2)
    house.restart()


def no_strays(house: Household) -> None:
    """Only files that a row speaks of are there."""
    sweep(house)

    def known() -> list[str]:
        return sorted(house.product.sql("SELECT local_file FROM wa_media WHERE state = 'ready'").split())

    house.eventually(lambda: files(house) == known(), f"only files with a row are kept: {files(house)}, rows: {known()}")


def fetched(house: Household, url: str) -> Answer:
    last: list[Answer] = []

    def is_there() -> bool:
        last[:] = [request("GET", url)]
        return last[0].status != 503

    until(is_there, 60, "the file is here", house.product.daemon)
    return last[0]


def received(house: Household, ledger: Ledger, sent: dict) -> str:
    """The file is here, whole, and nobody's books show anything else; returns where."""
    url = house.webhooks.wait("message.received", message_id=sent["id"]).event["data"]["media_url"]
    answer = fetched(house, url)
    assert (answer.status, hashlib.sha256(answer.body).hexdigest()) == (200, sent["media"]["sha256"])
    ledger.must_balance()
    return url


@pytest.mark.parametrize("step", RECEIVING)
def test_killed_while_a_file_arrives(house: Household, ledger: Ledger, tmp_path: Path, step: str):
    house.restart(kill_at=step)
    file = tmp_path / "file"
    file.write_bytes(secrets.token_bytes(80_000))
    sent = house.customer.send_file(house.business.number, "document", file)
    house.wait_killed()
    house.restart()
    url = received(house, ledger, sent)
    no_strays(house)
    assert fetched(house, url).body == file.read_bytes()


def test_killed_in_the_middle_of_a_download(house: Household, ledger: Ledger, tmp_path: Path):
    """No step is named: the daemon dies while bytes come."""
    house.restart()
    file = tmp_path / "file"
    file.write_bytes(secrets.token_bytes(60 << 20))
    sent = house.customer.send_file(house.business.number, "video", file)
    incoming = media(house) / "incoming"
    house.eventually(lambda: any(path.stat().st_size > 1 << 20 for path in incoming.glob("*")), "bytes come")
    house.product.daemon.kill()
    assert any(incoming.iterdir())
    house.restart()
    received(house, ledger, sent)
    no_strays(house)


def test_killed_while_asking_the_phone_for_a_lost_file(house: Household, ledger: Ledger, tmp_path: Path):
    house.restart(kill_at="media-asked")
    file = tmp_path / "file"
    file.write_bytes(secrets.token_bytes(10_000))
    house.sandbox.media_fault(method="GET", status=410)
    sent = house.customer.send_file(house.business.number, "image", file)
    house.wait_killed()
    house.restart()
    received(house, ledger, sent)


def hand_over(house: Household, server: FileServer, way: str, kind: str, content: bytes, caption: str) -> str:
    """In a way that lets the message wait for a daemon that is dead; returns its id."""
    fields = {"to": house.customer.number, "caption": caption}
    if way == "form":
        answer = house.api.post_form(f"messages/send-{kind}", fields | {"queue": "true"}, content, "file", "application/octet-stream")
    else:
        address = f"data:application/octet-stream;base64,{base64.b64encode(content).decode()}"
        if way == "address":
            address = server.serve(uuid.uuid4().hex, content, "application/octet-stream")
        answer = house.api.post(f"messages/send-{kind}", fields | {f"{kind}Url": address, "queue": True})
    assert answer.status in (200, 202), answer.body
    return answer.json["data"]["message_id"]


def shown(house: Household, caption: str) -> list[dict]:
    screen = house.sandbox.control("GET", f"phones/{house.customer.number}/messages?after=0&wait=0")["messages"]
    return [message for message in screen if message["text"] == caption]


def arrived(house: Household, message_id: str, caption: str, kind: str, content: bytes) -> None:
    """Once, whole, and nothing is left of it on the disk."""
    message = house.customer.wait_message(id=message_id, timeout=60)
    if kind == "video":
        assert message["media"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert [each["id"] for each in shown(house, caption)] == [message_id], "once"
    house.eventually(lambda: house.status(message_id) in ("sent", "delivered"), "the message is sent")


@pytest.mark.parametrize(("way", "step"), SENDING)
@pytest.mark.parametrize("kind", ("video", "image"))
def test_killed_while_sending_a_file(house: Household, ledger: Ledger, file_server: FileServer, way: str, step: str, kind: str):
    # A film goes as it is, a picture of this kind is converted.
    content = webp(40, 30) if kind == "image" else film(_SMALL if way == "data" else _LARGE)
    house.restart(kill_at=step)
    caption = secrets.token_hex(8)
    message_id = hand_over(house, file_server, way, kind, content, caption)
    house.wait_killed()
    house.restart()
    arrived(house, message_id, caption, kind, content)
    ledger.must_balance()
    no_strays(house)


@pytest.mark.parametrize("way", WAYS)
def test_a_file_waits_for_a_daemon_that_is_dead(house: Household, ledger: Ledger, file_server: FileServer, way: str):
    house.restart()
    house.product.daemon.kill()
    caption, content = secrets.token_hex(8), film(_SMALL)
    message_id = hand_over(house, file_server, way, "video", content, caption)
    assert len([name for name in files(house) if name.startswith("outgoing/")]) == (0 if way == "address" else 1)
    # However long that takes.
    sweep(house)
    arrived(house, message_id, caption, "video", content)
    ledger.must_balance()
    no_strays(house)


def test_killed_in_the_middle_of_an_upload(house: Household, ledger: Ledger, file_server: FileServer):
    """No step is named: the daemon dies when the hosts have a part of it."""
    house.restart()
    caption, content = secrets.token_hex(8), film(60 << 20)
    # The question what is there already comes first; the file itself is cut in the middle, and then the daemon dies while it pauses or goes on.
    before = len(house.sandbox.media()["requests"])
    house.sandbox.media_fault(count=1, method="POST", status=503)
    house.sandbox.media_fault(count=1, method="POST")
    message_id = hand_over(house, file_server, "form", "video", content, caption)
    posts = lambda: [each for each in house.sandbox.media()["requests"][before:] if each["method"] == "POST"]  # noqa: E731
    house.eventually(lambda: len(posts()) >= 2, "a part is uploaded", timeout=60)
    house.product.daemon.kill()
    house.sandbox.clear_media_faults()
    house.restart()
    arrived(house, message_id, caption, "video", content)
    assert {each["path"] for each in posts()} == {posts()[0]["path"]}, "the same upload, under the same keys"
    ledger.must_balance()
    no_strays(house)


def test_a_bulks_file_outlives_kills(house: Household, ledger: Ledger, file_server: FileServer):
    people = [house.sandbox.new_phone(f"Bulk {number}") for number in range(3)]
    house.restart(kill_at="media-stored")
    caption = secrets.token_hex(8)
    answer = house.api.post_form(
        "messages/send-bulk", {"recipients[]": [phone.number for phone in people], "type": "image", "caption": caption, "delay": "300"},
        jpeg(50, 40), "a.jpg", "image/jpeg")
    assert answer.status in (200, 202), answer.body
    house.wait_killed()
    house.restart(kill_at="encrypted")
    house.wait_killed()
    house.restart()
    digests = {phone.wait_message(text=caption, timeout=60)["media"]["sha256"] for phone in people}
    assert digests == {hashlib.sha256(jpeg(50, 40)).hexdigest()}
    house.eventually(lambda: house.product.sql("SELECT COUNT(*) FROM wa_bulk_jobs WHERE status IN ('pending', 'working')").strip() == "0", "the bulk is done")
    ledger.must_balance()
    no_strays(house)


def test_a_file_whose_message_is_cancelled_does_not_stay(house: Household, file_server: FileServer):
    """Looked into already, and waiting for hosts that do not take it."""
    house.restart()
    house.sandbox.media_fault(count=200, method="POST", status=503)
    try:
        message_id = hand_over(house, file_server, "form", "image", webp(20, 10), "never")
        row = "FROM wa_outbox o JOIN wa_messages m ON m.id = o.message_row_id WHERE m.message_id"
        house.eventually(
            lambda: "media_upload_failed" in house.product.sql(f"SELECT o.error_code {row} = '{message_id}'"), "the hosts do not take it", 90)
        assert house.api.post(f"messages/{message_id}/cancel").status == 200
    finally:
        house.sandbox.clear_media_faults()
    no_strays(house)
