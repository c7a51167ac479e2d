"""Noise at random, seeded, on both of a conversation's clients: two thousand messages between the daemon and whatsmeow, to each other and in a group.

Two kinds at a time. Of the service's messages to both some come twice, after the next one, or not before the next connection; to whatsmeow in every
other round damaged. Of the frames between service and daemon some come twice, late, changed or not at all, which ends the connection (whatsmeow does not notice
such trouble for a minute and more). In the end every party has the same history, and nobody was sent anything twice.
"""

import re
import time
from collections import Counter
from pathlib import Path

import pytest
from Durability.household import Household
from Environment.mariadb import MariaDB
from Environment.rough_network import RoughNetwork, Trouble
from Environment.sandbox import Sandbox
from Interop.peer import PeerError, WhatsmeowPeer

_SEED = 20_261_128
_ROUNDS = 5
# In a round, each way, to the other one and to the group. What is asked for again must not be too old: whatsmeow keeps 256 messages.
_EACH = 100
_DISORDER = {"duplicate": 6, "reorder": 6, "withhold": 2}
# Only what whatsmeow gets: where it writes and is asked again at the same time it uses one key twice, which the service refuses. What the
# daemon could not read is the matter of Interop/test_retries.py. And not in the rounds of disorder: what is asked for again brings the sender's
# key of the group, upon which whatsmeow forgets the keys of messages that are still to come; and of two damaged copies it asks for each, and
# shows both.
_DAMAGE = {"damage": 4}
_FRAMES = 0.003
_REST_S = 150.0


@pytest.fixture(scope="module")
def network(directory: Path) -> RoughNetwork:
    """On a sandbox of its own, since the journal of this one is full of complaints."""
    sandbox = Sandbox(directory / "noise-sandbox")
    network = RoughNetwork(sandbox, seed=_SEED)
    yield network
    network.stop()
    sandbox.stop()


@pytest.fixture(scope="module")
def house(directory: Path, mariadb: MariaDB, network: RoughNetwork) -> Household:
    household = Household(directory, "noise", mariadb, network)
    household.link()
    peer = WhatsmeowPeer(directory / "whatsmeow" / "noise", network.tls_port, network.ca_file, network.root_key)
    household.peer = peer
    peer.command("pair")
    household.customer.scan(peer.wait("qr")["code"])
    peer.wait("connected")
    household.customer.wait_settled()
    yield household
    household.stop()


class Noise:
    """Over both clients while the block runs; then the daemon connects anew, and gets what was withheld.

    Within it the owner wishes the daemon connected, again and again (`ring`): by itself it is ever more patient with such a network,
    and most of the messages would wait until the noise is over.
    """

    def __init__(self, house: Household, network: RoughNetwork, number: int):
        self._house, self._network, self._number = house, network, number
        self._devices = [phone.linked_devices()[0]["jid"] for phone in (house.business, house.customer)]

    def __enter__(self) -> None:
        seed = _SEED + 2 * self._number
        ours, theirs = self._devices
        self._order(ours, seed=seed, **_DISORDER)
        self._order(theirs, seed=seed + 1, **(_DAMAGE if self._number % 2 else _DISORDER))
        self._network.always(Trouble(noise=_FRAMES))
        self._connect_anew()

    def __exit__(self, *failure) -> None:
        self._network.always(Trouble())
        for device in self._devices:
            self._order(device)
        self._connect_anew()

    def let_whatsmeow_connect_anew(self) -> None:
        """Not while it is asked for a message again: what it writes as its connection ends is lost, and never repeated."""
        # As a service says that restarts.
        self._network.disconnect(self._devices[1], "503")
        _wait_logged_in(self._house.peer)

    def _connect_anew(self) -> None:
        before = self._house.connections()
        self._network.cut_all()
        self._house.eventually(lambda: self._house.connections() > before or self._house.ring(1), "connected again")

    def _order(self, device: str, **shares: int) -> None:
        self._network.control("POST", "clients/noise", {"device": device} | shares)


def _daemon_sends(house: Household, to: str, texts: list[str]) -> None:
    """As a PHP page puts them into the table."""
    rows = ",".join(f"('{to}', JSON_OBJECT('message', '{text}'))" for text in texts)
    house.product.sql(f"INSERT INTO wa_outbox (to_jid, payload) VALUES {rows};")


