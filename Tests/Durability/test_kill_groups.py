"""The daemon is killed while it writes to a group and while it reads there; sender keys step as safely as sessions."""

import pytest
from Durability.household import Household, unique
from Durability.ledger import Ledger
from Durability.test_kill import RECEIVING, SENDING


@pytest.mark.parametrize("step", SENDING)
def test_killed_while_sending_to_a_group(house: Household, ledger: Ledger, step: str):
    ana, ben = house.sandbox.new_phone("Ana"), house.sandbox.new_phone("Ben")
    group = house.sandbox.new_group(unique("Group"), ana, ben, house.business)
    # The first message brings our sender key, the second steps it.
    for number in range(2):
        house.restart(kill_at=step)
        text = unique(f"message {number}, killed at {step}")
        answer = house.api.post("messages/send-text", {"to": group.jid, "message": text})
        assert answer.status == 200, (answer.status, answer.body)
        message_id = answer.json["data"]["message_id"]
        house.wait_killed()
        house.restart()
        for phone in (ana, ben, house.business):
            assert phone.wait_message(id=message_id)["text"] == text
        house.webhooks.wait("message.sent", message_id=message_id)
    ledger.must_balance()


@pytest.mark.parametrize("step", RECEIVING)
def test_killed_while_receiving_in_a_group(house: Household, ledger: Ledger, step: str):
    ana, ben = house.sandbox.new_phone("Ana"), house.sandbox.new_phone("Ben")
    group = house.sandbox.new_group(unique("Group"), ana, ben, house.business)
    for number in range(2):
        house.restart(kill_at=step)
        text = unique(f"message {number}, killed at {step}")
        message_id = ana.send(group.jid, text)
        house.wait_killed()
        house.restart()
        house.wait_received(message_id, text)
    ledger.must_balance()


@pytest.mark.parametrize("step", ("status-arrived", "status-stored"))
def test_killed_while_a_status_arrives_from_a_group(house: Household, ledger: Ledger, step: str):
    """A message is delivered when all members have it: each of them tells."""
    ana, ben = house.sandbox.new_phone("Ana"), house.sandbox.new_phone("Ben")
    group = house.sandbox.new_group(unique("Group"), ana, ben, house.business)
    house.restart(kill_at=step)
    text = unique(f"killed at {step}")
    message_id = house.api.post("messages/send-text", {"to": group.jid, "message": text}).json["data"]["message_id"]
    house.wait_killed()
    house.restart()
    for phone in (ana, ben, house.business):
        assert phone.wait_message(id=message_id)["text"] == text
    house.webhooks.wait("message.status", message_id=message_id, status="delivered")
    ledger.must_balance()
