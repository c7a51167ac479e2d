"""The guide's own commands, then what happens to an installation over the years: servers that restart, killers, a full disk, upgrades."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from Environment.apache import CPANEL
from Environment.api import API
from Environment.http_json import request
from Environment.installation import UNLIMITED
from Environment.mariadb import MariaDB
from Environment.php_site import start_php
from Environment.sample_files import png
from Environment.sandbox import Phone, Sandbox

from Hosting.account import USER
from Hosting.guide import guide
from Hosting.test_install import WORDPRESS, Site, make_site

_PHP = """\
<FilesMatch "\\.php$">
  SetHandler "proxy:unix:{socket}|fcgi://localhost"
</FilesMatch>
"""
_SECRET = "a secret of the rehearsal"
# So much of the account's disk is free at most; it is in memory.
_DISK = "3g"


class Shop:
    """The account after the guide's last command."""

    def __init__(self, site: Site, key: str, phone: Phone, friend: Phone, inbox: Path):
        self.site = site
        self.api = site.api(key)
        self.phone = phone
        self.friend = friend
        self._inbox = inbox

    def inbox(self) -> list[dict]:
        """What the page for webhooks has written, signature checked."""
        return [json.loads(line)["event"] for line in self._inbox.read_text().splitlines()] if self._inbox.exists() else []

    def works(self) -> None:
        """A message goes out, and one comes in as far as the site's page, once."""
        out, back = (str(uuid.uuid4()) for _ in range(2))
        self.site.wait(lambda: self.api.post("messages/send-text", {"to": self.friend.number, "message": out}).status == 200, 20, "sending works")
        self.friend.wait_message(text=out)
        self.friend.send(self.phone.number, back)
        self.wait_received(back)

    def wait_received(self, text: str) -> None:
        self.site.wait(lambda: self.received(text) > 0, 30, "the page got the message")
        assert self.received(text) == 1

    def received(self, text: str) -> int:
        return len([event for event in self.inbox() if event["event"] == "message.received" and event["data"]["content"] == text])


@pytest.fixture(scope="module")
def own_mariadb(directory: Path) -> Iterator[MariaDB]:
    """It is restarted here, and nobody else should feel it."""
    server = MariaDB(directory / "rehearsal-db")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def disk(directory: Path) -> Iterator[Path]:
    """The account's home, on a disk of its own that can be full."""
    home = directory / "rehearsal"
    home.mkdir()
    if USER is None:
        pytest.skip("only root can give an account a disk of its own")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_DISK},mode=0711", "tmpfs", str(home)], check=True)
    yield home
    if (log := home / "wa-connect" / "log").exists():
        shutil.copytree(log, directory / "rehearsal-log")
    subprocess.run(["umount", "--lazy", str(home)], check=True)


@pytest.fixture(scope="module")
def site(disk: Path, directory: Path, own_mariadb: MariaDB, sandbox: Sandbox, archive: Path) -> Iterator[Site]:
    for site in make_site(directory, disk.name, CPANEL, own_mariadb, sandbox, archive, unpacked=False):
        pages = directory / "rehearsal-php"
        pages.mkdir()
        inbox = site.account.home / "wa-inbox.jsonl"
        php = start_php(pages, 2, USER, WA_WEBHOOK_SECRET=_SECRET, WA_WEBHOOK_INBOX=str(inbox))
        (site.account.web_root / ".htaccess").write_text(WORDPRESS + _PHP.format(socket=pages / "php.sock"))
        yield site
        php.stop()


