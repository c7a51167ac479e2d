"""The owner in phpMyAdmin, in a browser: tables imported by its form, everything managed there alone, mistakes said in the row."""

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from Environment.api import API
from Environment.browser import chromium, picture
from Environment.deadline import until
from Environment.installation import Installation
from Environment.mariadb import MariaDB
from Environment.phpmyadmin import PHPMyAdmin
from Environment.programs import ROOT, program
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver
from playwright.sync_api import Browser

from Hosting.phpmyadmin_forms import Forms, Refused

# What is edited counts within five seconds; the rest is for a busy machine.
_TIMEOUT_S = 15.0
_PASSWORD = "of the owner"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def opened(browser: Browser, mariadb: MariaDB, database: str, directory: Path) -> Iterator[Forms]:
    """phpMyAdmin as the owner of this one database has it."""
    mariadb.create_database(database, f"{database}_owner", _PASSWORD)
    phpmyadmin = PHPMyAdmin(directory, mariadb.socket, f"{database}_owner", _PASSWORD)
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    try:
        yield Forms(page, phpmyadmin, database)
    finally:
        page.close()
        phpmyadmin.stop()


@pytest.fixture(scope="module")
def forms(browser: Browser, mariadb: MariaDB, installation: Installation, directory: Path) -> Iterator[Forms]:
    yield from opened(browser, mariadb, installation.database, directory / "phpmyadmin")


@pytest.fixture(scope="module")
def linked(business: Phone) -> Phone:
    return business


def wait(installation: Installation, ready: Callable[[], bool], what: str) -> None:
    until(ready, _TIMEOUT_S, what, installation.daemon)


def typed_key(forms: Forms, name: str, **columns: str) -> str:
    key = f"the key {name}"
    forms.insert("wa_api_keys", name=name, key_hash=hashlib.sha256(key.encode()).hexdigest(), **columns)
    return key


def problem(installation: Installation, table: str, name: str) -> str:
    return installation.sql(f"SELECT COALESCE(problem, '') FROM {table} WHERE name = '{name}';").strip()


def test_the_tables_are_imported_by_the_form(browser: Browser, mariadb: MariaDB, directory: Path):
    for forms in opened(browser, mariadb, "wa_import", directory / "import"):
        for number in range(2):
            assert "Import has been successfully finished" in forms.import_file(ROOT / "sql" / "schema.sql")
            if number == 0:
                picture(forms.page, "import")
        tables = set(mariadb.sql("SHOW TABLES;", "wa_import").split())
        assert {"wa_messages", "wa_outbox", "wa_settings", "wa_outbox_now", "wa_usage_per_key"} <= tables
        configuration = directory / "import.conf"
        configuration.write_text(
            f"db.socket = {mariadb.socket}\ndb.name = wa_import\ndb.user = wa_import_owner\ndb.password = {_PASSWORD}\n"
            f"secret.key = {'ab' * 32}\nrun.dir = {directory}/import-run\n"
        )
        configuration.chmod(0o600)
        told = subprocess.run(
            [program("wa-connect"), "migrate", "--dry-run"], env={"WA_CONNECT_CONFIG": str(configuration)}, capture_output=True, text=True)
        assert told.returncode == 0 and "up to date" in told.stdout, (told.stdout, told.stderr)


def test_a_key_is_made_restricted_and_ended(forms: Forms, installation: Installation, linked: Phone):
    key = typed_key(forms, "shop")
    assert installation.api(key).get("session/status").status == 200
    forms.change("wa_api_keys", "name = 'shop'", permissions="messages:send")
    assert installation.api(key).get("session/status").status == 403
    forms.change("wa_api_keys", "name = 'shop'", permissions="*", allowed_ips="192.0.2.0/24")
    assert installation.api(key).get("session/status").status == 403
    forms.change("wa_api_keys", "name = 'shop'", allowed_ips="127.0.0.0/8", daily_limit="1")
    wait(installation, lambda: installation.api(key).get("session/status").status == 429, "the limit of one request a day counts")
    forms.change("wa_api_keys", "name = 'shop'", daily_limit="0", active="0")
    assert installation.api(key).get("session/status").status == 401


def test_a_key_itself_in_place_of_its_hash_is_refused_with_the_reason(forms: Forms):
    with pytest.raises(Refused, match="wa_api_keys_hash_form"):
        forms.insert("wa_api_keys", name="pasted", key_hash="the key as it is")


def test_mistakes_in_keys_and_webhooks_are_said_in_their_rows(forms: Forms, installation: Installation):
    typed_key(forms, "mistaken", permissions="messages:sent")
    wait(installation, lambda: "messages:sent" in problem(installation, "wa_api_keys", "mistaken"), "the row says what is wrong")
    forms.change("wa_api_keys", "name = 'mistaken'", permissions="messages:send")
    wait(installation, lambda: problem(installation, "wa_api_keys", "mistaken") == "", "all is well again")
    forms.insert("wa_webhooks", name="mistaken", url="shop.example/hook")
    wait(installation, lambda: problem(installation, "wa_webhooks", "mistaken").startswith("url: "), "the row says what is wrong")
    assert [row["problem"][:4] for row in forms.rows("wa_webhooks") if row["name"] == "mistaken"] == ["url:"], "it is seen there"
    installation.sql("DELETE FROM wa_webhooks WHERE name = 'mistaken';")