def _whatsmeow_sends(peer: WhatsmeowPeer, to: str, text: str) -> set[str]:
    """The text, where whatsmeow does not know whether it went out: its connection was lost."""
    try:
        peer.command("send", to=to, text=text, timeout=90)
    except PeerError:
        _wait_logged_in(peer)
        return {text}
    return set()


def _wait_logged_in(peer: WhatsmeowPeer) -> None:
    deadline = time.monotonic() + 60
    while not peer.command("status")["logged_in"]:
        assert time.monotonic() < deadline, "whatsmeow does not come back"
        peer.process.ended_within(0.2)


# Two to three minutes on a machine that has nothing else to do.
@pytest.mark.timeout(900)
def test_both_sides_end_with_the_same_history(house: Household, network: RoughNetwork):
    group = network.new_group("Noise", house.business, house.customer)
    sent: set[str] = set()
    unsure: set[str] = set()
    for number in range(_ROUNDS):
        texts = {way: [f"{way} {number}.{index}" for index in range(_EACH)] for way in ("to you", "to us", "from you", "from us")}
        noise = Noise(house, network, number)
        with noise:
            _daemon_sends(house, house.customer.number, texts["to you"])
            _daemon_sends(house, group.jid, texts["to us"])
            for pair in zip(texts["from you"], texts["from us"]):
                house.ring(1)
                for to, text in zip((house.business.number, group.jid), pair):
                    unsure |= _whatsmeow_sends(house.peer, to, text)
            house.eventually(lambda: _is_sent(house) or house.ring(1), f"round {number}: all is sent, through the noise", _REST_S)
        sent |= set().union(*texts.values())
        outgoing = {text for text in sent if text.startswith("to ")}
        house.eventually(lambda: not _missing(sent - unsure, _log(house)) and _is_done(house), f"round {number}: the log has everything", _REST_S)
        noise.let_whatsmeow_connect_anew()
        house.eventually(lambda: not _missing(outgoing, _history(house.peer)), f"round {number}: whatsmeow has everything", _REST_S)
    # About five in a round are to be expected, and each ends a connection.
    assert network.disturbed > _ROUNDS, "the network was quiet"
    _nobody_was_told_twice(house, network)


def _missing(wanted: set[str], there: list[str]) -> set[str]:
    return wanted - set(there)


def _nobody_was_told_twice(house: Household, network: RoughNetwork) -> None:
    log = Counter(_log(house))
    assert _doubled(log) == {}, "the log has something twice"
    for phone in (house.business, house.customer):
        assert Counter(_screen(network, phone.number)) == log, phone.name
    # By their ids: where the network brought two copies whatsmeow may show both, since what it writes while it reads the first one
    # puts the session back to what it was before.
    shown = [f"{record['id']}\t{record['text']}" for record in house.peer.seen("message") if record["text"]]
    assert set(shown) == set(house.product.sql("SELECT message_id, content FROM wa_messages WHERE direction = 'outbound';").splitlines())
    brought = Counter(re.findall(r'Recv DEBUG\] - <message [^>]*\bid="([^"]+)"', house.peer.log_file.read_text()))
    assert {line for line, count in Counter(shown).items() if count > brought[line.split("\t")[0]]} == set(), "shown more often than brought"
    # A delivery whose answer was lost comes again under the same id; that is no second event.
    received = {
        delivery.headers["x-webhook-id"]: delivery.event["data"]["message_id"]
        for delivery in house.webhooks.deliveries() if delivery.headers["x-webhook-event"] == "message.received"
    }
    assert _doubled(Counter(received.values())) == {}, "the owner was told twice"
    assert len(received) == sum(text.startswith("from ") for text in log)


def _doubled(counted: Counter) -> dict[str, int]:
    return {what: count for what, count in counted.items() if count > 1}


def _log(house: Household) -> list[str]:
    return house.product.sql("SELECT content FROM wa_messages WHERE content IS NOT NULL;").splitlines()


def _is_sent(house: Household) -> bool:
    return house.product.sql("SELECT COUNT(*) FROM wa_outbox WHERE status <> 'sent';").strip() == "0"


def _is_done(house: Household) -> bool:
    return _is_sent(house) and house.product.sql("SELECT COUNT(*) FROM wa_webhook_deliveries WHERE status <> 'delivered';").strip() == "0"


def _screen(network: RoughNetwork, number: str) -> list[str]:
    return [message["text"] for message in network.control("GET", f"phones/{number}/messages?after=0&wait=0")["messages"]]


def _history(peer: WhatsmeowPeer) -> list[str]:
    return [record["text"] for record in peer.seen("message") if record["text"]]
