"""The daemon is killed while a phone links it and while it offers its first keys. A link exists on both sides or can be made again."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from Durability.household import Household, unique
from Durability.ledger import Ledger
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox, SandboxError

# Whether the phone shows the link after the kill.
STEPS = {
    "pairing-arrived": False,
    "storing-pairing": False,
    "pairing-stored": False,
    "pairing-queued": False,
    "pairing-queued+written": True,
    "pre-keys-made": True,
    "pre-keys-taken": True,
}


@pytest.fixture
def unlinked(directory: Path, mariadb: MariaDB, sandbox: Sandbox, request) -> Household:
    household = Household(directory, f"link{list(STEPS).index(request.node.callspec.params['step'])}", mariadb, sandbox)
    yield household
    household.stop()


@pytest.mark.parametrize("step", STEPS)
def test_killed_while_linking(unlinked: Household, step: str):
    house, ledger = unlinked, Ledger(unlinked)
    house.product.start(WA_KILL_AT=step)
    with ThreadPoolExecutor(1) as pool:
        scan = pool.submit(_scan, house)
        house.wait_killed()
        before = house.connections()
        house.product.start()
        is_linked = scan.result()
    assert is_linked == STEPS[step]
    if not is_linked:
        # Either another code is shown by itself, or the service has refused the half link and the owner asks for a code.
        house.eventually(lambda: _scan(house), "the phone is linked by another code")
    house.wait_connected(before)
    _both_ways(house)
    ledger.must_balance("login: failure 401", "pairing:")


def test_killed_while_the_history_is_taken_in(directory: Path, mariadb: MariaDB, sandbox: Sandbox):
    """Its rows are stored, nobody was told: it is taken in once more, and each message stands in the log once."""
    house = Household(directory, "history", mariadb, sandbox)
    try:
        earlier = [unique(f"before linking {number}") for number in range(5)]
        for text in earlier:
            house.customer.send(house.business.number, text)
        house.product.start(WA_KILL_AT="history-stored")
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_scan, house)
            house.wait_killed()
        before = house.connections()
        house.product.start()
        house.wait_connected(before)
        house.eventually(
            lambda: house.product.sql("SELECT COUNT(*) FROM wa_history_parts WHERE status = 'pending';").strip() == "0", "all of it is taken in")
        logged = house.product.sql("SELECT content FROM wa_messages ORDER BY id;").splitlines()
        assert sorted(logged) == sorted(earlier)
        _both_ways(house)
    finally:
        house.stop()


def _scan(house: Household) -> bool:
    """Scans the code that the API shows; false where the link did not come about."""
    answer = house.api.post("session/connect")
    code = answer.json.get("data", {}).get("qr")
    if not code:
        return False
    try:
        house.business.scan(code)
    except SandboxError:
        return False
    return True


def _both_ways(house: Household) -> None:
    sent = unique("linked after all")
    house.wait_sent(house.send(sent), sent)
    received = unique("good")
    house.wait_received(house.customer.send(house.business.number, received), received, house.customer)
