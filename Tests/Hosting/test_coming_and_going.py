"""A daemon that the cron job starts and that leaves again, and mail to the owner through the host's sendmail."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from Environment.deadline import until
from Environment.installation import Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver

_TIMEOUT_S = 60.0
# As the host's program: takes the mail from its standard input.
_SENDMAIL = '#!/bin/sh\n[ "$*" = "-i -t" ] || exit 64\ncat > {file}.part && mv {file}.part {directory}/$$.mail\n'


@pytest.fixture(scope="module")
def mails(directory: Path) -> Path:
    box = directory / "mails"
    box.mkdir()
    program = directory / "sendmail"
    program.write_text(_SENDMAIL.format(file=box / "new", directory=box))
    program.chmod(0o755)
    return box


@pytest.fixture(scope="module")
def visited(directory: Path, mariadb: MariaDB, sandbox: Sandbox, mails: Path) -> Iterator[Installation]:
    product = Installation(directory / "visited", mariadb, sandbox, database="wa_visited")
    with product.configuration.open("a") as configuration:
        configuration.write(f"mail.program = {directory}/sendmail\n")
    product.start()
    yield product
    # The daemon that runs now was started by `ensure`.
    product.command("stop")
    product.stop()


@pytest.fixture(scope="module")
def owner(visited: Installation, sandbox: Sandbox) -> Phone:
    phone = sandbox.new_phone("Owner")
    visited.link(phone, _TIMEOUT_S)
    return phone


def wait(visited: Installation, ready, what: str) -> None:
    until(ready, _TIMEOUT_S, what, visited.nginx.process, interval=0.1)


def is_gone(visited: Installation) -> bool:
    return '"daemon":"stopped"' in visited.command("status", "--json").replace(" ", "")


def test_it_leaves_when_all_is_done_and_the_next_visit_goes_on(visited: Installation, owner: Phone, sandbox: Sandbox):
    customer = sandbox.new_phone("Customer")
    visited.command("settings", "set", "daemon.mode", "cron")
    wait(visited, lambda: is_gone(visited), "the daemon leaves")
    assert visited.sql("SELECT wanted FROM wa_sessions;").strip() == "connected", "the next visit connects again"
    to_owner, to_customer = (f"{uuid.uuid4()}" for _ in range(2))
    customer.send(owner.number, to_owner)
    visited.sql(f"INSERT INTO wa_outbox (to_jid, payload) VALUES ('{customer.number}', JSON_OBJECT('message', '{to_customer}'));")
    visited.command("ensure")
    assert customer.wait_message(text=to_customer)
    received = f"SELECT COUNT(*) FROM wa_messages WHERE direction = 'inbound' AND content = '{to_owner}';"
    wait(visited, lambda: visited.sql(received).strip() == "1", "what came meanwhile is there")
    wait(visited, lambda: is_gone(visited), "the daemon leaves again")
    assert "daemon.mode = cron" in visited.command("doctor", "--only", "daemon"), "that is how it should be"


def test_the_owner_is_told_by_mail_that_the_number_is_logged_out(visited: Installation, owner: Phone, mails: Path):
    visited.command("settings", "set", "daemon.mode", "default")
    visited.command("settings", "set", "mail.to", "owner@shop.example")
    visited.command("ensure")
    wait(visited, lambda: visited.sql("SELECT status FROM wa_sessions;").strip() == "connected", "the number is connected")
    owner.unlink(owner.linked_devices()[0]["device"])
    wait(visited, lambda: len(list(mails.glob("*.mail"))) == 1, "the mail is there")
    [mail] = mails.glob("*.mail")
    head, _, body = mail.read_text().partition("\n\n")
    assert "To: owner@shop.example" in head.splitlines()
    assert "the device was removed on the phone" in body and "wa-connect sessions page" in body
    assert visited.sql("SELECT mailed_reason FROM wa_sessions;").strip() == "logged_out"


def test_the_owner_is_told_of_a_failing_webhook(visited: Installation, mails: Path, directory: Path):
    for mail in mails.glob("*.mail"):
        mail.unlink()
    visited.sql("INSERT INTO wa_webhooks (name, url, failing_since) VALUES ('shop', 'http://127.0.0.1:9/hook?token=secret', UTC_TIMESTAMP(3) - INTERVAL 2 HOUR);")
    wait(visited, lambda: len(list(mails.glob("*.mail"))) == 1, "the mail is there, and none about the number once more")
    [mail] = mails.glob("*.mail")
    assert "a webhook keeps failing" in mail.read_text() and "secret" not in mail.read_text()
    wait(visited, lambda: visited.sql("SELECT mailed_at IS NOT NULL FROM wa_webhooks WHERE name = 'shop';").strip() == "1", "it is noted")