@pytest.fixture(scope="module")
def shop(site: Site, sandbox: Sandbox) -> Shop:
    """Does what the guide says, word for word, and only that."""
    told = guide()
    address = f"http://127.0.0.1:{site.apache.port}"
    phone, friend = sandbox.new_phone("Owner"), sandbox.new_phone("Friend")
    key = page = ""
    for command in told.commands:
        command = command.replace("https://your-domain.com", address).replace("YOUR KEY", key).replace("96890000001", friend.number)
        if command.startswith("sh ") and "install.sh" in command:
            # The server's socket is where no host has it, and nobody answers questions here.
            command += f" --yes --db-socket {shlex.quote(str(site.mariadb.socket))}"
        done = site.account.run("sh", "-c", command)
        assert done.status == 0, (command, done.output)
        if "install.sh" in command:
            key = re.search(r"^wa_\S+$", done.output, re.MULTILINE).group()
            page = re.search(r"^  (http://\S+#wa_\S+)$", done.output, re.MULTILINE).group(1)
            assert request("GET", page.partition("#")[0]).status == 200
            api = site.api(key)
            site.wait(lambda: "qr" in (answer := api.post("session/connect").json.get("data", {})) and bool(phone.scan(answer["qr"])), 30, "a QR")
            site.wait_connected(30)
    friend.wait_message(text="Hello!")
    receiver = site.account.web_root / "webhook-receiver.php"
    receiver.write_text((site.package / "clients" / "php" / receiver.name).read_text())
    added = site.wa("webhooks", "add", f"{address}/{receiver.name}", "--secret", _SECRET)
    assert added.status == 0, added.output
    return Shop(site, key, phone, friend, site.account.home / "wa-inbox.jsonl")


def test_the_guide_needs_twelve_commands_or_clicks_at_most():
    told = guide()
    assert [command.split()[0] for command in told.commands] == ["tar", "sh", "curl"]
    assert len(told.clicks) >= 6, "the clicks are marked in the guide"
    assert len(told.commands) + len(told.clicks) <= 12, (told.commands, told.clicks)
    assert not any(re.search(r"\b(sudo|su|root)\b", command) for command in told.commands)


def test_from_the_archive_to_a_message_and_a_signed_webhook(shop: Shop):
    shop.works()


def test_no_command_line_tells_a_secret(shop: Shop):
    conf = shop.site.conf()
    secrets = [re.search(pattern, conf, re.MULTILINE).group(1) for pattern in ("^secret.key = (.+)$", '^db.password = "(.+)"$')]
    seen = [Path(f"/proc/{pid}/cmdline").read_bytes().decode() for pid in shop.site.account.processes()]
    assert seen and not any(secret in line for secret in secrets for line in seen)


def test_a_restart_of_the_database(shop: Shop):
    shop.site.mariadb.stop()
    while_away = str(uuid.uuid4())
    shop.friend.send(shop.phone.number, while_away)
    answer = shop.api.post("messages/send-text", {"to": shop.friend.number, "message": "not now"})
    assert answer.status == 503 and answer.json["code"] == "database_unavailable", answer.body
    shop.site.mariadb.start()
    shop.wait_received(while_away)
    shop.works()


@pytest.mark.parametrize("how", [signal.SIGUSR1, signal.SIGHUP], ids=["gracefully", "at once"])
def test_apache_reloads(shop: Shop, how: signal.Signals):
    statuses: list[int] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            try:
                statuses.append(shop.site.health())
            except OSError:
                # Only a reload that does not wait for its requests may cut one off.
                statuses.append(0)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for _ in range(3):
            before = len(statuses)
            os.kill(shop.site.apache.process.pid, how)
            shop.site.wait(lambda: statuses[before:].count(200) >= 20, 20, "it answers again")
    finally:
        over.set()
        asking.join()
    allowed = {200} if how is signal.SIGUSR1 else {200, 0}
    assert set(statuses) <= allowed, statuses
    assert shop.site.statuses() == ["connected"], "the daemon does not notice"
    shop.works()


