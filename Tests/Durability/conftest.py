"""One installation that the tests of this folder kill again and again; the other folders' one lives on beside it."""

from pathlib import Path

import pytest
from Durability.household import Household
from Durability.ledger import Ledger
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox


@pytest.fixture(scope="package")
def house(directory: Path, mariadb: MariaDB, sandbox: Sandbox) -> Household:
    household = Household(directory, "mortal", mariadb, sandbox)
    household.link()
    household.link_whatsmeow(directory / "whatsmeow" / "mortal")
    yield household
    household.stop()


@pytest.fixture
def ledger(house: Household) -> Ledger:
    return Ledger(house)
