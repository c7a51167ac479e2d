"""The database misbehaves: the API says 503, nothing is lost, and all goes on by itself afterwards."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from Durability.household import Household, unique
from Durability.ledger import Ledger
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox


def _room(megabytes: int) -> str:
    return f"--innodb-data-file-path=ibdata1:12M:autoextend:max:{megabytes}M"


@pytest.fixture(scope="module")
def moody(directory: Path, sandbox: Sandbox) -> Household:
    """With a MariaDB of its own, of 40 MiB at most."""
    server = MariaDB(
        directory / "moody-mariadb",
        options=["--innodb-file-per-table=0", _room(40)],
    )
    household = Household(directory, "moody", server, sandbox)
    household.link()
    household.link_whatsmeow(directory / "whatsmeow" / "moody")
    yield household
    household.stop()
    server.stop()


def _refused_then_well(house: Household, ill: Callable, ledger: Ledger) -> None:
    """While the database is ill the API says 503 and a message waits at the service; afterwards it comes in, and messages go out."""
    mark = _log(house)
    with ill(house):
        answer = house.api.post("messages/send-text", {"to": house.customer.number, "message": "refused"})
        assert answer.status == 503, (answer.status, answer.body)
        assert answer.json["success"] is False and answer.json["code"] == "database_unavailable" and "retry-after" in answer.headers
        waiting = house.customer.send(house.business.number, text := unique("during the trouble"))
        house.eventually(lambda: _notices(house, mark), "the daemon notices")
    house.eventually(lambda: _sends(house), "messages go out again", timeout=60)
    house.wait_received(waiting, text, house.customer)
    assert house.product.daemon.is_running()
    ledger.must_balance()


def _sends(house: Household) -> bool:
    """A message goes out, or the API says that it can not yet; nothing else."""
    text = unique("afterwards")
    answer = house.api.post("messages/send-text", {"to": house.customer.number, "message": text})
    if answer.status == 503:
        return False
    assert answer.status == 200, (answer.status, answer.body)
    house.wait_sent(answer.json["data"]["message_id"], text)
    return True


def _log(house: Household) -> str:
    return (house.product.directory / "wa-connect.log").read_text()


def _notices(house: Household, before: str) -> bool:
    return any(word in _log(house).removeprefix(before) for word in ("can not be stored", "could not be stored", "can not be read", "does not answer", "worked on"))


@contextmanager
def _read_only(house: Household):
    house.product.mariadb.sql("SET GLOBAL read_only = 1;")
    try:
        yield
    finally:
        house.product.mariadb.sql("SET GLOBAL read_only = 0;")


@contextmanager
def _killed(house: Household):
    """As a host's out-of-memory killer does it."""
    server = house.product.mariadb
    server.process.kill()
    try:
        yield
    finally:
        server.start()


@contextmanager
def _full(house: Household):
    """No page is left for another row, until the host gives more room."""
    server = house.product.mariadb
    house.product.sql("CREATE TABLE filler (id INT PRIMARY KEY AUTO_INCREMENT, bytes LONGBLOB NOT NULL);")
    for size in (1 << 20, 1 << 14, 1 << 13, 1 << 10, 100):
        try:
            house.product.sql(f"INSERT INTO filler (bytes) VALUES (REPEAT('x', {size}));" * 2000)
        except RuntimeError as error:
            assert "is full" in str(error), error
    try:
        yield
    finally:
        server.process.kill()
        server.options[-1] = _room(120)
        server.start()
        house.product.sql("DROP TABLE filler;")


ILLNESSES = {"read-only": _read_only, "killed and started again": _killed, "full": _full}


@pytest.mark.parametrize("illness", ILLNESSES)
def test_an_ill_database_is_503_and_nothing_is_lost(moody: Household, illness: str):
    _refused_then_well(moody, ILLNESSES[illness], Ledger(moody))


def test_no_connection_left(moody: Household):
    """The host allows none to this user for a while."""
    server, user, ledger = moody.product.mariadb, moody.product.database, Ledger(moody)
    password = dict(line.split(" = ", 1) for line in moody.product.configuration.read_text().splitlines())["db.password"]

    @contextmanager
    def none_left(house: Household):
        # Connections count from the first limit on: the held one takes the only place, then the others go.
        server.sql(f"GRANT USAGE ON *.* TO '{user}'@'localhost' WITH MAX_USER_CONNECTIONS 1;")
        try:
            with server.held_connection(user=user, password=password) as held:
                for number in server.sql(f"SELECT id FROM information_schema.processlist WHERE user = '{user}' AND id <> {held};").split():
                    _kill(house, number)
                yield
        finally:
            server.sql(f"GRANT USAGE ON *.* TO '{user}'@'localhost' WITH MAX_USER_CONNECTIONS 0;")

    _refused_then_well(moody, none_left, ledger)


def test_connections_are_killed_all_the_time(moody: Household):
    """Idle ones, busy ones, ones inside a transaction: each is made again, what ran in it is repeated."""
    ledger = Ledger(moody)
    for number in range(5):
        received = moody.customer.send(moody.business.number, text := unique(f"received {number}"))
        for connection in moody.product.sql("SELECT id FROM information_schema.processlist WHERE user = 'wa_moody';").split():
            _kill(moody, connection)
        moody.eventually(lambda: _sends(moody), "messages go out again")
        moody.wait_received(received, text, moody.customer)
    ledger.must_balance()


def test_a_locked_row_and_a_locked_table(moody: Household):
    """Somebody's phpMyAdmin or backup holds a lock: requests fail after seconds, and the work is done when it is gone."""
    server, ledger = moody.product.mariadb, Ledger(moody)
    for lock in (
        "START TRANSACTION; SELECT * FROM wa_outbox FOR UPDATE; SELECT * FROM wa_contacts FOR UPDATE;",
        "LOCK TABLES wa_outbox WRITE, wa_contacts WRITE;",
    ):
        with server.held_connection(lock, moody.product.database):
            with ThreadPoolExecutor(1) as pool:
                sending = pool.submit(moody.api.post, "messages/send-text", {"to": moody.customer.number, "message": "refused"})
                received = moody.customer.send(moody.business.number, text := unique("during the lock"))
                answer = sending.result()
            assert answer.status == 503 and answer.json["code"] == "database_unavailable", (answer.status, answer.body)
        moody.eventually(lambda: _sends(moody), "messages go out again", timeout=60)
        moody.wait_received(received, text, moody.customer)
    ledger.must_balance()


def test_a_frozen_server(moody: Household):
    """A host that swaps: nothing answers for some seconds, then everything at once."""
    ledger, server = Ledger(moody), moody.product.mariadb
    text = unique("while it was frozen")
    os.kill(server.process.pid, signal.SIGSTOP)
    try:
        received = moody.customer.send(moody.business.number, text)
        with ThreadPoolExecutor(1) as pool:
            sending = pool.submit(moody.api.post, "messages/send-text", {"to": moody.customer.number, "message": text})
            moody.product.daemon.ended_within(3)
            os.kill(server.process.pid, signal.SIGCONT)
            answer = sending.result()
    finally:
        os.kill(server.process.pid, signal.SIGCONT)
    assert answer.status == 200
    moody.wait_sent(answer.json["data"]["message_id"], text)
    moody.wait_received(received, text, moody.customer)
    ledger.must_balance()


def _kill(house: Household, connection: str) -> None:
    try:
        house.product.sql(f"KILL {connection};")
    except RuntimeError as error:
        # Gone by itself.
        assert "Unknown thread id" in str(error), error
