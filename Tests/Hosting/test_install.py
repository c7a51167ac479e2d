"""The whole life on a hosting account: from the archive to a message, being killed, upgraded and taken away again, without root."""

import json
import os
import re
import shutil
import signal
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from Environment.apache import CGI, CPANEL, FCGID, Apache, Flavour
from Environment.api import API
from Environment.deadline import until
from Environment.http_json import request
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox

from Hosting.account import USER, Account

# httpd is another user, and mod_proxy_fcgi is there: the socket must let it in.
SHARED = Flavour("shared", "event", ("cgid", "proxy", "proxy_fcgi"), becomes="suexec")
WORDPRESS = """\
RewriteEngine On
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /index.html [L]
"""
SEND = """\
<?php
[, $url, $key, $to, $text] = $argv;
$request = curl_init($url . '/messages/send-text');
curl_setopt_array($request, [
    CURLOPT_POST => true, CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 10,
    CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'X-API-Key: ' . $key],
    CURLOPT_POSTFIELDS => json_encode(['to' => $to, 'message' => $text]),
]);
echo curl_exec($request);
"""


@dataclass
class Site:
    """An account with the archive unpacked and its web server running; nothing is installed yet."""

    account: Account
    apache: Apache
    package: Path
    mariadb: MariaDB

    @property
    def home(self) -> Path:
        return self.account.home / "wa-connect"

    def install(self, *options: str):
        return self.account.run(
            "sh", self.package / "cpanel" / "install.sh", "--yes", "--url", f"http://127.0.0.1:{self.apache.port}",
            "--db-socket", str(self.mariadb.socket), *options,
        )

    def wa(self, *arguments: str):
        return self.account.run(self.home / "bin" / "wa-connect", *arguments)

    def health(self) -> int:
        return request("GET", f"{self.apache.base_url}/health").status

    def api(self, key: str) -> API:
        return API(self.apache.base_url, key)

    def conf(self) -> str:
        return (self.home / "wa-connect.conf").read_text()

    def wait(self, ready: Callable[[], bool], seconds: float, what: str) -> None:
        until(ready, seconds, what, self.apache.process, interval=0.1)

    def wait_connected(self, seconds: float) -> None:
        self.wait(lambda: self.statuses() == ["connected"], seconds, "the number is connected")

    def statuses(self) -> list[str]:
        return [row["status"] for row in json.loads(self.wa("status", "--json").output)["sessions"]]


def first_qr(site: Site, api: API) -> str:
    """On a busy machine it may take longer than one request waits."""
    data: dict = {}

    def there() -> bool:
        data.update(api.post("session/connect").json.get("data", {}))
        return "qr" in data

    site.wait(there, 30, "a QR")
    return data["qr"]


def make_site(
    directory: Path, name: str, flavour: Flavour, mariadb: MariaDB, sandbox: Sandbox, archive: Path, unpacked: bool = True
) -> Iterator[Site]:
    """`unpacked`: else the archive lies in the home as it was uploaded."""
    directory.chmod(0o711)
    ca_file = directory / f"{name}-ca.pem"
    shutil.copy(sandbox.ca_file, ca_file)
    ca_file.chmod(0o644)
    service = {"WA_WHATSAPP_URL": sandbox.url, "WA_WHATSAPP_CA_FILE": str(ca_file), "WA_WHATSAPP_ROOT_KEY": sandbox.root_key}
    account = Account(directory / name, mariadb, name, service | {"WA_FETCH_WEBHOOK_PRIVATE": "any"})
    (account.web_root / ".htaccess").write_text(WORDPRESS)
    (account.web_root / "index.html").write_text("the site above")
    apache = Apache(directory / f"{name}-apache", account.web_root, flavour, USER)
    site = Site(account, apache, account.unpack(archive) if unpacked else account.upload(archive), mariadb)
    yield site
    if (site.home / "bin" / "wa-connect").exists():
        site.wa("stop")
    apache.stop()
    for pid in account.processes():
        os.kill(pid, signal.SIGKILL)
    account.close()


@pytest.fixture(scope="module")
def site(directory, mariadb, sandbox, archive) -> Iterator[Site]:
    yield from make_site(directory, "acme", CPANEL, mariadb, sandbox, archive)


@pytest.fixture(scope="module")
def installed(site: Site) -> tuple[Site, str]:
    """After the first installation, with the key that it printed."""
    done = site.install()
    assert done.status == 0, done.output
    return site, re.search(r"^wa_\S+$", done.output, re.MULTILINE).group()


