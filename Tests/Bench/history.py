"""The history of a number with 5,000 people, 500 groups and 100,000 messages: how fast it is taken in, its memory, and who waits for it."""

from pathlib import Path

from Environment.large_history import OF_THE_PAST, LargeHistory
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox

from .table import Table

_PEOPLE, _GROUPS, _MESSAGES = 5_000, 500, 100_000
_LIMIT_S = 600


def taken_in(directory: Path, mariadb: MariaDB, sandbox: Sandbox, table: Table) -> None:
    directory.mkdir()
    history = LargeHistory(directory, mariadb, sandbox, people=_PEOPLE, groups=_GROUPS, messages=_MESSAGES)
    try:
        history.take_in(_LIMIT_S)
        table.heading(f"History of {_PEOPLE} people, {_GROUPS} groups, {_MESSAGES} messages")
        table.figure("messages", _MESSAGES / history.seconds, "/s")
        table.figure("daemon, memory above idle at the most", history.memory.growth / (1 << 20), "MB", 64)
        for what, seconds in history.longest.items():
            table.figure(f"longest wait meanwhile: {what}", seconds * 1000, "ms")
        table.figure("webhooks that tell of the past", history.count(f"wa_webhook_deliveries WHERE body LIKE '%{OF_THE_PAST}%'"), "", 0)
    finally:
        history.stop()
