"""A backup of the database is restored: ratchets of yesterday must not send, their counters were used since."""

import itertools
import subprocess
from pathlib import Path

import pytest
from Durability.household import Household, unique
from Durability.ledger import Ledger
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox

# Each test has an installation of its own.
_numbers = itertools.count()
_NOTICED = "the database is not the one that was used last here"


@pytest.fixture
def restored(directory: Path, mariadb: MariaDB, sandbox: Sandbox) -> Household:
    name = f"restored{next(_numbers)}"
    household = Household(directory, name, mariadb, sandbox)
    household.link()
    household.link_whatsmeow(directory / "whatsmeow" / name)
    yield household
    household.stop()


def test_a_restored_backup_does_not_fork_ratchets(restored: Household, directory: Path):
    house = restored
    _both_ways(house)
    house.product.daemon.kill()
    backup = directory / "backup.sql"
    _dump(house, backup)
    # Life goes on: ratchets step, one-time keys are used up.
    house.restart()
    for _ in range(3):
        _both_ways(house)
    stranger = house.sandbox.new_phone("Stranger")
    house.wait_received(stranger.send(house.business.number, hello := unique("hello")), hello, stranger)
    house.product.daemon.kill()

    ledger = Ledger(house)
    waiting = house.customer.send(house.business.number, text := unique("written before the backup came back"))
    house.product.sql(backup.read_text())
    house.restart()
    assert _NOTICED in house.log_tail()
    house.wait_received(waiting, text)
    _both_ways(house)
    house.wait_sent(house.send(again := unique("again"), to=stranger), again, to=stranger)
    house.wait_received(stranger.send(house.business.number, hello := unique("hello again")), hello, stranger)
    # Asking for a message again is right here: its session is gone. A counter that is used for other bytes would be refused.
    wrong = [line for line in ledger.lines() if line["kind"] in ("refused", "acknowledgement") and line["who"].startswith(house.business.number)]
    assert wrong == []
    assert house.peer.seen("undecryptable") == []

    house.restart()
    assert house.log_tail().count(_NOTICED) <= 1, "once is enough"
    _both_ways(house)


@pytest.mark.parametrize("running", [False, True], ids=["after a kill", "under a running daemon"])
def test_an_export_of_a_live_database_is_noticed(restored: Household, directory: Path, running: bool):
    """Made and put back within one life of the daemon: its generation is the same."""
    house = restored
    _both_ways(house)
    backup = directory / f"live-{running}.sql"
    _dump(house, backup)
    ledger = Ledger(house)
    # One message is enough to use a key that the export still has.
    house.wait_sent(house.send(text := unique("after the export")), text)
    noticed = house.log_tail().count(_NOTICED)
    if running:
        house.product.sql(backup.read_text())
        # Nothing told the daemon; what it sends next must not be encrypted with the old key.
        house.send(again := unique("again"))
        house.customer.wait_message(text=again)
        house.eventually(lambda: house.log_tail().count(_NOTICED) > noticed, "it is noticed")
    else:
        house.product.daemon.kill()
        house.product.sql(backup.read_text())
        house.restart()
        assert house.log_tail().count(_NOTICED) > noticed
    _both_ways(house)
    wrong = [line for line in ledger.lines() if line["kind"] in ("refused", "acknowledgement") and line["who"].startswith(house.business.number)]
    assert wrong == []
    assert house.peer.seen("undecryptable") == []


def test_a_link_is_put_back_from_a_file(restored: Household, directory: Path):
    house = restored
    _both_ways(house)
    file = directory / "link.backup"
    assert "Keep it with the configuration" in house.product.command("sessions", "backup", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    # Life goes on after the backup: what was used since must not be used again.
    for _ in range(3):
        _both_ways(house)
    with pytest.raises(RuntimeError, match="wa-connect stop"):
        house.product.command("sessions", "restore", str(file))
    house.product.daemon.kill()
    with pytest.raises(RuntimeError, match="--yes"):
        house.product.command("sessions", "restore", str(file))
    ledger = Ledger(house)
    waiting = house.customer.send(house.business.number, text := unique("written meanwhile"))
    assert "is back" in house.product.command("sessions", "restore", str(file), "--yes")
    house.restart()
    house.wait_received(waiting, text)
    _both_ways(house)
    wrong = [line for line in ledger.lines() if line["kind"] in ("refused", "acknowledgement") and line["who"].startswith(house.business.number)]
    assert wrong == []
    assert house.peer.seen("undecryptable") == []


def test_a_file_that_is_no_whole_backup_changes_nothing(restored: Household, directory: Path):
    house = restored
    file = directory / "whole.backup"
    house.product.command("sessions", "backup", str(file))
    house.product.daemon.kill()
    lines = file.read_text().splitlines(keepends=True)
    spoilt = {
        "cut off": lines[:-1],
        "a row is missing": lines[:3] + lines[4:],
        "cut in a line": lines[:5] + [lines[5][:20]],
        "another table": lines[:2] + ['{"table":"wa_api_keys","row":{"name":"a"}}\n'] + lines[2:],
        "another column": lines[:2] + ['{"table":"wa_pre_keys","row":{"a) VALUES (1)#":"a"}}\n'] + lines[2:],
        "another key": [lines[0].replace('"sealed_with":"', '"sealed_with":"00')] + lines[1:],
        "nothing": [],
    }
    for what, content in spoilt.items():
        bad = directory / "bad.backup"
        bad.write_text("".join(content))
        with pytest.raises(RuntimeError, match="Nothing was changed"):
            house.product.command("sessions", "restore", str(bad), "--yes")
            pytest.fail(what)
    house.restart()
    _both_ways(house)


def _both_ways(house: Household) -> None:
    sent = unique("out")
    house.wait_sent(house.send(sent), sent)
    received = unique("in")
    house.wait_received(house.customer.send(house.business.number, received), received, house.customer)


def _dump(house: Household, to: Path) -> None:
    """As phpMyAdmin and cPanel make backups."""
    with open(to, "wb") as file:
        subprocess.run(
            ["mariadb-dump", "--no-defaults", f"--socket={house.product.mariadb.socket}", "--hex-blob", house.product.database],
            stdout=file, check=True)