@pytest.fixture(scope="module")
def linked(installed: tuple[Site, str], sandbox: Sandbox):
    site, key = installed
    phone = sandbox.new_phone("Owner")
    api = site.api(key)
    phone.scan(first_qr(site, api))
    site.wait_connected(30)
    return site, key, phone


def test_the_archive_says_what_is_in_it(site):
    checked = site.account.run("sh", "-c", f"cd {site.package} && sha256sum -c --quiet SHA256SUMS")
    assert checked.status == 0, checked.output
    assert not list(site.package.rglob("package.sh"))
    licences = site.package / "licences"
    for library in ("glibc", "mariadb", "openssl"):
        assert library in (licences / "libraries.txt").read_text()
    assert "LESSER GENERAL PUBLIC LICENSE" in (licences / "debian-libc6-copyright").read_text().upper()
    assert (licences / "swift-nio-ssl-LICENSE.txt").is_file() and (licences / "swift-LICENSE.txt").is_file()


def test_one_command_installs_everything(installed):
    site, key = installed
    assert site.health() == 200
    assert site.api(key).get("session/status").json["data"]["status"] == "disconnected"
    # By default the daemon's own responder, by its socket, for this account alone.
    assert site.apache.ways()[-1].startswith("proxy:unix:")
    assert stat.S_IMODE((site.home / "run" / "api.sock").stat().st_mode) == 0o600


def test_nothing_private_can_be_seen(installed):
    site, _ = installed
    assert stat.S_IMODE((site.home / "wa-connect.conf").stat().st_mode) == 0o600
    secret = re.search("^secret.key = (.+)$", site.conf(), re.MULTILINE).group(1)
    assert re.fullmatch("[0-9a-f]{64}", secret)
    password = re.search('^db.password = "(.+)"$', site.conf(), re.MULTILINE).group(1)
    # No secret in what the web server could serve, nor in any command line.
    for path in site.account.web_root.rglob("*"):
        assert not path.is_file() or (secret not in path.read_text() and password not in path.read_text()), path
    assert all(password not in word for call in site.account.uapi.calls for word in call)
    for name in (".htaccess", "api.cgi", "api.fcgi"):
        assert "exec /home" not in request("GET", f"http://127.0.0.1:{site.apache.port}/api/{name}").body.decode()


def test_the_site_above_goes_on(installed):
    site, _ = installed
    assert request("GET", f"http://127.0.0.1:{site.apache.port}/some/page").body == b"the site above"


def test_doctor_finds_what_is_missing_and_says_how_to_mend_it(installed):
    site, _ = installed
    report = json.loads(site.wa("doctor", "--json").output.splitlines()[0])
    verdicts = {finding["check"]: finding["verdict"] for finding in report["findings"]}
    assert verdicts.pop("sessions") == "warning"
    assert set(verdicts.values()) == {"ok"}, report
    (site.home / "wa-connect.conf").chmod(0o644)
    told = site.wa("doctor", "--only", "files")
    (site.home / "wa-connect.conf").chmod(0o600)
    assert told.status == 1 and "chmod 600" in told.output


def test_installing_again_keeps_configuration_data_and_keys(installed):
    site, key = installed
    before = site.conf()
    done = site.install()
    assert done.status == 0, done.output
    assert site.conf() == before
    assert site.api(key).get("session/status").status == 200
    assert len((site.account.home / ".crontab").read_text().splitlines()) == 1
    assert len([call for call in site.account.uapi.calls if "setup_db_and_user" in call]) == 1


def test_a_php_page_sends(linked, sandbox):
    site, key, _ = linked
    friend = sandbox.new_phone("Friend")
    page = site.account.web_root / "send.php"
    page.write_text(SEND)
    answer = site.account.run("php", page, site.apache.base_url, key, friend.number, "Hello from a hosting account")
    assert json.loads(answer.output)["data"]["status"] == "sent", answer.output
    friend.wait_message(text="Hello from a hosting account")


def test_the_cron_job_brings_it_back_after_everything_was_killed(linked):
    site, _, _ = linked
    victims = site.account.processes()
    assert victims
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    site.wait(lambda: not site.account.processes(), 10, "nothing of it runs")
    assert [job.status for job in site.account.run_cron()] == [0]
    site.wait_connected(10)
    assert site.health() == 200
    # Once more changes nothing.
    before = site.wa("status", "--json").output
    assert [job.status for job in site.account.run_cron()] == [0]
    assert json.loads(site.wa("status", "--json").output)["pid"] == json.loads(before)["pid"]


