"""Files and previews of links from the daemon, as whatsmeow gets them: it downloads, checks and decrypts each."""

import base64
import hashlib
import io

import pytest
from Environment import sample_files as samples
from Environment.api import API
from Environment.file_server import FileServer
from Environment.sandbox import Phone, Sandbox
from Integration.test_files import KINDS, send
from Interop.peer import WhatsmeowPeer
from Interop.test_whatsmeow import clean, paired
from PIL import Image


@pytest.fixture(scope="module")
def linked(sandbox: Sandbox, directory):
    peer = WhatsmeowPeer(directory / "whatsmeow" / "files", sandbox.tls_port, sandbox.ca_file, sandbox.root_key)
    phone = sandbox.new_phone("Fay")
    paired(peer, phone)
    yield peer, phone
    clean(peer)
    peer.close()


def thumbnail(part: dict) -> Image.Image:
    picture = Image.open(io.BytesIO(base64.b64decode(part["JPEGThumbnail"])))
    assert picture.format == "JPEG" and max(picture.size) <= 100
    return picture


@pytest.mark.parametrize("way", ["url", "data", "multipart"])
@pytest.mark.parametrize("kind", KINDS)
def test_whatsmeow_gets_each_kind(api: API, business: Phone, linked, file_server: FileServer, kind: str, way: str):
    peer, own = linked
    sample = KINDS[kind]
    answer = send(api, way, file_server, own.number, sample)
    assert (answer.status, answer.json["data"]["status"]) == (200, "sent"), answer.body
    message_id = answer.json["data"]["message_id"]
    content = peer.wait("message", id=message_id)["content"]
    file = peer.command("download", message_id=message_id)
    # whatsmeow has unwrapped what has a caption; the sandbox's phones insist on the wrapping.
    part = content[f"{sample[0]}Message"]
    assert int(part["fileLength"]) == file["length"] and int(part["mediaKeyTimestamp"]) > 0
    assert base64.b64decode(part["fileSHA256"]).hex() == file["sha256"]
    if kind != "voice":
        assert file["sha256"] == hashlib.sha256(sample[3]).hexdigest()
    assert part.get("caption", "") == sample[4].get("caption", "")
    match kind:
        case "image":
            assert (part["width"], part["height"], part["mimetype"]) == (300, 200, "image/jpeg")
            small = thumbnail(part).convert("RGB")
            assert small.width > small.height
            left, right = small.getpixel((2, small.height // 2)), small.getpixel((small.width - 3, small.height // 2))
            assert left[0] > 150 > left[2] and right[2] > 150 > right[0], (left, right)
        case "video":
            assert (part["width"], part["height"], part["seconds"], part["mimetype"]) == (64, 48, 2, "video/mp4")
            red = thumbnail(part).convert("RGB").getpixel((5, 5))
            assert red[0] > 150 and max(red[1:]) < 100, red
        case "audio":
            assert (part["seconds"], part["mimetype"], part.get("PTT", False)) == (3, "audio/mpeg", False)
        case "voice":
            assert (part["seconds"], part["mimetype"], part["PTT"]) == (2, "audio/ogg; codecs=opus", True)
            waveform = base64.b64decode(part["waveform"])
            assert len(waveform) == 64 and max(waveform) <= 100 and waveform[-2] > waveform[2]
            assert bytes.fromhex(file["head"]).startswith(b"OggS") and b"OpusHead" in bytes.fromhex(file["head"])
        case "document":
            assert (part["fileName"], part["title"], part["pageCount"], part["mimetype"]) == (
                "Rechnung März.pdf", "Rechnung März.pdf", 3, "application/pdf")
        case "captioned":
            assert (part["fileName"], part["mimetype"]) == ("list.csv", "text/csv")


def test_a_file_may_answer_and_mention(api: API, business: Phone, linked, file_server: FileServer, webhooks):
    peer, own = linked
    question = peer.command("send", to=business.number, text="a picture, please")["message_id"]
    webhooks.wait("message.received", message_id=question)
    answer = api.post_form(
        "messages/send-image",
        {"to": own.number, "caption": f"@{own.number} here", "quoted_message_id": question, "mentions": own.number},
        samples.png(40, 30), "a.png", "image/png")
    assert answer.status == 200, answer.body
    part = peer.wait("message", id=answer.json["data"]["message_id"])["content"]["imageMessage"]
    context = part["contextInfo"]
    assert context["stanzaID"] == question and context["quotedMessage"]["conversation"] == "a picture, please"
    assert len(context["mentionedJID"]) == 1
    assert (part["width"], part["height"]) == (40, 30)


def test_whatsmeow_gets_the_preview_of_a_link(api: API, business: Phone, linked, file_server: FileServer):
    peer, own = linked
    page = (
        "<html><head><title>plain</title><meta property='og:title' content='Dates &amp; Figs'>"
        "<meta name='description' content='From the oasis'><meta property='og:image' content='/dates.png'></head>")
    url = file_server.serve("shop", page.encode(), "text/html; charset=utf-8")
    file_server.serve("dates.png", samples.png(600, 300), "image/png")
    text = f"Open now: {url}!"
    data = api.send_text(own.number, text)
    event = peer.wait("message", id=data["message_id"])
    part = event["content"]["extendedTextMessage"]
    assert (part["text"], part["matchedText"], part["title"], part["description"]) == (text, url, "Dates & Figs", "From the oasis")
    assert part.get("previewType", "NONE") == "NONE"
    assert thumbnail(part).size == (100, 50)
    assert api.get(f"messages/{data['message_id']}").json["data"]["content"] == text
    # A page that says nothing makes no preview.
    plain = api.send_text(own.number, f"{file_server.base_url}/nothing")
    assert peer.wait("message", id=plain["message_id"])["content"]["conversation"] == f"{file_server.base_url}/nothing"
