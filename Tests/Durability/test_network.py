"""The network misbehaves: whatever happens to a connection, and at whatever moment, the daemon comes back by itself; nothing is lost or doubled."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from Durability.household import Household, unique
from Durability.ledger import Ledger
from Durability.several import Number, link_all
from Environment.mariadb import MariaDB
from Environment.rough_network import RoughNetwork, Trouble
from Environment.sandbox import Sandbox, SandboxError

# A half-dead connection is noticed within this, at any moment of its life.
_NOTICED_S = 30.0
_NUMBERS = 8


@pytest.fixture(scope="module")
def network(sandbox: Sandbox) -> RoughNetwork:
    network = RoughNetwork(sandbox)
    yield network
    network.stop()


@pytest.fixture(scope="module")
def house(directory: Path, mariadb: MariaDB, network: RoughNetwork) -> Household:
    household = Household(directory, "rough", mariadb, network)
    household.link()
    household.link_whatsmeow(directory / "whatsmeow" / "rough")
    yield household
    household.stop()


@pytest.fixture(scope="module")
def numbers(house: Household) -> list[Number]:
    return link_all(house, *(f"number{index}" for index in range(_NUMBERS)))


@pytest.fixture(autouse=True)
def calm(house: Household, network: RoughNetwork):
    """Each test begins connected on a good network, and ends so, with as many open files."""
    files = _settled_files(house)
    yield
    network.always(Trouble())
    house.eventually(lambda: len(network.open_passages()) <= _NUMBERS + 1 and _settled_files(house) <= files + 2, "nothing is left open", timeout=60)
    assert house.product.daemon.is_running()
    assert "level=critical" not in house.log_tail()


def _status(house: Household) -> str:
    return house.api.get("session/status").json["data"]["status"]


def _settled_files(house: Household) -> int:
    return len(os.listdir(f"/proc/{house.product.daemon.pid}/fd"))


def _all_well(house: Household, numbers: list[Number], timeout: float = 90) -> None:
    for number in numbers:
        house.eventually(number.is_connected, f"{number.name} is connected again", timeout=timeout)
    for number in numbers:
        number.wait_all()
    for number in numbers:
        number.must_balance()


def test_a_service_that_refuses(house: Household, network: RoughNetwork, directory: Path):
    """Tried again and again, ever more patiently, never two at a time, and at once when the owner wishes."""
    ledger = Ledger(house)
    before, first = house.connections(), len(network.passages)
    network.plan(Trouble(status=500), Trouble(certificate=_certificate(directory)), Trouble(bytes_pass=0))
    network.cut_all()
    house.wait_connected(before)
    dialed = [passage.dialed_at for passage in network.passages[first:]]
    # In the series 1, 1, 2, 3, 5 s, within a tenth; the attempts themselves and this machine take some time, too.
    for number, wait in enumerate(later - earlier for earlier, later in zip(dialed, dialed[1:])):
        assert (0.9, 1.8, 2.7)[number] <= wait <= (1.1, 2.2, 3.3)[number] + 1, (number, wait)
    for trouble in (Trouble(status=403), Trouble(status=200), Trouble(bytes_pass=300), Trouble(service_frames_pass=2, then=1011)):
        before = house.connections()
        network.plan(trouble)
        network.cut_all()
        house.eventually(lambda: network.troubles_left == 0 or not house.api.post("session/connect"), f"{trouble} is met")
        house.eventually(lambda: house.connections() > before or not house.api.post("session/connect"), f"{trouble} is over")
    network.close()
    network.cut_all()
    house.eventually(lambda: _status(house) == "connecting", "nobody listens")
    network.open()
    house.eventually(lambda: _status(house) == "connected" or not house.api.post("session/connect"), "somebody listens again")
    ledger.must_balance()


def test_a_name_that_leads_nowhere(house: Household):
    house.product.daemon.kill()
    log = house.product.directory / "wa-connect.log"
    mark = log.stat().st_size
    house.product.start(WA_WHATSAPP_URL="wss://nowhere.invalid/ws/chat")
    house.eventually(lambda: b"can not be reached" in log.read_bytes()[mark:], "the name is looked up in vain")
    assert _status(house) == "connecting"
    house.restart()


def test_frames_in_any_shape(house: Household, network: RoughNetwork):
    """Byte by byte, in fragments, several in one message, late and slowly: all of it is the same stream."""
    ledger = Ledger(house)
    network.always(Trouble(shapes=True, delay=0.01, trickle=400))
    before = house.connections()
    network.cut_all()
    house.wait_connected(before)
    long = unique("long ") + "🕊" * 20_000
    received = {house.customer.send(house.business.number, text): text for text in (*(unique("shaped") for _ in range(20)), long)}
    sent = {house.send(text): text for text in (*(unique("shaped") for _ in range(5)), long)}
    for message_id, text in sent.items():
        house.wait_sent(message_id, text)
    for message_id, text in received.items():
        house.wait_received(message_id, text)
    ledger.must_balance()


def test_silence(house: Household, network: RoughNetwork, numbers: list[Number]):
    """The service takes the connection and then says nothing more: each number at another stage, one while it lies idle. All are back without
    anybody's help, and nobody is told that a dead connection is a good one."""
    ledger = Ledger(house)
    house.api.post("session/disconnect")
    house.api.post("session/connect")
    house.eventually(lambda: _status(house) == "connected", "it is connected anew")
    idle = network.passages[-1]
    before = house.connections()
    network.cut_all(spared=idle)
    network.plan(
        Trouble(bytes_pass=0, then="silence"),  # TCP
        Trouble(bytes_pass=500, then="silence"),  # in the middle of TLS
        Trouble(service_frames_pass=0, then="silence"),  # no server hello
        Trouble(client_frames_pass=1, then="silence"),  # no client finish, hence no success
        Trouble(service_frames_pass=2, then="silence"),  # nothing behind the success
        Trouble(service_frames_pass=3, then="silence"),
        Trouble(service_frames_pass=6, then="silence"),  # in what waited
        Trouble(client_frames_pass=8, then="silence"),
    )
    network.silence(idle)
    began = time.monotonic()
    waiting = house.customer.send(house.business.number, text := unique("to the half-dead"))
    for number in numbers:
        number.receive()
        number.send()
    house.eventually(lambda: _status(house) != "connected", "it is noticed", timeout=_NOTICED_S)
    print(f"a half-dead connection was noticed after {time.monotonic() - began:.1f} s")
    house.eventually(lambda: _status(house) == "connected", "it is connected again")
    assert house.connections() > before, "it was never called connected while it was not"
    house.wait_received(waiting, text, house.customer)
    _all_well(house, numbers)
    ledger.must_balance("missing for <message")