def upgrade(site: Site, package: Path):
    return site.account.run("sh", package / "cpanel" / "upgrade.sh")


def test_an_upgrade_keeps_the_link_and_the_key(linked):
    site, key, _ = linked
    # An entry of the owner's own table must not be lost either.
    done = upgrade(site, site.package)
    assert done.status == 0, done.output
    site.wait_connected(15)
    assert site.api(key).get("session/status").json["data"]["status"] == "connected"


def test_an_upgrade_that_does_not_come_up_is_rolled_back(linked):
    site, _, _ = linked
    broken = site.account.home / "broken"
    site.account.run("cp", "-r", site.package, broken)
    real = site.home / "bin" / "wa-connect"
    # It answers everything but never becomes a daemon.
    (broken / "bin" / "wa-connect").write_text(
        f"#!/bin/sh\ncase $1 in --version) echo 9.9.9 ;; ensure) exit 1 ;; *) exec {site.home}/bin.old/wa-connect \"$@\" ;; esac\n")
    before = real.read_bytes()
    done = upgrade(site, broken)
    assert done.status == 1 and "putting the old ones back" in done.output, done.output
    assert real.read_bytes() == before
    site.wait_connected(15)
    assert site.health() == 200


def test_a_package_that_can_not_run_changes_nothing(linked):
    site, _, _ = linked
    broken = site.account.home / "empty"
    site.account.run("cp", "-r", site.package, broken)
    (broken / "bin" / "wa-connect").write_text("#!/nonexistent\n")
    done = upgrade(site, broken)
    assert done.status == 1 and "nothing was changed" in done.output, done.output
    assert site.statuses() == ["connected"]


def test_uninstalling_asks_before_data_goes(linked, mariadb):
    site, key, _ = linked
    done = site.account.run("sh", site.package / "cpanel" / "uninstall.sh", "--yes")
    assert done.status == 0, done.output
    site.wait(lambda: not site.account.processes(), 15, "nothing of it runs")
    assert not (site.account.web_root / "api").exists()
    assert (site.account.home / ".crontab").read_text() == ""
    # And everything is taken up again where it was.
    done = site.install()
    assert done.status == 0, done.output
    site.wait_connected(15)
    database = re.search("^db.name = (.+)$", site.conf(), re.MULTILINE).group(1)
    mariadb.sql("CREATE TABLE wa_of_somebody_else (id INT)", database)
    done = site.account.run("sh", site.package / "cpanel" / "uninstall.sh", "--yes", "--purge")
    assert done.status == 0, done.output
    assert not site.home.exists()
    assert mariadb.sql("SHOW TABLES", database).split() == ["wa_of_somebody_else"]


@pytest.mark.parametrize("flavour", [SHARED, FCGID, CGI], ids=lambda flavour: flavour.name)
def test_the_installer_finds_the_way_that_the_host_allows(flavour, directory, mariadb, sandbox, archive):
    if USER is None:
        pytest.skip("only root can run a web server as somebody else")
    for site in make_site(directory, flavour.name, flavour, mariadb, sandbox, archive):
        # Another folder than the usual one, too.
        path = "wa" if flavour is CGI else "api"
        done = site.install("--path", path)
        assert done.status == 0, done.output
        page = re.search(r"^  (http://\S+)#wa_\S+$", done.output, re.MULTILINE).group(1)
        assert page == f"http://127.0.0.1:{site.apache.port}/{path}/v1/page"
        assert request("GET", page.replace("page", "health")).status == 200
        assert site.apache.ways()[-1].startswith({"shared": "proxy:unix:", "fcgid": "fcgid-script", "cgi": "cgi-script"}[flavour.name])
        assert ("api.socket_mode = 0666" in site.conf()) == (flavour is SHARED)


def test_mistakes_are_said_clearly(site, mariadb):
    def told(*options: str) -> str:
        done = site.install(*options)
        assert done.status in (1, 2), done.output
        return done.output

    assert "must not lie in the web root" in told("--home", str(site.account.web_root / "wa"))
    assert "unknown option --colour" in told("--colour", "blue")
    assert "there is no folder" in told("--web-root", str(site.account.home / "nowhere"))
    site.account.uapi.refuses = True
    try:
        assert "MySQL Databases" in told("--home", str(site.account.home / "other"))
        assert "db.* lines" in told(
            "--home", str(site.account.home / "third"), "--db-name", "none", "--db-user", "none")
    finally:
        site.account.uapi.refuses = False
