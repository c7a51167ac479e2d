"""The history of a busy number costs little memory, and nobody waits for it. `make bench` takes one that is ten times as long."""

from pathlib import Path

import pytest
from Environment.large_history import OF_THE_PAST, LargeHistory
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox


@pytest.fixture
def history(directory: Path, mariadb: MariaDB, sandbox: Sandbox):
    past = LargeHistory(directory, mariadb, sandbox, people=500, groups=50, messages=10_000)
    yield past
    past.stop()


def test_a_large_history(history: LargeHistory):
    history.take_in(patience=240)
    print(history)
    assert history.memory.growth <= 64 << 20, history
    assert max(history.longest.values()) < 8, history
    assert history.count("wa_contacts WHERE NOT is_group AND phone_number LIKE '966000%'") == history.people
    assert history.count("wa_contacts WHERE is_group AND group_jid LIKE '120363900%'") == history.groups
    assert history.count("wa_contacts WHERE NOT is_group AND push_name LIKE 'Person %'") == history.people
    assert history.api.get("messages/log").json["data"]["pagination"]["total"] > history.messages
    # The past is no news.
    deliveries = history.webhooks.deliveries()
    assert deliveries and not any(OF_THE_PAST in str(delivery.event) for delivery in deliveries)
    assert history.count(f"wa_webhook_deliveries WHERE body LIKE '%{OF_THE_PAST}%'") == 0
