"""Files that a site sends: by address, as data: URI, as part of a form; what may be fetched, and what a hostile server or client achieves."""

import base64
import hashlib
import json
import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from Environment import sample_files as samples
from Environment.api import API
from Environment.deadline import until
from Environment.fast_cgi import SlowRequest
from Environment.file_server import FileServer, endless, raw, redirect, silent, stalled, status
from Environment.http_json import Answer
from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Phone, Sandbox

# Kind, name of the file, its declared type, content, fields of the call, and what the phone shows of it.
KINDS = {
    "image": ("image", "red.jpg", "image/jpeg", samples.jpeg(300, 200), {"caption": "Look: 🌴"}, {"width": 300, "height": 200}),
    "video": ("video", "film.mp4", "video/mp4", samples.film(), {"caption": "Watch"}, {"width": 64, "height": 48, "seconds": 2}),
    "audio": ("audio", "sound.mp3", "audio/mpeg", samples.mp3(100), {}, {"seconds": 3, "mime_type": "audio/mpeg"}),
    "voice": ("audio", "voice.wav", "audio/wav", samples.wav(2), {"ptt": True},
              {"seconds": 2, "ptt": True, "waveform": 64, "mime_type": "audio/ogg; codecs=opus"}),
    "document": ("document", "Rechnung März.pdf", "application/pdf", samples.pdf(3), {}, {"pages": 3, "file_name": "Rechnung März.pdf"}),
    "captioned": ("document", "list.csv", "text/csv", b"a,b\n1,2\n", {"caption": "the list"}, {"file_name": "list.csv", "mime_type": "text/csv"}),
}


@pytest.fixture(scope="module")
def customer(sandbox: Sandbox) -> Phone:
    return sandbox.new_phone("Customer")


def quoted(name: str) -> str:
    return "".join(letter if letter.isascii() and letter != " " else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in name)


def send(api: API, way: str, server: FileServer, to: str, sample: tuple, **more) -> Answer:
    kind, name, content_type, content, fields, _ = sample
    fields = {"to": to} | fields | more
    call = f"messages/send-{kind}"
    if way == "multipart":
        texts = {field: json.dumps(value) if isinstance(value, bool) else value for field, value in fields.items()}
        return api.post_form(call, texts, content, name, content_type)
    if kind == "document" and way == "data":
        fields["fileName"] = name
    if way == "data":
        fields[f"{kind}Url"] = f"data:{content_type};base64,{base64.b64encode(content).decode()}"
    else:
        fields[f"{kind}Url"] = server.serve(f"{uuid.uuid4().hex}/{quoted(name)}", content, content_type)
        if kind == "document" and name.endswith(".csv"):
            fields["mimetype"] = content_type
    return api.post(call, fields)


@pytest.mark.parametrize("way", ["url", "data", "multipart"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_sent_in_each_way(
    api: API, business: Phone, customer: Phone, file_server: FileServer, installation: Installation, kind: str, way: str
):
    sample = KINDS[kind]
    answer = send(api, way, file_server, customer.number, sample)
    assert (answer.status, answer.json["data"]["status"]) == (200, "sent"), answer.body
    data = answer.json["data"]
    assert data["to"] == f"{customer.number}@s.whatsapp.net" and set(data) >= {"message_id", "to", "status"}
    shown = customer.wait_message(id=data["message_id"])["media"]
    for name, value in sample[5].items():
        assert shown[name] == value, (name, shown)
    if kind != "voice":
        assert shown["sha256"] == hashlib.sha256(sample[3]).hexdigest()
    row = api.get(f"messages/{data['message_id']}").json["data"]
    assert row["message_type"] == sample[0] and row["direction"] == "outbound"
    assert row["content"] == sample[4].get("caption", sample[1] if sample[0] == "document" else "")
    until(lambda: not any((installation.directory / "media" / "outgoing").iterdir()), 20, "nothing is left in the spool", installation.daemon)


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("image", samples.wav(1), "media_wrong_kind"),
        ("image", b"<html>no picture</html>", "media_wrong_kind"),
        ("image", samples.jpeg(40, 30)[:200], "media_damaged"),
        ("video", samples.jpeg(40, 30), "media_wrong_kind"),
        ("audio", samples.pdf(1), "media_wrong_kind"),
    ],
)
def test_files_that_are_something_else_are_refused(api: API, business: Phone, customer: Phone, kind: str, content: bytes, code: str):
    # Whatever their sender calls them.
    for answer in (
        api.post_form(f"messages/send-{kind}", {"to": customer.number}, content, "x.jpg", "image/jpeg"),
        api.post(f"messages/send-{kind}", {"to": customer.number, f"{kind}Url": f"data:image/jpeg;base64,{base64.b64encode(content).decode()}"}),
    ):
        assert (answer.status, answer.json["code"]) == (400, code), answer.body
        assert f"`{kind}Url`" in answer.json["error"], answer.json


