"""PHP as owners meet it: the files of clients/php, run by PHP, against the API behind nginx and behind Apache, and as pages of a site."""

import json
import os
import re
import shutil
import subprocess
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from Environment import apache, sample_files
from Environment.apache import Apache
from Environment.deadline import until
from Environment.http_json import request
from Environment.mariadb import MariaDB
from Environment.php_site import PHPSite
from Environment.programs import ROOT
from Environment.reference import calls
from Environment.sandbox import Phone, Sandbox
from Environment.shop import Shop

CLIENTS = ROOT / "clients" / "php"
ACCOUNT = "nobody" if os.geteuid() == 0 else None
SECRET = "the page's secret: ключ"
FUNCTION = re.compile(r"^function (wa_\w+)\(", re.MULTILINE)


@pytest.fixture(scope="module")
def friend(sandbox: Sandbox, shop: Shop) -> Phone:
    shop.link()
    return sandbox.new_phone("Friend of PHP")


@pytest.fixture(scope="module")
def behind_apache(directory: Path, shop: Shop) -> Iterator[str]:
    """The API at a web root of its own, by the `.htaccess` that we ship."""
    directory.chmod(0o711)
    # Workers that are not root have to get through to the socket.
    shop.installation.directory.chmod(0o711)
    shop.installation.run_directory.chmod(0o711)
    (shop.installation.run_directory / "api.sock").chmod(0o666)
    web_root = directory / "php-api"
    shutil.copytree(ROOT / "htaccess", web_root / "api")
    file = web_root / "api" / ".htaccess"
    file.write_text(file.read_text().replace("/home/USER/wa-connect", str(shop.installation.directory)))
    for path in [web_root, *web_root.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
        if ACCOUNT:
            shutil.chown(path, ACCOUNT, apache.group_of(ACCOUNT))
    running = Apache(directory / "php-apache", web_root, apache.CPANEL, ACCOUNT)
    yield running.base_url
    running.stop()


@pytest.fixture(scope="module", params=["nginx", "Apache"])
def address(request, shop: Shop, behind_apache: str) -> str:
    return shop.installation.nginx.base_url if request.param == "nginx" else behind_apache


class PHP:
    """Runs lines that an owner would write, with all files of clients/php at hand."""

    def __init__(self, address: str, key: str):
        self.address, self.key = address, key
        self.called: set[str] = set()

    def __call__(self, expression: str):
        self.called |= set(re.findall(r"\bwa_\w+", expression))
        files = "".join(f"require_once '{CLIENTS / name}.php';" for name in TOPICS)
        environment = {"WA_CONNECT_URL": self.address, "WA_CONNECT_KEY": self.key, "PATH": os.environ["PATH"]}
        result = subprocess.run(
            ["php", "-d", "error_reporting=-1", "-d", "display_errors=stderr", "-r", f"{files} echo json_encode({expression});"],
            capture_output=True, text=True, timeout=60, env=environment)
        assert result.returncode == 0 and not result.stderr, (expression, result.stdout, result.stderr)
        return json.loads(result.stdout)

    def data(self, expression: str, status: int = 200):
        answer = self(expression)
        assert answer["status"] == status and answer["success"] is True, (expression, answer)
        return answer.get("data")


TOPICS = ("messages", "media", "bulk", "log", "contacts", "session", "webhooks")


@pytest.fixture(scope="module")
def php(address: str, shop: Shop) -> PHP:
    return PHP(address, shop.api.key)


def test_the_session(php: PHP, shop: Shop):
    shop.link()
    assert php("wa_health()")["message"] == "WA-Connect API is running"
    assert php.data("wa_session()")["status"] == "connected"
    assert php.data("wa_connect_session()")["status"] == "connected"
    assert [row["name"] for row in php.data("wa_sessions()")["sessions"]][0] == "default"
    assert php.data("wa_session_named('default')")["status"] == "connected"
    name = f"s-{uuid.uuid4().hex[:8]}"
    assert php.data(f"wa_add_session('{name}')")["status"] == "disconnected"
    assert php.data(f"wa_change_session('{name}', 'disconnect')")["status"] == "disconnected"


def test_what_ends_the_session(php: PHP, shop: Shop):
    shop.link()
    assert php("wa_disconnect_session()")["message"] == "Disconnected successfully"
    shop.link()
    assert php("wa_logout_session()")["message"] == "Logged out successfully"
    answer = php("wa_send_text('96899999996', 'nothing')")
    assert (answer["status"], answer["code"], answer["success"]) == (503, "not_connected", False)

    def has_code() -> bool:
        return "qr" in php.data("wa_connect_session()")

    until(has_code, 60, "a QR code", shop.installation.daemon, interval=0.2)
    shop.link()


def test_sending(php: PHP, shop: Shop, friend: Phone):
    shop.link()
    to, text = friend.number, "Ünïcödé 😀 \"quoted\" \\ / 'single'"
    order = uuid.uuid4().hex
    first = php.data(f"wa_send_text('{to}', {php_text(text)}, '{order}')")
    assert first["status"] == "sent"
    assert friend.wait_message(id=first["message_id"])["text"] == text
    assert php.data(f"wa_send_text('{to}', {php_text(text)}, '{order}')")["message_id"] == first["message_id"]
    for call in (
        f"wa_send_location('{to}', 23.588, 58.3829, 'Muscat, Oman', 'Muscat, Oman')", f"wa_send_location('{to}', 1, -2.5)",
        f"wa_send_contact('{to}', 'John Doe', '+96899999999')", f"wa_answer('{to}', 'Indeed', '{first['message_id']}')",
        f"wa_react('{first['message_id']}', '👍')", f"wa_edit('{first['message_id']}', 'Corrected')", f"wa_delete('{first['message_id']}')",
    ):
        sent = php.data(call)
        assert sent["status"] == "sent" and sent["to"] == f"{to}@s.whatsapp.net", call
    later = php(f"wa_send_text_later('{to}', 'Later', gmdate('Y-m-d\\TH:i:s\\Z', time() + 3600))")
    assert later["status"] == 202 and later["data"]["status"] == "pending"
    assert php.data(f"wa_cancel('{later['data']['message_id']}')")["status"] == "cancelled"
    friend.send(shop.phone.number, "Read me")
    until(lambda: unread(shop, friend) > 0, 30, "the message is there", shop.installation.daemon)
    assert php.data(f"wa_mark_read('{to}')")["read"] >= 1
    assert php.data(f"wa_show_typing('{to}')")["status"] == "done"
    assert php("wa_reject_call('NO-SUCH-CALL')")["code"] == "call_not_found"


def test_files(php: PHP, shop: Shop, friend: Phone, tmp_path: Path):
    shop.link()
    to = friend.number
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(sample_files.jpeg(30, 20))
    uri = f"'data:image/jpeg;base64,' . base64_encode(file_get_contents('{photo}'))"
    for call, kind in [
        (f"wa_send_image('{to}', {uri}, 'Look')", "image"), (f"wa_send_document('{to}', {uri}, 'photo.jpg')", "document"),
        (f"wa_send_file('image', '{to}', '{photo}', ['caption' => 'From the disk'])", "image"),
    ]:
        sent = php.data(call)
        friend.wait_message(id=sent["message_id"])
        assert php.data(f"wa_message('{sent['message_id']}')")["message_type"] == kind
    assert php(f"wa_send_video('{to}', {uri})")["code"] == "media_wrong_kind"
    assert php(f"wa_send_audio('{to}', 'ftp://example.com/sound.mp3', true)")["code"] == "validation_failed"


def unread(shop: Shop, friend: Phone) -> int:
    return int(shop.installation.sql(
        "SELECT COUNT(*) FROM wa_messages m JOIN wa_contacts c ON c.id = m.contact_id WHERE m.direction = 'inbound' AND m.read_at IS NULL"
        f" AND c.phone_number = '{friend.number}'"))


def php_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def test_bulk_and_outbox(php: PHP, shop: Shop, friend: Phone):
    shop.link()
    bulk = php.data(f"wa_send_bulk(['{friend.number}', 'nobody'], 'To many', 0)")
    assert (bulk["total"], bulk["successful"], bulk["failed"]) == (2, 1, 1)
    others = ", ".join(f"'9689999{number:04}'" for number in range(300))
    job = php.data(f"wa_send_bulk([{others}], 'To very many', 60000, '{uuid.uuid4().hex}')", 202)["job_id"]
    assert php.data(f"wa_pause_bulk({job})")["status"] == "paused"
    assert php.data(f"wa_resume_bulk({job})")["status"] in ("pending", "working")
    assert php.data(f"wa_cancel_bulk({job})")["status"] == "cancelled"
    # A message that is being sent at that moment is still sent.
    until(lambda: php.data(f"wa_bulk({job})")["pending"] == 0, 30, "the cancelled bulk is at its end", shop.installation.daemon)
    assert php.data("wa_bulks()")["jobs"][0]["job_id"] == job
    later = php(f"wa_send_text_later('{friend.number}', 'Later', gmdate('Y-m-d\\TH:i:s\\Z', time() + 3600))")
    row = next(row for row in php.data("wa_outbox('pending')")["outbox"] if row["message_id"] == later["data"]["message_id"])
    assert php.data(f"wa_cancel_row({row['id']})")["status"] == "cancelled"


def test_the_log(php: PHP, shop: Shop, friend: Phone):
    shop.link()
    newest = php.data("wa_log()")["messages"][0]["id"]
    ids = [friend.send(shop.phone.number, f"New {number}") for number in range(3)]
    until(lambda: shop.api.get(f"messages/{ids[-1]}").status == 200, 30, "the messages are there", shop.installation.daemon)
    seen = php(f"(function () {{ $seen = []; $last = wa_new_messages({newest}, function ($message) use (&$seen) "
               "{ $seen[] = $message['message_id']; }); return [$seen, $last]; })()")
    assert seen[0][-3:] == ids
    assert php.data(f"wa_message('{ids[0]}')")["content"] == "New 0"
    assert php.data("wa_log(1, ['direction' => 'inbound', 'limit' => 1])")["messages"][0]["message_id"] == ids[-1]
    assert php.data("wa_posts()")["posts"] == []
    assert php("wa_message('NONE')")["code"] == "message_not_found"


def test_contacts(php: PHP, shop: Shop, friend: Phone, tmp_path: Path):
    shop.link()
    shop.api.send_text(friend.number, "for the list of contacts")
    assert php(f"wa_check('{friend.number}')")["exists"] is True
    assert [row["exists"] for row in php(f"wa_check_many(['{friend.number}', '96899999996'])")["results"]] == [True, False]
    assert php.data(f"wa_contacts(1, 'individual', '{friend.number}')")["contacts"][0]["phone"] == friend.number
    assert php.data(f"wa_search_contacts('{friend.number}')")["contacts"][0]["phone"] == friend.number
    assert php.data(f"wa_contact('{friend.number}@s.whatsapp.net')")["message_count"] >= 1
    assert php("wa_sync_contacts()")["message"].startswith("Contacts are synced")
    file = tmp_path / "contacts.csv"
    assert php(f"wa_export_contacts('{file}')") is True
    assert f"{friend.number}@s.whatsapp.net" in file.read_text()


def test_webhooks_and_keys(php: PHP):
    hook = php.data("wa_add_webhook('https://receiver.invalid/hook', ['message.received'], 'secret')")
    number = hook["id"]
    assert number in [row["id"] for row in php.data("wa_webhooks()")["webhooks"]]
    delivery = php.data(f"wa_test_webhook({number})", 202)["delivery_id"]
    assert php.data(f"wa_delivery({delivery})")["event"] == "message.received"
    assert php.data(f"wa_replay_delivery({delivery})", 202)["status"] == "pending"
    assert delivery in [row["id"] for row in php.data(f"wa_deliveries(['webhook' => {number}])")["deliveries"]]
    assert php.data(f"wa_replay_webhook({number})", 202)["replayed"] >= 0
    assert php.data(f"wa_change_webhook({number}, ['active' => false, 'headers' => ['X-Token' => 'abc']])")["headers"] == {"X-Token": "***"}
    assert php.data(f"wa_webhook({number})")["active"] is False
    assert php(f"wa_delete_webhook({number})")["success"] is True
    key = php.data("wa_add_key('PHP', ['messages:send'], ['daily_limit' => 5, 'expires_at' => '2040-12-31'])")
    assert key["permissions"] == ["messages:send"] and key["daily_limit"] == 5
    assert key["id"] in [row["id"] for row in php.data("wa_keys()")["keys"]]
    assert php(f"wa_disable_key({key['id']})")["success"] is True and php(f"wa_delete_key({key['id']})")["success"] is True
    assert php.data("wa_usage()")["usage"][0]["requests"] >= 1


def test_where_nobody_answers(php: PHP):
    answer = PHP("http://127.0.0.1:9/api/v1", "x")("wa_session()")
    assert answer["status"] == 0 and answer["success"] is False and answer["error"]
    assert PHP(php.address, "wrong")("wa_session()")["code"] == "unauthorized"


def test_every_function_was_called_and_every_call_has_one(php: PHP):
    functions = {name for topic in TOPICS for name in FUNCTION.findall((CLIENTS / f"{topic}.php").read_text())}
    assert functions - php.called == set(), "run the whole file"
    text = "".join((CLIENTS / f"{topic}.php").read_text() for topic in TOPICS)
    # Pages for browsers, the document for programs, and what links lead to.
    unasked = {"/openapi", "/docs", "/page", "/page/open", "/media/{token}"}
    paths = {call.path for call in calls()} - unasked
    missing = [path for path in paths if not all(part.partition("{")[0] in text for part in path.strip("/").split("/") if "{" not in part)]
    assert missing == []


def test_the_files_are_for_php_7_4():
    """What PHP 8 has brought, as far as one sees it in the text."""
    newer = [r"\?->", r"\bmatch\s*\(", r"\bstr_(contains|starts_with|ends_with)\(", r"#\[", r"\benum\s+\w+", r"\breadonly\b",
             r"function [^{;]*[(,]\s*(public|private|protected) ", r"\bmixed \$", r": (static|never|mixed)\b", r"\w+\|\w+ \$", r"\(\.\.\.\)"]
    for file in CLIENTS.glob("*.php"):
        code = "\n".join(line for line in file.read_text().splitlines() if not line.lstrip().startswith(("//", "*", "/**")))
        assert [pattern for pattern in newer if re.search(pattern, code)] == [], file.name
        checked = subprocess.run(["php", "-l", str(file)], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout


# Pages.


@pytest.fixture(scope="module")
def site(directory: Path, mariadb: MariaDB, shop: Shop) -> Iterator[PHPSite]:
    directory.chmod(0o711)
    home = directory / "php-site"
    home.mkdir()
    home.chmod(0o711)
    inbox = home / "inbox"
    inbox.mkdir()
    inbox.chmod(0o777)
    values = dict(line.split(" = ", 1) for line in shop.installation.configuration.read_text().splitlines())
    running = PHPSite(
        home, ACCOUNT, WA_WEBHOOK_SECRET=SECRET, WA_WEBHOOK_INBOX=str(inbox / "events.jsonl"),
        WA_DB_DSN=f"mysql:unix_socket={values['db.socket']};dbname={values['db.name']};charset=utf8mb4",
        WA_DB_USER=values["db.user"], WA_DB_PASSWORD=values["db.password"], WA_DB_SOCKET=values["db.socket"], WA_DB_NAME=values["db.name"])
    for name in ("webhook-receiver.php", "outbox-form.php", "outbox-mysqli.php"):
        shutil.copy(CLIENTS / name, running.web_root)
    (running.web_root / "mysqli.php").write_text(_MYSQLI_PAGE)
    yield running
    running.stop()


# What an owner writes around outbox-mysqli.php.
_MYSQLI_PAGE = """<?php
require 'outbox-mysqli.php';
$database = new mysqli(null, getenv('WA_DB_USER'), getenv('WA_DB_PASSWORD'), getenv('WA_DB_NAME'), 0, getenv('WA_DB_SOCKET'));
$database->set_charset('utf8mb4');
echo wa_queue_text($database, $_POST['to'], $_POST['message']);
"""


@pytest.fixture(params=["nginx", "Apache"])
def site_url(request, site: PHPSite) -> str:
    return site.nginx_url if request.param == "nginx" else site.apache_url


def test_the_receiver_of_webhooks(shop: Shop, site: PHPSite, site_url: str, friend: Phone, directory: Path):
    shop.link()
    url = f"{site_url}/webhook-receiver.php"
    hook = shop.api.post("webhooks", {"url": url, "events": ["message.received"], "secret": SECRET}).json["data"]["id"]
    text = "quotes \" ' and \\ / slash \u2028 عربى 😀"
    message_id = friend.send(shop.phone.number, text)
    inbox = directory / "php-site" / "inbox" / "events.jsonl"

    def arrived() -> dict | None:
        lines = [json.loads(line) for line in inbox.read_text().splitlines()] if inbox.exists() else []
        return next((line for line in lines if line["event"]["data"].get("message_id") == message_id), None)

    until(lambda: arrived() is not None, 30, "the page took the event", shop.installation.daemon)
    line = arrived()
    assert line["id"] and line["event"]["data"]["content"] == text and text in line["line"]
    body = json.dumps({"event": "message.received", "data": {}}).encode()
    for headers in ({}, {"X-Webhook-Signature": "0" * 64}):
        assert request("POST", url, body, headers).status == 401
    assert request("GET", url).status == 405
    assert shop.api.post(f"webhooks/{hook}/delete").status == 200


def test_a_page_that_inserts_into_the_outbox(shop: Shop, site_url: str, friend: Phone):
    shop.link()
    text = f"From a form: 'quotes' \"and\" 😀 {uuid.uuid4().hex}"
    form = urllib.parse.urlencode({"to": friend.number, "message": text, "time": ""}).encode()
    with urllib.request.urlopen(f"{site_url}/outbox-form.php", form, timeout=30) as page:
        shown = page.read().decode()
        address = page.url
    assert 'id="status"' in shown and "id=" in address
    assert friend.wait_message(text=text)["text"] == text

    def shows_sent() -> bool:
        return b'<p id="status">sent</p>' in request("GET", address).body

    until(shows_sent, 30, "the page shows it", shop.installation.daemon)
    bad = urllib.parse.urlencode({"to": "12", "message": "x", "time": ""}).encode()
    with urllib.request.urlopen(f"{site_url}/outbox-form.php", bad, timeout=30) as page:
        address = page.url
    until(lambda: b'<p id="status">failed: ' in request("GET", address).body, 30, "the reason is shown", shop.installation.daemon)


def test_a_page_with_mysqli(shop: Shop, site_url: str, friend: Phone):
    shop.link()
    text = f"With mysqli {uuid.uuid4().hex}"
    form = urllib.parse.urlencode({"to": friend.number, "message": text}).encode()
    answer = request("POST", f"{site_url}/mysqli.php", form, {"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 200 and int(answer.body) > 0, answer.body
    assert friend.wait_message(text=text)["text"] == text
