"""docs/openapi.yaml is OpenAPI, names every error code that the program has, and its examples work as they are copied; docs/using.md names every setting."""

import html
import re
import subprocess
import sys

import pytest
from Environment.browser import chromium
from Environment.programs import ROOT
from Environment.reference import calls, document, resolved
from Environment.sandbox import Phone, Sandbox
from Environment.shop import Shop
from openapi_spec_validator import validate
from playwright.sync_api import expect

_API = ROOT / "Sources" / "API"
_NUMBER = "968XXXXXXXX"
# Their examples need what this test does not make; they have tests of their own.
_NOT_RUN = {"sendImage", "sendDocument", "sendVideo", "sendAudio", "pageOpen", "sessionLogout", "sessionByNameLogout", "keyDisable", "keyDelete"}
# What the examples name is not there to be found, or done with already: that they are understood is what counts.
_UNDERSTOOD = re.compile(r'"code":"(\w+_not_found|bulk_finished|too_late|session_exists|webhook_inactive)"')


def test_it_is_openapi():
    validate(document())


def test_every_setting_is_described(shop: Shop):
    described = (ROOT / "docs" / "using.md").read_text()
    names = shop.installation.sql("SELECT name FROM wa_settings").split()
    assert len(names) > 20 and [name for name in names if f"`{name}`" not in described] == []


def test_what_is_built_into_the_program_is_made_from_it():
    command = [sys.executable, str(_API / "Reference" / "generate-reference.py"), "--check"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def codes_of_the_program() -> set[str]:
    """Every code that a `Problem` is made with, wherever."""
    text = "\n".join(path.read_text() for path in sorted(_API.rglob("*.swift")) if "+Text" not in path.name)
    codes = set(re.findall(r'Problem\(\s*[45]\d\d,\s*"([a-z0-9_]+)"', text))
    refusals = (_API / "Messages" / "WhatsAppRefusal.swift").read_text()
    codes |= {code for line in re.findall(r"case (\".*): \(\d{3},", refusals) for code in re.findall(r'"([a-z_0-9]+)"', line)} | {"send_failed"}
    # What the daemon says of files.
    daemon = "\n".join(path.read_text() for folder in ("Daemon", "Media", "API") for path in (ROOT / "Sources" / folder).rglob("*.swift") if "+Text" not in path.name)
    codes |= set(re.findall(r'"((?:media|url)_[a-z_]+)"', daemon)) - {"media_url"}
    return codes | set(reasons_why_connecting_fails())


def reasons_why_connecting_fails() -> list[str]:
    text = (ROOT / "Sources" / "Model" / "SessionStatus.swift").read_text().partition("enum SessionReason")[2]
    words = [raw or name for name, raw in re.findall(r'case (\w+)(?: = "(\w+)")?', text)]
    return [word for word in words if word not in ("manual", "qr_expired")]


def test_every_error_code_is_explained_and_stands_with_an_answer():
    explained = set(document()["x-codes"])
    named = {"not_found", "method_not_allowed"}
    for call in calls():
        for response in map(resolved, call.operation["responses"].values()):
            named |= set(response.get("x-codes", []))
    assert codes_of_the_program() - explained == set(), "not explained in x-codes of docs/openapi.yaml"
    assert explained - codes_of_the_program() == set(), "explained, but no longer in the program"
    assert named - explained == set()
    assert explained - named == set(), "stands with no call"


def test_it_is_served_to_anybody(shop: Shop):
    answer = shop.installation.api(None).get("openapi")
    assert answer.status == 200 and answer.headers["content-type"] == "application/vnd.oai.openapi+json"
    assert answer.headers["cache-control"] == "no-store"
    own = document() | {"servers": [{"url": shop.installation.nginx.base_url}]}
    assert answer.json["paths"].keys() == own["paths"].keys() and answer.json["servers"] == own["servers"]


# The page.


@pytest.fixture(scope="module")
def page_text(shop: Shop) -> str:
    answer = shop.installation.api(None).get("docs")
    assert answer.status == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.body.decode()


@pytest.fixture(scope="module")
def friend(sandbox: Sandbox, shop: Shop) -> Phone:
    return sandbox.new_phone("Friend of the reference")


def example(page_text: str, operation: str, language: str, shop: Shop, friend: Phone) -> str:
    section = page_text.partition(f'<section id="{operation}">')[2].partition("</section>")[0]
    text = html.unescape(re.search(rf'<pre class="{language}">(.*?)</pre>', section, re.DOTALL)[1])
    return text.replace("your-api-key-here", shop.api.key).replace(_NUMBER, friend.number)


def runnable() -> list[str]:
    """Reading calls and simple sending; the session is left as it is."""
    return [call.operation["operationId"] for call in calls() if call.operation["operationId"] not in _NOT_RUN]


@pytest.mark.parametrize("language", ["curl", "php"])
@pytest.mark.parametrize("operation", runnable())
def test_examples_work_as_they_are_copied(shop: Shop, friend: Phone, page_text: str, operation: str, language: str):
    if not operation.endswith(("Connect", "Disconnect")):
        shop.link()
    text = example(page_text, operation, language, shop, friend)
    if language == "curl":
        command = ["bash", "-c", text.replace("curl ", "curl -s -w '\\n%{http_code}' ", 1)]
    else:
        command = ["php", "-r", text + '\necho is_string($answer) ? $answer : json_encode($answer), "\\n", curl_getinfo($request, CURLINFO_HTTP_CODE);']
    result = subprocess.run(command, capture_output=True, text=True, timeout=30)
    body, _, status = result.stdout.rpartition("\n")
    assert status in ("200", "202") or _UNDERSTOOD.search(body), (text, result.stdout, result.stderr)
    assert not result.stderr, (text, result.stderr)


def test_the_page_in_a_browser(shop: Shop):
    problems: list[str] = []
    with chromium() as browser:
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        page.on("console", lambda line: problems.append(line.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(shop.installation.nginx.base_url) else problems.append(request.url))
        page.goto(f"{shop.installation.nginx.base_url}/docs")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        expect(page.locator("#sendText .curl")).to_be_visible()
        expect(page.locator("#sendText .php")).to_be_hidden()
        page.evaluate("document.getElementById('sendText').scrollIntoView()")
        where = page.evaluate("scrollY")
        page.click("label[for=php]")
        assert where > 0 and abs(page.evaluate("scrollY") - where) < 200, "the reader stays where she is"
        expect(page.locator("#sendText .php")).to_be_visible()
        expect(page.locator("#sendText .curl")).to_be_hidden()
        assert page.evaluate("getComputedStyle(document.querySelector('.method')).backgroundColor") == "rgb(10, 124, 92)"
        # Every link of the menu leads somewhere.
        assert page.evaluate("[...document.querySelectorAll('nav a')].filter(a => !document.getElementById(a.hash.slice(1))).length") == 0
    assert [problem for problem in problems if "favicon" not in problem] == []
