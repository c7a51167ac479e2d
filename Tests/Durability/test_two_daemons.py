"""Two daemons, one number: a staging copy on the same database, and a process that sleeps through the loss of its lease."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from Durability.household import Household, unique
from Durability.ledger import Ledger
from Environment.mariadb import MariaDB
from Environment.process import Process
from Environment.programs import program
from Environment.sandbox import Sandbox

# A lease ends by itself after 30 s; a daemon looks every 5 s whether it is free.
_TAKEOVER_TIMEOUT_S = 60


class StagingCopy:
    """The same configuration with another run directory, as a copied account or a forgotten container has it."""

    def __init__(self, house: Household, name: str):
        self.directory = house.product.directory / name
        self.log = self.directory / "wa-connect.log"
        (self.directory / "run").mkdir(parents=True)
        configuration = self.directory / "wa-connect.conf"
        shutil.copy(house.product.configuration, configuration)
        self.process = Process(
            f"daemon of {name}", [program("wa-connect"), "daemon"], self.directory / "daemon.log",
            environment={
                "WA_CONNECT_CONFIG": str(configuration), "WA_RUN_DIR": str(self.directory / "run"), "WA_LOG_FILE": str(self.log),
                "WA_API_WORKERS": "0",
            },
        )

    def has_logged(self, words: str) -> bool:
        return self.log.exists() and words in self.log.read_text()


@pytest.fixture(scope="module")
def shared(directory: Path, mariadb: MariaDB, sandbox: Sandbox) -> Household:
    household = Household(directory, "shared", mariadb, sandbox)
    household.link()
    yield household
    household.stop()


def test_a_staging_copy_waits_and_takes_over_from_the_dead(shared: Household):
    ledger = Ledger(shared)
    copy = StagingCopy(shared, "waiting")
    try:
        shared.eventually(lambda: copy.has_logged("another daemon runs this number"), "the copy sees the lease")
        _both_ways(shared)
        assert _logins(shared, ledger) == 0, "the copy has not connected"

        before = shared.connections()
        shared.product.daemon.kill()
        shared.eventually(lambda: shared.connections() > before, "the copy goes on", _TAKEOVER_TIMEOUT_S)
        message_id = shared.customer.send(shared.business.number, text := unique("to the copy"))
        shared.wait_received(message_id, text, shared.customer)
    finally:
        copy.process.stop()
    shared.restart()
    _both_ways(shared)
    # The copy has no run directory of the number's own, so it starts sessions anew: what was encrypted for the old ones is asked for once more.
    ledger.must_balance("asks ")


@pytest.mark.parametrize("step", (None, "encrypted", "encrypting"))
def test_a_frozen_daemon_that_wakes_up_does_no_harm(shared: Household, step: str | None):
    """Frozen while idle, between the commit of a message and its writing, and inside the transaction that steps the ratchets."""
    ledger = Ledger(shared)
    shared.restart(freeze_at=step)
    frozen = shared.product.daemon
    text = unique(f"frozen at {step}")
    message_id = None
    if step:
        message_id = shared.send(text)
        shared.eventually(lambda: _state(frozen.pid) == "T", "the daemon is frozen")
    else:
        os.kill(frozen.pid, signal.SIGSTOP)
    copy = StagingCopy(shared, f"successor-{step}")
    try:
        _let_time_pass(shared)
        before = shared.connections()
        shared.eventually(lambda: shared.connections() > before, "the copy takes the number over", _TAKEOVER_TIMEOUT_S)
        if message_id:
            shared.wait_sent(message_id, text)
        mark = Ledger(shared)
        os.kill(frozen.pid, signal.SIGCONT)
        shared.eventually(lambda: "another daemon runs this number" in shared.log_tail(), "the sleeper sees that it is late")
        received = unique("after it woke up")
        shared.wait_received(shared.customer.send(shared.business.number, received), received, shared.customer)
        assert _logins(shared, mark) == 0, "the sleeper has not connected"
        assert frozen.is_running()

        before = shared.connections()
        copy.process.kill()
        shared.eventually(lambda: shared.connections() > before, "the sleeper is the reserve and goes on", _TAKEOVER_TIMEOUT_S)
    finally:
        os.kill(frozen.pid, signal.SIGCONT)
        copy.process.stop()
    _both_ways(shared)
    ledger.must_balance("asks ")


def _let_time_pass(house: Household) -> None:
    """What the server does by itself after a minute: it ends the sleeper's transaction, and the lease has run out."""
    for connection in house.product.sql("SELECT trx_mysql_thread_id FROM information_schema.innodb_trx WHERE trx_mysql_thread_id > 0;").split():
        house.product.sql(f"KILL {connection};")
    house.product.sql("UPDATE wa_sessions SET lease_expires_at = UTC_TIMESTAMP(3);")


def _both_ways(house: Household) -> None:
    sent = unique("out")
    house.wait_sent(house.send(sent), sent)
    received = unique("in")
    house.wait_received(house.customer.send(house.business.number, received), received, house.customer)


def _logins(house: Household, ledger: Ledger) -> int:
    return len([line for line in ledger.lines() if line["kind"] == "login" and line["who"].startswith(house.business.number)])


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
