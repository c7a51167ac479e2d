"""ModSecurity with the OWASP rules before the API: every call of the reference passes, and what does not is what htaccess/README.md says."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from Environment import apache
from Environment.apache import Apache
from Environment.api import API
from Environment.http_json import Answer, request
from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.programs import ROOT
from Environment.reference import Call, calls
from Environment.sandbox import Sandbox

from Integration.test_web_servers import ACCOUNT, MIB, install_by_hand

# Sites have names; a number as the host counts towards being refused.
_NAMED = {"Host": "shop.example"}
_README = (ROOT / "htaccess" / "README.md").read_text()


@pytest.fixture(scope="module")
def guarded(directory: Path, mariadb: MariaDB, sandbox: Sandbox) -> Iterator[tuple[API, Apache]]:
    """Nothing is linked: what counts is who answers."""
    directory.chmod(0o711)
    product = Installation(directory / "guarded", mariadb, sandbox, database="guarded", account=ACCOUNT)
    web_root = install_by_hand(product)
    product.start()
    # Calls that disable or delete the key of their example meet another one.
    product.create_key("of the examples")
    server = Apache(directory / "apache-guarded", web_root, apache.GUARDED, ACCOUNT)
    yield API(server.base_url, product.create_key("owner", *UNLIMITED)), server
    server.stop()
    product.stop()


def ask(api: API, method: str, target: str, content: object = None, **headers: str) -> Answer:
    return request(method, f"{api.base_url}/{target}", content, {"X-API-Key": api.key, **_NAMED, **headers})


def is_ours(answer: Answer) -> bool:
    return "x-request-id" in answer.headers


def test_the_rules_are_at_work(guarded):
    api, _ = guarded
    refused = ask(api, "GET", "session/status?a=" + quote("1' OR '1'='1' UNION SELECT password FROM users --"))
    assert refused.status == 403 and not is_ours(refused)


@pytest.mark.parametrize("call", calls(), ids=str)
def test_every_call_of_the_reference_passes(guarded, call: Call):
    api, server = guarded
    query = urlencode({each["name"]: each["example"] for each in call.parameters if each["in"] == "query" and "example" in each})
    body = call.example if call.bodies else None
    answer = ask(api, call.method.upper(), call.target() + (f"?{query}" if query else ""), body if call.method == "post" else None)
    assert is_ours(answer), (answer.status, answer.body[:300], server.error_log()[-2000:])


def test_a_file_by_form_passes(guarded):
    api, server = guarded
    answer = api.post_form(
        "messages/send-document", {"to": "96890000001"}, b"%PDF-1.7 " + uuid.uuid4().bytes * (MIB // 16), "report.pdf", "application/pdf", headers=_NAMED)
    assert is_ours(answer), (answer.status, server.error_log()[-2000:])


# What the rules refuse, and the guide must say so.


def test_large_bodies_of_json_do_not_pass(guarded):
    api, _ = guarded
    answer = ask(api, "POST", "messages/send-text", {"to": "96890000001", "message": "x" * 140_000})
    assert answer.status == 413 and not is_ours(answer)
    assert "128 KiB" in _README


@pytest.mark.parametrize("text", ["; cat /etc/passwd", "<script>alert(1)</script>", "1 UNION SELECT name FROM users", "Grüße! 50 % off <3 – \"now\" or never; don't wait"])
def test_texts_like_code_do_not_pass(guarded, text: str):
    api, _ = guarded
    answer = ask(api, "POST", "messages/send-text", {"to": "96890000001", "message": text})
    assert answer.status == 403 and not is_ours(answer)
    assert "look like code" in _README and "ModSecurity" in _README


@pytest.mark.parametrize("text", ["Your order #4711 is on its way: https://shop.example/o?id=1&t=a%20b", "Grüße! 50 % off: don't wait, it's now (or never) 👍", "שלום 🚲\n* one\n* two"])
def test_usual_texts_pass(guarded, text: str):
    api, server = guarded
    answer = ask(api, "POST", "messages/send-text", {"to": "96890000001", "message": text})
    assert is_ours(answer), (answer.status, server.error_log()[-2000:])