def test_a_webhook_is_typed_told_and_silenced(
    forms: Forms, installation: Installation, api: API, linked: Phone, sandbox: Sandbox, directory: Path
):
    receiver = WebhookReceiver(directory / "typed-webhook")
    try:
        forms.insert("wa_webhooks", name="typed", url=receiver.url, events=["message.sent", "message.status"])
        customer = sandbox.new_phone("Customer")
        first = api.send_text(customer.number, "told")["message_id"]
        receiver.wait("message.sent", message_id=first)
        forms.change("wa_webhooks", "name = 'typed'", active="0")
        api.send_text(customer.number, "not told")
        pending = "SELECT COUNT(*) FROM wa_webhook_deliveries d JOIN wa_webhooks w ON w.id = d.webhook_id WHERE w.name = 'typed' AND d.body LIKE '%not told%';"
        assert installation.sql(pending).strip() == "0"
    finally:
        installation.sql("DELETE FROM wa_webhooks WHERE name = 'typed';")
        receiver.stop()


def test_a_message_is_typed_and_sent(forms: Forms, installation: Installation, linked: Phone, sandbox: Sandbox):
    customer = sandbox.new_phone("Customer")
    forms.insert("wa_outbox", to_jid=f"+{customer.number}", payload='{"message": "From phpMyAdmin: “hello” 🦤"}')
    assert customer.wait_message(text="From phpMyAdmin: “hello” 🦤")
    row = f"SELECT CONCAT_WS(' ', status, source, created_at IS NOT NULL) FROM wa_outbox WHERE to_jid LIKE '%{customer.number}%';"
    wait(installation, lambda: installation.sql(row).strip() == "sent sql 1", "the row says so")


def test_a_scheduled_message_waits_and_is_cancelled(forms: Forms, installation: Installation, linked: Phone, sandbox: Sandbox):
    customer = sandbox.new_phone("Customer")
    forms.insert("wa_outbox", to_jid=customer.number, payload='{"message": "later"}', next_attempt_at="2099-01-01 00:00:00.000")
    shown = [row for row in forms.rows("wa_outbox_now") if row["recipient"] == customer.number]
    assert [(row["message"], row["status"]) for row in shown] == [("later", "pending")]
    forms.change("wa_outbox", f"to_jid = '{customer.number}'", status="cancelled", next_attempt_at="2020-01-01 00:00:00.000")
    assert [row for row in forms.rows("wa_outbox_now") if row["recipient"] == customer.number] == []


def test_a_bad_message_is_refused_or_says_why_it_failed(forms: Forms, installation: Installation, linked: Phone):
    with pytest.raises(Refused, match="payload"):
        forms.insert("wa_outbox", to_jid="96890000009", payload="Hello")
    forms.insert("wa_outbox", to_jid="nobody", payload='{"message": "Hello"}')
    error = "SELECT CONCAT_WS(' ', status, error_code, error) FROM wa_outbox WHERE to_jid = 'nobody';"
    wait(installation, lambda: installation.sql(error).startswith("failed "), "the row says that it failed")
    assert "phone number" in installation.sql(error), installation.sql(error)


def test_nothing_is_sent_to_a_number_that_opted_out(forms: Forms, installation: Installation, api: API, linked: Phone, sandbox: Sandbox):
    customer = sandbox.new_phone("Customer")
    forms.insert("wa_opt_outs", phone_number=customer.number, reason="asked us by telephone")
    answer = api.post("messages/send-text", {"to": customer.number, "message": "Hello"})
    assert answer.status == 403 and answer.json["code"] == "opted_out", answer.json
    with pytest.raises(Refused, match="wa_opt_outs_digits"):
        forms.insert("wa_opt_outs", phone_number="+968 9000")
    installation.sql(f"DELETE FROM wa_opt_outs WHERE phone_number = '{customer.number}';")


def test_a_setting_counts_and_a_bad_one_is_ignored_and_marked(forms: Forms, installation: Installation, linked: Phone):
    key = typed_key(forms, "limited")
    try:
        forms.change("wa_settings", "name = 'limits.general'", value="1")
        wait(installation, lambda: installation.api(key).get("session/status").status == 429, "the limit counts")
        forms.change("wa_settings", "name = 'limits.general'", value="many")
        wait(installation, lambda: installation.api(key).get("session/status").status == 200, "the default counts")
        marked = "SELECT problem FROM wa_settings WHERE name = 'limits.general';"
        wait(installation, lambda: "whole number" in installation.sql(marked), "the row says what is wrong")
        forms.rows("wa_settings")
        picture(forms.page, "settings")
    finally:
        installation.sql("UPDATE wa_settings SET value = NULL WHERE name = 'limits.general';")


def test_the_views_show_what_happens(forms: Forms, installation: Installation, api: API, linked: Phone, sandbox: Sandbox):
    api.send_text(sandbox.new_phone("Customer").number, "counted")
    [today] = [row for row in forms.rows("wa_daily_traffic")][:1]
    assert today["session"] == "default" and int(today["sent"]) >= 1
    [usage] = [row for row in forms.rows("wa_usage_per_key") if row["name"] == "tests"]
    assert int(usage["requests_today"]) >= 1
    assert isinstance(forms.rows("wa_failed_deliveries"), list)


def test_links_show_names(forms: Forms, installation: Installation, linked: Phone):
    """A message's chat is a link whose hint is the person's name."""
    contact = installation.sql("SELECT contact_id FROM wa_messages ORDER BY id LIMIT 1;").strip()
    name = "Ana of the shop"
    installation.sql(f"UPDATE wa_contacts SET name = '{name}' WHERE id = {contact};")
    forms.rows("wa_messages")
    hints = forms.page.eval_on_selector_all(f"td.data a[href*='wa_contacts']:text-is('{contact}')", "links => links.map(link => link.title)")
    assert hints and set(hints) == {name}
