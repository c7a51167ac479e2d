"""Somebody works on the same rows in another order: the server gives up the daemon's and the API's transactions, which repeat them by themselves."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from Durability.household import Household, unique
from Durability.ledger import Ledger

# What is locked first, and a moment later: each against the order of one of the program's transactions.
_DAEMON_ORDERS = (
    # Those of an ack and of a message that comes in end with the webhooks.
    ("wa_webhook_deliveries", ("wa_messages", "wa_outbox", "wa_signal_sessions")),
    # Encrypting: the lease, the ratchet, the row of the outbox.
    ("wa_signal_sessions", ("wa_sessions",)),
    ("wa_sender_keys", ("wa_sessions",)),
    ("wa_outbox", ("wa_signal_sessions", "wa_messages")),
)
# A request: limits, contact, message, row of the outbox.
_API_ORDERS = (("wa_outbox", ("wa_messages", "wa_contacts")), ("wa_messages", ("wa_contacts",)))
_ENOUGH = 5
_TRIES = 60


class Quarrel:
    """Transactions that lock whole tables, one after the other, and have written so much that the server gives up the other side's."""

    def __init__(self, house: Household, orders: tuple[tuple[str, tuple[str, ...]], ...]):
        self._house = house
        self._orders = orders
        self._own_defeats = 0
        self._tries = 0
        self._before = _counted(house, "lock_deadlocks")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="quarrel")

    def won(self) -> int:
        """How often a transaction of the program was given up."""
        return _counted(self._house, "lock_deadlocks") - self._before - self._own_defeats

    def goes_on(self) -> bool:
        """Until there was enough of it."""
        self._tries += 1
        assert self._tries <= _TRIES, f"{self.won()} transactions were given up"
        return self.won() < _ENOUGH

    def start(self) -> None:
        self._house.product.sql("CREATE TABLE IF NOT EXISTS quarrel (id INT PRIMARY KEY) ENGINE=InnoDB;")
        self._thread.start()

    def end(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._house.product.sql("DROP TABLE quarrel;")

    def _go_on(self) -> None:
        rounds = "".join(self._round(first, then) for first, then in self._orders)
        while not self._stopping.is_set():
            errors = self._house.product.mariadb.sql_with_errors(rounds, self._house.product.database)
            assert all("ERROR 1213" in line for line in errors), errors
            self._own_defeats += len(errors)

    @staticmethod
    def _round(first: str, then: tuple[str, ...]) -> str:
        lock = "SELECT COUNT(*) FROM {} FOR UPDATE;"
        return (
            "START TRANSACTION; INSERT INTO quarrel SELECT seq FROM seq_1_to_2000;" + lock.format(first) + "DO SLEEP(0.1);"
            + "".join(lock.format(table) for table in then) + "ROLLBACK; DO SLEEP(0.05);"
        )


@contextmanager
def _quarrel(house: Household, orders: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[Quarrel]:
    quarrel = Quarrel(house, orders)
    quarrel.start()
    try:
        yield quarrel
    finally:
        quarrel.end()


def test_deadlocks_of_the_daemon(house: Household, ledger: Ledger):
    """Texts to a person and a group, and texts that come in, until enough transactions were given up."""
    house.restart()
    ana, ben = house.sandbox.new_phone("Ana"), house.sandbox.new_phone("Ben")
    group = house.sandbox.new_group(unique("Group"), ana, ben, house.business)
    received = {}
    sent = {"to a person": set(), "to a group": set()}
    with _quarrel(house, _DAEMON_ORDERS) as quarrel:
        while quarrel.goes_on():
            for _ in range(4):
                text = unique("from a person")
                received[house.customer.send(house.business.number, text)] = text
            for (way, texts), to in zip(sent.items(), (house.customer.number, group.jid)):
                fresh = [unique(way) for _ in range(2)]
                texts.update(fresh)
                # As a PHP page puts them into the table.
                rows = ",".join(f"('{to}', JSON_OBJECT('message', '{text}'))" for text in fresh)
                _patiently(house, f"INSERT INTO wa_outbox (to_jid, payload) VALUES {rows};")
            house.eventually(lambda: set().union(*sent.values()) <= _logged(house, "outbound"), "the rows are taken", timeout=60)
    for (way, texts), reader in zip(sent.items(), (house.customer, ana)):
        for text in texts:
            message_id = reader.wait_message(text=text)["id"]
            house.webhooks.wait("message.sent", message_id=message_id)
            if reader is house.customer:
                assert house.peer.wait("message", id=message_id)["text"] == text
    for message_id, text in received.items():
        house.wait_received(message_id, text, house.customer)
    assert quarrel.won() > 0
    print(f"{quarrel.won()} transactions of the daemon were given up, over {sum(map(len, sent.values())) + len(received)} messages")
    ledger.must_balance()


def test_deadlocks_of_the_api(house: Household, ledger: Ledger):
    """The number is not connected, so that nobody but the API writes: every request is answered as if nothing was."""
    house.restart()
    house.api.post("session/disconnect")
    sent = {}
    with _quarrel(house, _API_ORDERS) as quarrel:
        while quarrel.goes_on():
            text = unique("accepted in a quarrel")
            answer = house.api.post("messages/send-text", {"to": house.customer.number, "message": text, "queue": True})
            assert answer.status in (200, 202), (answer.status, answer.body)
            sent[answer.json["data"]["message_id"]] = text
    assert quarrel.won() > 0
    print(f"{quarrel.won()} transactions of the API were given up, over {len(sent)} requests")
    before = house.connections()
    house.api.post("session/connect")
    house.wait_connected(before)
    for message_id, text in sent.items():
        house.wait_sent(message_id, text)
    ledger.must_balance()


def test_lock_waits_of_the_daemon(house: Household, ledger: Ledger):
    """Somebody's backup holds what the daemon's transactions step, longer than they wait: they begin again until it lets go."""
    house.restart()
    before = _counted(house, "lock_timeouts")
    received, sent = unique("in"), unique("out")
    locks = "START TRANSACTION; SELECT COUNT(*) FROM wa_signal_sessions FOR UPDATE;"
    with house.product.mariadb.held_connection(locks, house.product.database):
        message_id = house.customer.send(house.business.number, received)
        house.product.sql(f"INSERT INTO wa_outbox (to_jid, payload) VALUES ('{house.customer.number}', JSON_OBJECT('message', '{sent}'));")
        house.eventually(lambda: _counted(house, "lock_timeouts") >= before + 2, "the daemon's transactions wait in vain", timeout=60)
    house.wait_received(message_id, received, house.customer)
    house.wait_sent(house.customer.wait_message(text=sent)["id"], sent)
    # The ack comes after the commit, which had to wait longer than the service likes.
    ledger.must_balance("missing for <message")


def _counted(house: Household, what: str) -> int:
    return int(house.product.sql(f"SELECT COUNT FROM information_schema.innodb_metrics WHERE name = '{what}';"))


def _logged(house: Household, direction: str) -> set[str]:
    return set(house.product.sql(f"SELECT content FROM wa_messages WHERE direction = '{direction}';").splitlines())


def _patiently(house: Household, statement: str) -> None:
    """This one may be given up, too."""
    while errors := house.product.mariadb.sql_with_errors(statement, house.product.database):
        assert all("ERROR 1213" in line for line in errors), errors