def test_a_cut_at_every_frame(house: Household, network: RoughNetwork, numbers: list[Number]):
    """Cut before each frame of login, queue and sending, from either side."""
    network.plan(*(trouble for count in range(14) for trouble in (Trouble(service_frames_pass=count), Trouble(client_frames_pass=count))))
    for _ in range(2):
        network.cut_all()
        for number in numbers:
            number.receive()
            number.receive()
        with ThreadPoolExecutor(len(numbers)) as pool:
            list(pool.map(Number.send, numbers))

    def are_over() -> bool:
        # Nobody waits for the back-off here: it has a test of its own.
        house.ring(*(number.row for number in numbers if not number.is_connected()))
        return network.troubles_left == 0 and all(number.is_connected() for number in numbers)

    house.eventually(are_over, "every trouble is over", timeout=60)
    _all_well(house, numbers)


def test_a_cut_at_every_frame_of_linking(house: Household, network: RoughNetwork):
    """Codes come again, and a phone that has scanned is linked once, whatever the moment of the cut."""
    for count in range(5):
        for trouble in (Trouble(service_frames_pass=count), Trouble(client_frames_pass=count)):
            number = Number(house, f"linking-{'service' if trouble.service_frames_pass is not None else 'client'}-{count}")
            network.plan(trouble)
            number.api.post("session/connect")
            _scan_until_linked(house, number)
            number.receive()
            number.send()
            number.wait_all()
            assert len(number.phone.linked_devices()) == 1
            number.must_balance()
            number.api.post("session/logout")


def _scan_until_linked(house: Household, number: Number) -> None:
    def scanned() -> bool:
        if number.is_connected():
            return True
        try:
            number.phone.scan(number.qr())
        except SandboxError:
            # The connection was cut under the scan.
            return False
        return True

    house.eventually(scanned, f"{number.name} is scanned")
    house.eventually(number.is_connected, f"{number.name} is connected")


def _certificate(directory: Path) -> tuple[str, str]:
    """Of the right name, but from nobody that is trusted."""
    certificate, key = str(directory / "stranger.pem"), str(directory / "stranger.key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key