# MARK: Addresses


@pytest.mark.parametrize(
    ("path", "answer", "code", "status_code"),
    [
        ("missing", status(404), "url_status", 400),
        ("broken", status(503), "url_status", 400),
        ("loop", None, "url_redirects", 400),
        ("cloud", redirect("http://169.254.169.254/latest/meta-data/"), "url_private", 400),
        ("v6-cloud", redirect("http://[fd00:ec2::254]/"), "url_private", 400),
        ("disk", redirect("file:///etc/passwd"), "url_invalid", 400),
        ("mail", redirect("http://127.0.0.1:25/"), "url_port", 400),
        ("user", redirect("http://a:b@127.0.0.1/"), "url_credentials", 400),
        ("nothing", b"", "media_empty", 400),
        ("cut", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc"), "url_broken", 400),
        ("no-http", raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "url_broken", 400),
        ("gzip", raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"), "url_encoded", 400),
    ],
)
def test_what_can_not_be_fetched_has_its_word(
    api: API, business: Phone, customer: Phone, file_server: FileServer, path: str, answer, code: str, status_code: int
):
    url = file_server.serve(path, redirect("/" + path) if answer is None else answer)
    result = api.post("messages/send-image", {"to": customer.number, "imageUrl": url})
    assert (result.status, result.json["code"]) == (status_code, code), result.body
    assert "`imageUrl`" in result.json["error"]


def test_an_endless_body_is_cut_off(installation: Installation, api: API, business: Phone, customer: Phone, file_server: FileServer):
    installation.command("settings", "set", "media.max_bytes", "1000000")
    try:
        urls = [
            file_server.serve("endless", endless), file_server.serve("lie", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx")),
        ]
        for url in urls:
            answer = api.post("messages/send-image", {"to": customer.number, "imageUrl": url})
            assert (answer.status, answer.json["code"]) == (413, "url_too_large"), answer.body
        time_limit = time.monotonic() + 10
        answer = None
        while time.monotonic() < time_limit and (answer is None or answer.json.get("code") != "media_too_large"):
            answer = api.post_form("messages/send-image", {"to": customer.number}, bytes(1_000_001), "x.jpg", "image/jpeg")
        assert (answer.status, answer.json["code"]) == (413, "media_too_large"), answer.body
    finally:
        installation.command("settings", "set", "media.max_bytes", "default")


def test_a_server_that_says_nothing_holds_up_nobody_else(
    installation: Installation, api: API, business: Phone, customer: Phone, sandbox: Sandbox, file_server: FileServer
):
    other = sandbox.new_phone("Other")
    waiting = api.post("messages/send-image", {"to": customer.number, "imageUrl": file_server.serve("stalled", stalled)}).json["data"]
    assert waiting["status"] == "pending"
    assert api.send_text(other.number, "meanwhile")["status"] == "sent"
    answer = send(api, "url", file_server, other.number, KINDS["image"])
    assert answer.json["data"]["status"] == "sent", answer.body
    # Nobody waits for it any more: it is tried again.
    query = f"SELECT o.error_code FROM wa_outbox o JOIN wa_messages m ON m.id = o.message_row_id WHERE m.message_id = '{waiting['message_id']}'"
    until(lambda: "url_timeout" in installation.sql(query), 60, "the server's silence is noted", installation.daemon)
    assert api.post(f"messages/{waiting['message_id']}/cancel").status == 200


@pytest.fixture(scope="module")
def careful(directory: Path, mariadb: MariaDB, sandbox: Sandbox) -> API:
    """Another installation, as owners have it: nothing private is fetched."""
    product = Installation(directory / "careful", mariadb, sandbox, database="wa_careful")
    product.start(WA_FETCH_MEDIA_PRIVATE="false")
    api = product.api(product.create_key("tests", *UNLIMITED))
    phone = sandbox.new_phone("Careful")
    phone.scan(api.post("session/connect").json["data"]["qr"])
    until(lambda: api.get("session/status").json["data"]["status"] == "connected", 30, "the session is connected", product.daemon)
    yield api
    product.stop()


def test_nobody_reaches_the_hosts_own_network(careful: API, customer: Phone, file_server: FileServer):
    picture = file_server.serve("private.jpg", samples.jpeg(10, 10))
    port = picture.split(":")[2].split("/")[0]
    asked = len(file_server.asked)
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "192.168.0.1", "169.254.169.254"):
        answer = careful.post("messages/send-image", {"to": customer.number, "imageUrl": f"http://{host}:{port}/private.jpg"})
        assert (answer.status, answer.json["code"]) == (400, "url_private"), (host, answer.body)
    # Nor through the preview of a link.
    data = careful.send_text(customer.number, f"look {picture}")
    assert data["status"] == "sent"
    assert customer.wait_message(id=data["message_id"])["text"] == f"look {picture}"
    assert len(file_server.asked) == asked


# MARK: Rows, bulks, repetitions


def test_rows_inserted_by_sql_are_fetched_and_sent(
    installation: Installation, business: Phone, sandbox: Sandbox, file_server: FileServer
):
    customer = sandbox.new_phone("By SQL")
    url = file_server.serve("by-sql.pdf", samples.pdf(2), "application/pdf")
    installation.sql(
        f"INSERT INTO wa_outbox (to_jid, kind, payload) VALUES ('{customer.number}', 'document', JSON_OBJECT('documentUrl', '{url}', 'caption', 'by SQL'))")
    shown = customer.wait_message(chat=business.number)["media"]
    assert (shown["file_name"], shown["pages"]) == ("by-sql.pdf", 2)
    spooled = "a" * 32
    installation.sql(
        f"INSERT INTO wa_outbox (to_jid, kind, payload) VALUES ('{customer.number}', 'image', JSON_OBJECT('spooled_file', '{spooled}'))")
    until(
        lambda: "invalid_message" in installation.sql("SELECT error_code FROM wa_outbox WHERE kind = 'image' AND source = 'sql' ORDER BY id DESC LIMIT 1"),
        20, "the row is refused", installation.daemon)


def test_the_same_form_is_sent_once(api: API, business: Phone, customer: Phone):
    key = {"Idempotency-Key": uuid.uuid4().hex}
    form = ({"to": customer.number, "caption": "once"}, samples.png(20, 30), "a.png", "image/png")
    first = api.post_form("messages/send-image", *form, headers=key)
    assert first.status == 200, first.body
    again = api.post_form("messages/send-image", *form, headers=key)
    assert again.json["data"]["message_id"] == first.json["data"]["message_id"]
    other = api.post_form("messages/send-image", form[0], samples.png(20, 31), "a.png", "image/png", headers=key)
    assert (other.status, other.json["code"]) == (409, "idempotency_conflict")


def test_a_bulk_uploads_its_file_once(
    api: API, business: Phone, sandbox: Sandbox, installation: Installation
):
    phones = [sandbox.new_phone(f"Bulk {number}") for number in range(3)]
    uploads = sum(each["method"] == "POST" for each in sandbox.media()["requests"])
    answer = api.post_form(
        "messages/send-bulk", {"recipients[]": [phone.number for phone in phones], "type": "image", "caption": "for all", "delay": "200"},
        samples.jpeg(50, 40), "a.jpg", "image/jpeg")
    assert answer.status in (200, 202), answer.body
    shown = [phone.wait_message(text="for all")["media"] for phone in phones]
    assert {each["sha256"] for each in shown} == {hashlib.sha256(samples.jpeg(50, 40)).hexdigest()}
    assert len({each["direct_path"] for each in shown}) <= 2
    assert sum(each["method"] == "POST" for each in sandbox.media()["requests"]) - uploads <= 2


def test_a_file_waits_for_its_time(api: API, business: Phone, customer: Phone):
    soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3))
    answer = api.post_form("messages/send-image", {"to": customer.number, "send_at": soon, "caption": "later"}, samples.jpeg(9, 9), "a.jpg", "image/jpeg")
    assert (answer.status, answer.json["data"]["status"]) == (202, "pending")
    assert customer.wait_message(text="later", timeout=40)["media"]["width"] == 9


