"""The installer page for accounts without a terminal, in a browser."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from Environment.apache import CPANEL, Apache
from Environment.browser import chromium, picture
from Environment.deadline import accepts_tcp, free_port, until
from Environment.mariadb import MariaDB
from Environment.process import Process
from Environment.programs import ROOT
from Environment.sandbox import Sandbox
from playwright.sync_api import Page, expect

from Hosting.account import USER
from Hosting.test_install import Site, make_site

# PHP's own server stands in for the host's PHP; the API goes through the account's Apache.
INSTALL_TIMEOUT_MS = 60_000


@pytest.fixture(scope="module")
def site(directory: Path, mariadb: MariaDB, sandbox: Sandbox, archive: Path) -> Iterator[Site]:
    yield from make_site(directory, "browser", CPANEL, mariadb, sandbox, archive)


@pytest.fixture(scope="module")
def page(site: Site, archive: Path) -> Iterator[Page]:
    for file in (ROOT / "cpanel" / "install.php", archive):
        shutil.copy(file, site.account.web_root)
    if USER:
        for file in (site.account.web_root, *site.account.web_root.glob("*")):
            shutil.chown(file, USER)
    port = free_port()
    php = Process(
        "php", [shutil.which("php"), "-S", f"127.0.0.1:{port}", "-t", str(site.account.web_root)], site.account.home / "php.log",
        environment=site.account.environment | {"WA_DB_SOCKET": str(site.mariadb.socket)}, user=USER,
    )
    until(lambda: accepts_tcp(port), 10, "PHP accepts connections", php)
    with chromium() as browser:
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        page.goto(f"http://127.0.0.1:{port}/install.php")
        yield page
    php.stop()


def proof(site: Site) -> str:
    return (site.account.home / "wa-connect-install.txt").read_text().strip()


def test_a_stranger_installs_nothing(site, page):
    first = proof(site)
    picture(page, "installer", home=str(site.account.home), site=f"http://127.0.0.1:{site.apache.port}")
    page.fill("[name=proof]", "0123456789abcdef")
    page.click("button")
    expect(page.locator(".bad")).to_contain_text("not the word")
    assert not site.home.exists()
    # The word that could have been guessed is gone.
    assert proof(site) != first


def test_the_owner_installs_and_the_page_is_gone(site, page):
    page.fill("[name=proof]", proof(site))
    page.fill("[name=url]", f"http://127.0.0.1:{site.apache.port}")
    page.click("details summary")
    page.fill("[name='db-socket']", str(site.mariadb.socket))
    page.click("button")
    expect(page.locator(".good")).to_be_visible(timeout=INSTALL_TIMEOUT_MS)
    assert re.search(r"^wa_\S+$", page.locator("pre").inner_text(), re.MULTILINE)
    assert page.locator("pre a").get_attribute("href").startswith(f"http://127.0.0.1:{site.apache.port}/api/v1/page#")
    assert site.health() == 200
    left = {path.name for path in site.account.web_root.iterdir()}
    assert left == {".htaccess", "index.html", "api"}
    assert not (site.account.home / "wa-connect-install.txt").exists()
    picture(page, "installed", home=str(site.account.home), site=f"http://127.0.0.1:{site.apache.port}")
    page.click("pre a")
    expect(page.locator("#qr")).to_be_visible(timeout=20_000)
