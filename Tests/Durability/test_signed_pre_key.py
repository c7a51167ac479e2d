"""The signed pre-key is renewed when it is four weeks old, also where the daemon dies meanwhile: whoever has the old one or the new one is read."""

from pathlib import Path

import pytest
from Durability.household import Household, unique
from Durability.ledger import Ledger
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox
from Interop.peer import WhatsmeowPeer
from Interop.test_whatsmeow import clean, paired


@pytest.fixture(scope="module")
def house(directory: Path, mariadb: MariaDB, sandbox: Sandbox) -> Household:
    """One with fewer keys: each test makes all of them older."""
    household = Household(directory, "signed", mariadb, sandbox)
    household.link()
    yield household
    household.stop()


@pytest.mark.parametrize("step", ("", "signed-pre-key-made", "signed-pre-key-taken"))
def test_an_old_key_is_renewed(house: Household, ledger: Ledger, directory: Path, step: str):
    # Without an answer a phone goes on naming the key that it has begun with.
    acquaintance = house.sandbox.new_phone("Acquaintance")
    house.wait_received(acquaintance.send(house.business.number, text := unique("hello")), text, acquaintance)
    before = _in_use(house)
    house.product.daemon.kill()
    house.product.sql("UPDATE wa_signed_pre_keys SET created_at = created_at - INTERVAL 28 DAY;")
    if step:
        house.start_to_die(step)
    house.restart()
    house.eventually(lambda: _in_use(house) == before + 1, "another key is in use")

    house.wait_received(acquaintance.send(house.business.number, text := unique("hello again")), text, acquaintance)
    owner = house.sandbox.new_phone("Owner of whatsmeow")
    peer = WhatsmeowPeer(directory / "whatsmeow" / f"signed{before}", house.sandbox.tls_port, house.sandbox.ca_file, house.sandbox.root_key)
    try:
        paired(peer, owner)
        text = unique("by the new key")
        house.wait_received(peer.command("send", to=house.business.number, text=text)["message_id"], text)
        answer = house.send(text := unique("read by whatsmeow"), to=owner)
        assert peer.wait("message", id=answer)["text"] == text
        clean(peer)
    finally:
        peer.close()
    ledger.must_balance()
    house.restart()
    assert _in_use(house) == before + 1, "a young key stays"


def _in_use(house: Household) -> int:
    return int(house.product.sql("SELECT signed_pre_key_id FROM wa_credentials;"))
