"""Files, history and settings that lie at the media hosts, with whatsmeow as the other party on the sandbox."""

import base64
import hashlib
from pathlib import Path

import pytest
from Environment.deadline import until
from Environment.http_json import Answer, request
from Environment.installation import Installation
from Environment.sample_files import film, paper, picture, recording, song
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver
from Interop.peer import WhatsmeowPeer
from Interop.test_whatsmeow import clean, paired

# What every phone takes for a picture of one point.
_THUMBNAIL = base64.b64encode(bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")).decode()


@pytest.fixture(scope="module", autouse=True)
def beginning(sandbox: Sandbox) -> int:
    lines = sandbox.journal()
    return lines[-1]["number"] if lines else 0


@pytest.fixture(scope="module")
def linked(sandbox: Sandbox, directory):
    peer = _peer(sandbox, directory, "media")
    phone = sandbox.new_phone("Mia")
    paired(peer, phone)
    yield peer, phone
    clean(peer)
    peer.close()


def _peer(sandbox: Sandbox, directory: Path, name: str) -> WhatsmeowPeer:
    hosts = tuple(sandbox.media()["hosts"])
    return WhatsmeowPeer(directory / "whatsmeow" / name, sandbox.tls_port, sandbox.ca_file, sandbox.root_key, hosts=hosts)


def complaints(sandbox: Sandbox, beginning: int) -> list[dict]:
    return [line for line in sandbox.journal("refused", "acknowledgement") if line["number"] > beginning]


@pytest.mark.parametrize(
    ("kind", "content", "fields"),
    [
        ("image", picture(300, 200), {"caption": "a picture"}),
        ("video", film(), {"caption": "a film"}),
        ("audio", song(), {}),
        ("audio", recording(2.0), {"ptt": True}),
        ("document", paper(), {"fileName": "Rechnung März.pdf"}),
        ("document", paper(1), {"fileName": "a.pdf", "caption": "see page 1"}),
        ("video", film(6 << 20), {"caption": "a larger film"}),
    ],
)
def test_whatsmeow_reads_our_files(
    installation: Installation, sandbox: Sandbox, business: Phone, linked, beginning: int, kind: str, content: bytes, fields: dict
):
    peer, phone = linked
    sent = installation.wait_file_sent(installation.insert_file(phone.number, kind, content, **fields))
    media = phone.wait_message(id=sent)["media"]
    event = peer.wait("message", id=sent)
    assert event["type"] == "media"
    got = peer.command("download", message_id=sent)
    assert (got["length"], got["sha256"]) == (media["length"], media["sha256"])
    if kind in ("video", "document"):
        assert got["sha256"] == hashlib.sha256(content).hexdigest()
    assert complaints(sandbox, beginning) == []


@pytest.mark.parametrize(
    ("kind", "content", "mimetype", "fields", "type_"),
    [
        ("image", picture(), "image/png", {"caption": "from whatsmeow", "width": 64, "height": 48, "JPEGThumbnail": _THUMBNAIL}, "image"),
        ("video", film(), "video/mp4", {"seconds": 2, "width": 64, "height": 48, "JPEGThumbnail": _THUMBNAIL}, "video"),
        ("audio", song(), "audio/mpeg", {"seconds": 3}, "audio"),
        ("audio", b"OggS" + bytes(5_000), "audio/ogg; codecs=opus", {"seconds": 3, "PTT": True, "waveform": base64.b64encode(bytes(64)).decode()},
         "audio"),
        ("document", paper(), "application/pdf", {"fileName": "Plan.pdf", "title": "Plan.pdf"}, "document"),
        ("sticker", b"RIFF" + bytes(3_000), "image/webp", {"width": 512, "height": 512}, "sticker"),
        ("document", film(7 << 20), "video/mp4", {"fileName": "large.mp4", "title": "large.mp4"}, "document"),
    ],
)
def test_we_read_files_of_whatsmeow(
    installation: Installation, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, linked, beginning: int, tmp_path: Path,
    kind: str, content: bytes, mimetype: str, fields: dict, type_: str
):
    peer, _ = linked
    file = tmp_path / "file"
    file.write_bytes(content)
    sent = peer.command("send_file", to=business.number, kind=kind, file=str(file), mimetype=mimetype, fields=fields)["message_id"]
    data = webhooks.wait("message.received", message_id=sent).event["data"]
    assert (data["type"], data["mime_type"], data["file_size"]) == (type_, mimetype, len(content))
    last: list[Answer] = []

    def is_there() -> bool:
        last[:] = [request("GET", data["media_url"])]
        return last[0].status != 503

    until(is_there, 60, "the file is here", installation.daemon)
    assert (last[0].status, last[0].headers["content-type"]) == (200, mimetype)
    assert last[0].body == content
    assert complaints(sandbox, beginning) == []


def test_whatsmeow_reads_history_and_settings_from_the_media_hosts(sandbox: Sandbox, directory: Path, beginning: int):
    phone = sandbox.new_phone("Past")
    phone.invent_past(people=40, groups=5, messages=3_000)
    # More than one answer takes: they come as a snapshot.
    for number in range(25):
        phone.save_contact(str(96_650_000_000 + number), f"Friend {number}")
    peer = _peer(sandbox, directory, "past")
    try:
        paired(peer, phone)
        recent = peer.wait("history", type="RECENT", timeout=60)
        assert recent["messages"] == 3_000 - 45, recent
        parts = peer.seen("history")
        assert sum(part["messages"] for part in parts) == 3_000
        assert max(part["names"] for part in parts) >= 40
        jid = f"{96_650_000_003}@s.whatsapp.net"
        until(lambda: peer.command("contact", jid=jid)["full_name"] == "Friend 3", 30, "the address book is there", peer.process)
    finally:
        clean(peer)
        peer.close()
    paths = {each["type"] for each in sandbox.media()["files"]}
    assert {"md-msg-hist", "md-app-state"} <= paths
    assert complaints(sandbox, beginning) == []