# MARK: Nobody starves


def test_slow_uploads_starve_nobody(installation: Installation, api: API, business: Phone, customer: Phone):
    """Without nginx's buffer in between: six clients that send a few bytes of a film and wait."""
    parameters = {
        "REQUEST_METHOD": "POST", "REQUEST_URI": "/api/v1/messages/send-video", "CONTENT_TYPE": "multipart/form-data; boundary=b",
        "CONTENT_LENGTH": "50000000", "HTTP_X_API_KEY": api.key, "REMOTE_ADDR": "127.0.0.1",
    }
    slow = [SlowRequest(installation.run_directory / "api.sock", parameters) for _ in range(6)]
    try:
        for request in slow:
            request.body(b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n' + bytes(10_000))
        # Those that find no slot to wait in are turned away after a moment.
        longest = 0.0
        for number in range(60):
            path = "health" if number % 2 else "messages/log"
            start = time.monotonic()
            assert api.get(path).status == 200
            longest = max(longest, time.monotonic() - start)
            for request in slow[:2]:
                try:
                    request.body(bytes(100))
                except OSError:
                    pass
        print(f"longest answer beside slow uploads: {longest * 1000:.0f} ms")
        assert longest < 3
        assert api.send_text(customer.number, "beside uploads")["status"] == "sent"
    finally:
        for request in slow:
            request.close()


def test_an_upload_without_a_buffer_in_between(installation: Installation, api: API, business: Phone, customer: Phone):
    content = samples.jpeg(123, 45)
    body = (
        f'--b\r\nContent-Disposition: form-data; name="to"\r\n\r\n{customer.number}\r\n'
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n').encode() + content + b"\r\n--b--\r\n"
    request = SlowRequest(installation.run_directory / "api.sock", {
        "REQUEST_METHOD": "POST", "REQUEST_URI": "/api/v1/messages/send-image", "CONTENT_TYPE": "multipart/form-data; boundary=b",
        "CONTENT_LENGTH": str(len(body)), "HTTP_X_API_KEY": api.key, "REMOTE_ADDR": "127.0.0.1",
    })
    for start in range(0, len(body), 97):
        request.body(body[start : start + 97])
    request.body(b"")
    answer = request.answer()
    assert answer.startswith(b"Status: 200 "), answer
    message = json.loads(answer.split(b"\r\n\r\n", 1)[1])["data"]["message_id"]
    assert customer.wait_message(id=message)["media"]["width"] == 123


def peak_beside(installation: Installation, pids: Callable[[], list[int]], done: Callable[[], bool], what: str) -> int:
    """The greatest sum of resident bytes while something goes on."""
    peak = 0

    def look() -> bool:
        nonlocal peak
        peak = max(peak, sum(memory(pid) for pid in pids()))
        return done()

    until(look, 120, what, installation.daemon)
    return peak


def children(pid: int) -> list[int]:
    """Of all its threads."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for each in lists for child in each.read_text().split()]


def memory(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def test_100_mb_cost_no_memory(
    installation: Installation, api: API, business: Phone, customer: Phone, file_server: FileServer
):
    small = send(api, "url", file_server, customer.number, KINDS["document"])
    assert small.status == 200
    content = os.urandom(1 << 20) * 100
    digest = hashlib.sha256(content).hexdigest()
    url = file_server.serve("large.bin", content)
    daemon = installation.daemon.pid
    idle = memory(daemon)
    sent = api.post("messages/send-document", {"to": customer.number, "documentUrl": url, "queue": True}).json["data"]
    peak = peak_beside(
        installation, lambda: [daemon], lambda: api.get(f"messages/{sent['message_id']}").json["data"]["status"] != "pending", "100 MB are sent")
    assert customer.wait_message(id=sent["message_id"], timeout=60)["media"]["sha256"] == digest
    print(f"daemon: {idle >> 10} KiB idle, {(peak - idle) >> 10} KiB more while 100 MB are fetched and sent")
    assert peak - idle <= 8 << 20
    workers = [worker for pool in children(daemon) for worker in children(pool)]
    assert workers
    before = sum(memory(pid) for pid in workers)
    answer = api.post_form("messages/send-document", {"to": customer.number}, content, "large.bin", "application/octet-stream", timeout=120)
    assert answer.status == 200, answer.body
    after = sum(memory(pid) for pid in workers)
    print(f"responders: {before >> 10} KiB before, {after >> 10} KiB after 100 MB")
    assert after - before <= 8 << 20
    assert customer.wait_message(id=answer.json["data"]["message_id"], timeout=120)["media"]["sha256"] == digest


# MARK: Links


def test_texts_show_where_their_links_lead(installation: Installation, api: API, business: Phone, customer: Phone, file_server: FileServer):
    page = file_server.serve("page", b"<title>Shop</title><meta property='og:image' content='/p.jpg'>", "text/html; charset=utf-8")
    file_server.serve("p.jpg", samples.jpeg(400, 300), "image/jpeg")
    data = api.send_text(customer.number, f"see {page}.")
    assert customer.wait_message(id=data["message_id"])["text"] == f"see {page}."
    assert file_server.asked[-2:] == ["/page", "/p.jpg"]
    # A page that never comes holds the text up for a few seconds at most.
    start = time.monotonic()
    data = api.send_text(customer.number, f"and {file_server.serve('silent', silent)}")
    assert data["status"] == "sent" and time.monotonic() - start < 8
    installation.command("settings", "set", "links.preview", "no")
    try:
        api.send_text(customer.number, f"no look at {file_server.serve('unseen', b'<title>x</title>', 'text/html')}")
        assert "/unseen" not in file_server.asked
    finally:
        installation.command("settings", "set", "links.preview", "default")
