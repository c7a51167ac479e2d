"""Files of whatsmeow that reach us, and history and settings that lie at the media hosts, with whatsmeow as the other party on the sandbox."""

import base64
import uuid
from pathlib import Path

import pytest
from Environment.api import API
from Environment.deadline import until
from Environment.http_json import Answer, request
from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.sample_files import film, jpeg, mp3, pdf, png, wav, webp
from Environment.sandbox import Phone, Sandbox
from Environment.shop import Shop
from Environment.webhook_receiver import WebhookReceiver
from Interop.peer import WhatsmeowPeer
from Interop.test_whatsmeow import clean, paired

# Phones insist on a thumbnail.
_SEEN = {"width": 64, "height": 48, "JPEGThumbnail": base64.b64encode(jpeg(16, 12)).decode()}
_VOICE = {"seconds": 3, "PTT": True, "waveform": base64.b64encode(bytes(range(64))).decode()}
# Kind, content, its type, fields of the message, what is around it; the type in our log and its content.
FILES = {
    "image": ("image", png(64, 48), "image/png", {"caption": "from whatsmeow"} | _SEEN, None, "image", "from whatsmeow"),
    "image without a caption": ("image", jpeg(64, 48), "image/jpeg", _SEEN, None, "image", None),
    "video": ("video", film(), "video/mp4", {"seconds": 2, "caption": "a film"} | _SEEN, None, "video", "a film"),
    "moving picture": ("video", film(), "video/mp4", {"seconds": 2, "gifPlayback": True} | _SEEN, None, "video", None),
    "audio": ("audio", mp3(100), "audio/mpeg", {"seconds": 3}, None, "audio", None),
    "voice note": ("audio", b"OggS" + wav(1), "audio/ogg; codecs=opus", _VOICE, None, "audio", None),
    "document": ("document", pdf(2), "application/pdf", {"fileName": "Plan März.pdf", "title": "Plan März.pdf", "pageCount": 2}, None, "document", "Plan März.pdf"),
    "document with a caption": (
        "document", pdf(1), "application/pdf", {"fileName": "a.pdf", "title": "a.pdf", "caption": "see page 1"}, "documentWithCaptionMessage",
        "document", "see page 1"),
    "sticker": ("sticker", webp(512, 512), "image/webp", {"width": 512, "height": 512}, None, "sticker", None),
    "disappearing image": ("image", jpeg(64, 48), "image/jpeg", {"caption": "gone soon"} | _SEEN, "ephemeralMessage", "image", "gone soon"),
    "image to be seen once": ("image", jpeg(64, 48), "image/jpeg", {"viewOnce": True} | _SEEN, "viewOnceMessageV2", "image", None),
    "large document": ("document", film(7 << 20), "video/mp4", {"fileName": "large.mp4", "title": "large.mp4"}, None, "document", "large.mp4"),
}


@pytest.fixture(scope="module", autouse=True)
def beginning(sandbox: Sandbox) -> int:
    lines = sandbox.journal()
    return lines[-1]["number"] if lines else 0


@pytest.fixture(scope="module")
def linked(sandbox: Sandbox, directory: Path):
    peer = _peer(sandbox, directory, "media")
    phone = sandbox.new_phone("Mia")
    paired(peer, phone)
    yield peer, phone
    clean(peer)
    peer.close()


@pytest.fixture(scope="module")
def own(directory: Path, mariadb: MariaDB, sandbox: Sandbox):
    """An installation whose owner has linked whatsmeow, too, and whose phone has a past."""
    product = Installation(directory / "media-own", mariadb, sandbox, database="wa_media_own")
    product.start()
    phone = sandbox.new_phone("Owner with a past")
    phone.invent_past(people=40, groups=5, messages=3_000)
    # More than one answer takes: they come as a snapshot.
    for number in range(25):
        phone.save_contact(str(96_650_000_000 + number), f"Friend {number}")
    shop = Shop(product, sandbox, phone, product.api(product.create_key("tests", *UNLIMITED)))
    shop.link()
    peer = _peer(sandbox, directory, "past")
    paired(peer, phone)
    yield shop, peer
    clean(peer)
    peer.close()
    product.stop()


def _peer(sandbox: Sandbox, directory: Path, name: str) -> WhatsmeowPeer:
    return WhatsmeowPeer(directory / "whatsmeow" / name, sandbox.tls_port, sandbox.ca_file, sandbox.root_key)


def complaints(sandbox: Sandbox, beginning: int) -> list[dict]:
    return [line for line in sandbox.journal("refused", "acknowledgement") if line["number"] > beginning]


def fetched(installation: Installation, url: str) -> Answer:
    """The file behind a link, once it is here."""
    last: list[Answer] = []

    def is_there() -> bool:
        last[:] = [request("GET", url)]
        return last[0].status != 503

    until(is_there, 60, "the file is here", installation.daemon)
    return last[0]


def send(peer: WhatsmeowPeer, to: str, tmp_path: Path, sample: tuple, **more) -> str:
    kind, content, mimetype, fields, wrap, *_ = sample
    file = tmp_path / "file"
    file.write_bytes(content)
    return peer.command("send_file", to=to, kind=kind, file=str(file), mimetype=mimetype, fields=fields, wrap=wrap, **more)["message_id"]