def test_a_full_disk(shop: Shop, disk: Path, tmp_path: Path):
    site = shop.site
    picture = tmp_path / "picture.png"
    picture.write_bytes(png(800, 600))
    _fill(disk)
    try:
        # What lives in the database goes on.
        out, back = (str(uuid.uuid4()) for _ in range(2))
        assert shop.api.post("messages/send-text", {"to": shop.friend.number, "message": out}).status == 200
        shop.friend.wait_message(text=out)
        shop.friend.send(shop.phone.number, back)
        in_log = lambda: back in shop.api.get("messages/log?limit=20").body.decode()
        site.wait(in_log, 20, "the message is in the log")
        # What needs the disk says so, and is not lost.
        told = site.wa("doctor", "--only", "space")
        assert told.status == 1 and "quota" in told.output or "MB are free" in told.output, told.output
        sent = shop.friend.send_file(shop.phone.number, "image", picture)
        answer = shop.api.post_form("messages/send-image", {"to": shop.friend.number}, picture.read_bytes(), "picture.png", "image/png")
        assert answer.status in (503, 507), (answer.status, answer.body)
        # Being killed now must not be the end.
        for pid in site.account.processes():
            os.kill(pid, signal.SIGKILL)
        site.wait(lambda: not site.account.processes(), 10, "nothing of it runs")
        assert [job.status for job in site.account.run_cron()] == [0]
        site.wait_connected(15)
    finally:
        _free(disk)
    shop.wait_received(back)
    # Asked for until it is here, which may take longer than the first key's limit of requests lasts: the pause after a failed try is 15 s, then more.
    unlimited = site.api(site.wa("keys", "create", "--name", "waiting", *UNLIMITED).output.strip())
    site.wait(lambda: _has_file(unlimited, sent["id"]), 120, "the picture is here")
    shop.works()


def _fill(disk: Path) -> None:
    """Nothing more can be written, as where a quota is used up."""
    used = os.statvfs(disk)
    bytes_used = (used.f_blocks - used.f_bfree) * used.f_frsize
    subprocess.run(["mount", "-o", f"remount,size={bytes_used}", str(disk)], check=True)


def _free(disk: Path) -> None:
    subprocess.run(["mount", "-o", f"remount,size={_DISK}", str(disk)], check=True)


def _has_file(api: API, message_id: str) -> bool:
    answer = api.get(f"messages/{message_id}")
    # Killed before it was stored, it comes again.
    url = answer.json["data"].get("media_url") if answer.status == 200 else None
    return url is not None and request("GET", url).status == 200


def test_everything_is_killed(shop: Shop):
    for pid in shop.site.account.processes():
        os.kill(pid, signal.SIGKILL)
    shop.site.wait(lambda: not shop.site.account.processes(), 10, "nothing of it runs")
    waiting = str(uuid.uuid4())
    shop.friend.send(shop.phone.number, waiting)
    assert [job.status for job in shop.site.account.run_cron()] == [0]
    shop.site.wait_connected(10)
    shop.wait_received(waiting)
    shop.works()


def test_an_upgrade_from_the_previous_tables(shop: Shop):
    """The package before this one had none of the last steps' columns; its daemon runs while the upgrade begins."""
    site = shop.site
    database = re.search("^db.name = (.+)$", site.conf(), re.MULTILINE).group(1)
    before = site.mariadb.sql("SELECT MAX(version) FROM wa_schema", database).strip()
    site.mariadb.sql(
        "ALTER TABLE wa_settings DROP COLUMN note, DROP COLUMN mailed_at; DELETE FROM wa_settings WHERE name = 'database.max_bytes';"
        "ALTER TABLE wa_credentials DROP COLUMN steps; DELETE FROM wa_schema WHERE version >= 20;", database)
    assert "older version" in site.wa("doctor", "--only", "tables").output
    done = site.account.run("sh", site.package / "cpanel" / "upgrade.sh")
    assert done.status == 0, done.output
    assert site.mariadb.sql("SELECT MAX(version) FROM wa_schema", database).strip() == before
    site.wait_connected(15)
    shop.works()


def test_it_goes_without_a_trace(shop: Shop):
    site = shop.site
    done = site.account.run("sh", site.package / "cpanel" / "uninstall.sh", "--yes", "--purge")
    assert done.status == 0, done.output
    site.wait(lambda: not site.account.processes(), 15, "nothing of it runs")
    assert not site.home.exists() and not (site.account.web_root / "api").exists()
    assert (site.account.home / ".crontab").read_text() == ""
    assert request("GET", f"http://127.0.0.1:{site.apache.port}/some/page").body == b"the site above"
