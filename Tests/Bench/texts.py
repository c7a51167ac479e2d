"""Texts sent back to back: each waits for the service's acknowledgement of the one before it."""

import http.client
import json
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass

from Environment.api import API

from .proc import cpu_ms


@dataclass(frozen=True)
class Sending:
    """One run; CPU per message by the names of `watched`."""

    per_second: float
    cpu_ms: dict[str, float]


def timed(count: int, watched: dict[str, list[int]], send: Callable[[], None]) -> Sending:
    """Times `send`, which sends `count` messages, and the CPU of the watched processes."""
    before = {name: cpu_ms(pids) for name, pids in watched.items()}
    began = time.monotonic()
    send()
    took = time.monotonic() - began
    return Sending(count / took, {name: (cpu_ms(pids) - before[name]) / count for name, pids in watched.items()})


def by_api(api: API, to: str, count: int) -> None:
    """On one connection to the web server, as a PHP page with a curl handle does it."""
    address = urllib.parse.urlsplit(api.base_url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    headers = {"X-API-Key": api.key, "Content-Type": "application/json"}
    for number in range(count):
        connection.request("POST", f"{address.path}/messages/send-text", json.dumps({"to": to, "message": f"text {number}"}), headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200 or json.loads(body)["data"]["status"] != "sent":
            raise RuntimeError(f"text {number}: {answer.status} {body!r}")
    connection.close()


def by_sql(sql: Callable[[str], str], to: str, count: int) -> None:
    """All rows at once into wa_outbox, as a PHP page may; returns when all are sent."""
    first = int(sql("SELECT COALESCE(MAX(id), 0) + 1 FROM wa_outbox"))
    rows = ",".join(f"('{to}', JSON_OBJECT('message', 'row {number}'))" for number in range(count))
    sql(f"INSERT INTO wa_outbox (to_jid, payload) VALUES {rows}")
    deadline = time.monotonic() + 120
    while int(sql(f"SELECT COUNT(*) FROM wa_outbox WHERE id >= {first} AND status = 'sent'")) < count:
        if time.monotonic() > deadline:
            raise RuntimeError("the rows of the outbox were not sent within two minutes")
        time.sleep(0.05)