@pytest.mark.parametrize("name", FILES)
def test_we_read_files_of_whatsmeow(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, linked, beginning: int, tmp_path: Path, name: str
):
    peer, phone = linked
    _, content, mimetype, fields, _, kind, text = FILES[name]
    sent = send(peer, business.number, tmp_path, FILES[name])
    data = webhooks.wait("message.received", message_id=sent).event["data"]
    assert (data["type"], data["content"], data["mime_type"], data["file_size"]) == (kind, text, mimetype, len(content))
    assert (data.get("file_name"), data.get("view_once")) == (fields.get("fileName"), fields.get("viewOnce"))
    row = api.get(f"messages/{sent}").json["data"]
    assert (row["message_type"], row["content"], row["media_url"], row["direction"]) == (kind, text, data["media_url"], "inbound")
    answer = fetched(installation, data["media_url"])
    assert (answer.status, answer.headers["content-type"], answer.body) == (200, mimetype, content)
    # The owner's phone can show what whatsmeow has uploaded, too.
    assert business.wait_message(id=sent)["media"]["length"] == len(content)
    assert complaints(sandbox, beginning) == []


def test_an_album_of_whatsmeow_is_its_pictures(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, linked, beginning: int, tmp_path: Path
):
    peer, _ = linked
    album = peer.command("send_content", to=business.number, content={"albumMessage": {"expectedImageCount": 2}})["message_id"]
    for picture in (jpeg(64, 48), jpeg(64, 50)):
        sent = send(peer, business.number, tmp_path, ("image", picture, "image/jpeg", _SEEN, None), album=album)
        data = webhooks.wait("message.received", message_id=sent).event["data"]
        assert (data["type"], fetched(installation, data["media_url"]).body) == ("image", picture)
    # What holds them together shows nothing.
    assert api.get(f"messages/{album}").status == 404
    assert complaints(sandbox, beginning) == []


def test_we_read_files_of_whatsmeow_in_groups(
    installation: Installation, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, linked, beginning: int, tmp_path: Path
):
    peer, phone = linked
    group = sandbox.new_group("Pictures", phone, business)
    sent = send(peer, group.jid, tmp_path, FILES["image"])
    data = webhooks.wait("message.received", message_id=sent).event["data"]
    assert (data["from"], data["is_group"], data["type"]) == (group.jid, True, "image")
    assert fetched(installation, data["media_url"]).body == FILES["image"][1]
    assert complaints(sandbox, beginning) == []


def test_a_file_of_whatsmeow_that_the_hosts_have_lost(
    installation: Installation, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, linked, beginning: int, tmp_path: Path
):
    """The owner's phone has it and uploads it again."""
    peer, _ = linked
    sandbox.media_fault(method="GET", status=410)
    sample = FILES["image"]
    sent = send(peer, business.number, tmp_path, ("image", jpeg(65, 49), *sample[2:]))
    data = webhooks.wait("message.received", message_id=sent).event["data"]
    answer = fetched(installation, data["media_url"])
    assert (answer.status, answer.body) == (200, jpeg(65, 49))
    assert complaints(sandbox, beginning) == []


def test_what_whatsmeow_sends_as_our_own_other_device_has_its_file(own, sandbox: Sandbox, beginning: int, tmp_path: Path):
    shop, peer = own
    friend = sandbox.new_phone("Friend of the owner")
    sent = send(peer, friend.number, tmp_path, FILES["document"])
    until(lambda: shop.api.get(f"messages/{sent}").status == 200, 30, "the log has it", shop.installation.daemon)
    row = shop.api.get(f"messages/{sent}").json["data"]
    assert (row["direction"], row["message_type"]) == ("outbound", "document")
    assert fetched(shop.installation, row["media_url"]).body == FILES["document"][1]
    assert complaints(sandbox, beginning) == []


def test_history_as_files(own, sandbox: Sandbox, beginning: int):
    shop, peer = own
    recent = peer.wait("history", type="RECENT", timeout=60)
    assert recent["messages"] == 3_000 - 45, recent
    parts = peer.seen("history")
    assert sum(part["messages"] for part in parts) == 3_000
    assert max(part["names"] for part in parts) >= 40
    # Our daemon made the same of the same parts.
    count = "SELECT COUNT(*) FROM wa_messages WHERE source = 'history'"
    until(lambda: shop.installation.sql(count).strip() == "3000", 60, "the history is stored", shop.installation.daemon)
    assert "md-msg-hist" in {each["type"] for each in sandbox.media()["files"]}
    assert complaints(sandbox, beginning) == []


def test_settings_as_a_snapshot(own, sandbox: Sandbox, beginning: int):
    shop, peer = own
    jid = f"{96_650_000_003}@s.whatsapp.net"
    until(lambda: peer.command("contact", jid=jid)["full_name"] == "Friend 3", 30, "whatsmeow has the address book", peer.process)
    until(
        lambda: shop.installation.sql("SELECT COUNT(*) FROM wa_contacts WHERE saved_name LIKE 'Friend %'").strip() == "25", 30,
        "our daemon has it", shop.installation.daemon)
    assert "md-app-state" in {each["type"] for each in sandbox.media()["files"]}
    # What comes later comes as patches.
    shop.phone.save_contact(str(96_650_000_003), "Renamed")
    until(lambda: peer.command("contact", jid=jid)["full_name"] == "Renamed", 30, "whatsmeow has the new name", peer.process)
    until(
        lambda: shop.api.get(f"contacts/{96_650_000_003}").json["data"]["push_name"] == "Renamed", 30, "our daemon has it", shop.installation.daemon)
    assert complaints(sandbox, beginning) == []


def test_a_patch_that_whatsmeow_writes(own, sandbox: Sandbox, beginning: int):
    """The name that others see. neonize names no collection when it is to write another setting (its `DecodePatchInfo` compares addresses of constants)."""
    shop, peer = own
    name = f"Shop {uuid.uuid4().hex[:6]}"
    peer.command("set_name", name=name)
    until(
        lambda: shop.installation.sql("SELECT push_name FROM wa_sessions WHERE id = 1").strip() == name, 30, "the name is known",
        shop.installation.daemon)
    assert complaints(sandbox, beginning) == []
