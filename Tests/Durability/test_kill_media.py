"""The daemon is killed at every step of a file's way, in and out: no file is lost, none comes twice, nothing is left behind."""

import hashlib
import secrets
from pathlib import Path

import pytest
from Durability.household import Household
from Durability.ledger import Ledger
from Environment.deadline import until
from Environment.http_json import Answer, request
from Environment.sample_files import film, picture

RECEIVING = ("media-downloaded", "media-placed", "media-ready")
SENDING = ("media-prepared", "media-uploaded", "media-stored", "encrypted", "message-queued+written", "ack-stored")


def fetched(house: Household, url: str) -> Answer:
    last: list[Answer] = []

    def is_there() -> bool:
        last[:] = [request("GET", url)]
        return last[0].status != 503

    until(is_there, 60, "the file is here", house.product.daemon)
    return last[0]


@pytest.mark.parametrize("step", RECEIVING)
def test_killed_while_a_file_arrives(house: Household, ledger: Ledger, tmp_path: Path, step: str):
    house.restart(kill_at=step)
    file = tmp_path / "file"
    file.write_bytes(secrets.token_bytes(80_000))
    sent = house.customer.send_file(house.business.number, "document", file)
    house.wait_killed()
    house.restart()
    data = house.webhooks.wait("message.received", message_id=sent["id"]).event["data"]
    answer = fetched(house, data["media_url"])
    assert (answer.status, answer.body) == (200, file.read_bytes())
    ledger.must_balance()


def test_killed_while_asking_the_phone_for_a_lost_file(house: Household, ledger: Ledger, tmp_path: Path):
    house.restart(kill_at="media-asked")
    file = tmp_path / "file"
    file.write_bytes(secrets.token_bytes(10_000))
    house.sandbox.media_fault(method="GET", status=410)
    sent = house.customer.send_file(house.business.number, "image", file)
    house.wait_killed()
    house.restart()
    data = house.webhooks.wait("message.received", message_id=sent["id"]).event["data"]
    answer = fetched(house, data["media_url"])
    assert (answer.status, answer.body) == (200, file.read_bytes())
    ledger.must_balance()


# A picture is converted on its way, a film goes as it is.
@pytest.mark.parametrize(
    ("step", "kind", "content"),
    [(step, "video", film(6 << 20)) for step in SENDING] + [(step, "image", picture()) for step in ("media-prepared", "media-stored")],
    ids=lambda value: value if isinstance(value, str) else "")
def test_killed_while_sending_a_file(house: Household, ledger: Ledger, step: str, kind: str, content: bytes):
    house.restart(kill_at=step)
    caption = secrets.token_hex(8)
    name = house.product.insert_file(house.customer.number, kind, content, caption=caption)
    house.wait_killed()
    house.restart()
    message_id = house.product.wait_file_sent(name)
    media = house.customer.wait_message(id=message_id)["media"]
    if kind == "video":
        assert media["sha256"] == hashlib.sha256(content).hexdigest()
    shown = house.sandbox.control("GET", f"phones/{house.customer.number}/messages?after=0&wait=0")["messages"]
    assert [message["id"] for message in shown if message["text"] == caption] == [message_id], "once"
    assert name not in [path.name for path in (house.product.directory / "media" / "outgoing").iterdir()]
    ledger.must_balance()
