"""The page that links the phone, as its user meets it: in a browser of a phone's size."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from Environment.browser import chromium, picture
from Environment.installation import Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox
from playwright.sync_api import Browser, Page, expect

# A phone held upright, in CSS pixels.
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def installed(directory: Path, mariadb: MariaDB, sandbox: Sandbox) -> Iterator[Installation]:
    product = Installation(directory / "page", mariadb, sandbox, database="page")
    product.start()
    yield product
    product.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert not problems


def test_from_the_link_to_a_message(installed: Installation, sandbox: Sandbox, page: Page):
    link = installed.command("sessions", "page").strip()
    page.goto(link)
    expect(page.locator("#qr")).to_be_visible(timeout=15_000)
    assert "#" not in page.url
    api = installed.api(installed.create_key("page tests"))
    shown = api.post("session/connect").json["data"]
    # The code may have changed between the two looks.
    page.wait_for_function("src => document.getElementById('qr').src === src", arg=shown["qr_image"], timeout=15_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    picture(page, "link")

    phone = sandbox.new_phone("Page owner")
    phone.scan(shown["qr"])
    expect(page.locator("#state")).to_have_text("Connected", timeout=20_000)
    expect(page.locator("#detail")).to_contain_text(phone.number)

    friend = sandbox.new_phone("Page friend")
    page.fill("#to", friend.number)
    page.fill("#text", "Grüße 🎉")
    page.click("#test button")
    expect(page.locator("#sent")).to_have_text("Sent: sent", timeout=15_000)
    friend.wait_message(text="Grüße 🎉")
    # A reload goes on, and the link is used up.
    page.reload()
    expect(page.locator("#state")).to_have_text("Connected", timeout=15_000)
    other = page.context.browser.new_context().new_page()
    other.goto(link)
    expect(other.locator("#state")).to_have_text(re.compile("used or has expired"), timeout=10_000)
    other.context.close()


def test_linking_with_a_code(installed: Installation, sandbox: Sandbox, page: Page):
    installed.command("sessions", "add", "second")
    phone = sandbox.new_phone("Without a camera")
    page.goto(installed.command("sessions", "page", "second").strip())
    page.click("#use-code", timeout=15_000)
    page.fill("#phone", "12")
    page.click("#ask button >> nth=0")
    expect(page.locator("#state")).to_have_text(re.compile("phone"), timeout=10_000)
    page.fill("#phone", phone.number)
    page.click("#ask button >> nth=0")
    expect(page.locator("#code")).to_have_text(re.compile("^[0-9A-Z]{4}-[0-9A-Z]{4}$"), timeout=20_000)
    phone.link(page.locator("#code").inner_text())
    expect(page.locator("#state")).to_have_text("Connected", timeout=20_000)
