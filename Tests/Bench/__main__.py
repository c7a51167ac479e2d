"""`make bench`: the figures of docs/performance.md, measured in one run, with whatsmeow on the same sandbox beside them.

Everything runs on this machine at the same time, so rates depend on it; ratios, CPU per message, memory and threads hardly do.
"""

import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Phone, Sandbox
from Interop.peer import WhatsmeowPeer

from . import drain, history, proc, requests, responder, size, texts
from .table import Table

_ROUNDS = 5
_TEXTS = 200
# Sends before anything is measured: sessions are made, caches and statements warm.
_WARM_UP = 30
_IDLE_S = 20


class World:
    """The product and whatsmeow, each linked to a phone of its own, and a phone that both write to."""

    def __init__(self, directory: Path, servers: ExitStack):
        self.directory = directory
        self.mariadb = MariaDB(directory / "mariadb")
        servers.callback(self.mariadb.stop)
        self.sandbox = Sandbox(directory / "sandbox")
        servers.callback(self.sandbox.stop)
        self.product = Installation(directory / "wa", self.mariadb, self.sandbox)
        self.product.quieten()
        servers.callback(self.product.stop)
        self.product.start()
        self.api = self.product.api(self.product.create_key("bench", *UNLIMITED))
        self.customer = self.sandbox.new_phone("Customer")
        self.product.link(self.sandbox.new_phone("Business"))
        self.peer = WhatsmeowPeer(
            directory / "whatsmeow", self.sandbox.tls_port, self.sandbox.ca_file, self.sandbox.root_key, quiet=True
        )
        servers.callback(self.peer.close)
        self._link_peer(self.sandbox.new_phone("Other"))

    @property
    def daemon(self) -> int:
        return self.product.daemon.pid

    @property
    def responders(self) -> list[int]:
        """The pool first, then its workers."""
        return proc.with_descendants(self.daemon)[1:]

    @property
    def watched(self) -> dict[str, list[int]]:
        return {
            "daemon": [self.daemon],
            "responder": self.responders,
            "nginx": proc.with_descendants(self.product.nginx.process.pid),
            "MariaDB": [self.mariadb.process.pid],
        }

    def _link_peer(self, phone: Phone) -> None:
        self.peer.command("pair")
        phone.scan(self.peer.wait("qr")["code"])
        self.peer.wait("paired")
        self.peer.wait("connected")


def idle(world: World, table: Table) -> None:
    before, theirs = proc.cpu_ms([world.daemon]), proc.cpu_ms([world.peer.process.pid])
    time.sleep(_IDLE_S)
    per_minute = 60 / _IDLE_S
    peer = world.peer.process.pid
    table.heading(f"Idle, linked, after {_IDLE_S} s (whatsmeow: the Go library in a Python process)")
    table.figure("daemon, resident", proc.resident_mb(world.daemon), "MB", 40, proc.resident_mb(peer))
    table.figure("daemon, private", proc.private_mb(world.daemon), "MB", beside=proc.private_mb(peer))
    table.figure("daemon, threads", proc.threads(world.daemon), "", 12, proc.threads(peer))
    table.figure("daemon, CPU per minute", (proc.cpu_ms([world.daemon]) - before) * per_minute, "ms", beside=max((proc.cpu_ms([peer]) - theirs) * per_minute, 0.1))


def one_responder(world: World, table: Table) -> None:
    workers = world.responders[1:]
    table.heading(f"Responder ({len(workers)} workers, after the sending below was warmed up)")
    table.figure("worker, private, the largest", max(map(proc.private_mb, workers)), "MB", 3)
    table.figure("worker, resident, the largest", max(map(proc.resident_mb, workers)), "MB")
    table.figure("start to first answer, health", responder.first_answer_ms(world.product, world.directory), "ms", 15)
    key = {"HTTP_X_API_KEY": world.api.key, "REQUEST_URI": "/api/v1/session/status"}
    table.figure("start to first answer, with database", responder.first_answer_ms(world.product, world.directory / "wa", **key), "ms")


def sending(world: World, table: Table) -> None:
    ours, theirs, rows = [], [], []
    to = world.customer.number
    peer = {"whatsmeow": [world.peer.process.pid]}
    for number in range(_ROUNDS):
        ours.append(texts.timed(_TEXTS, world.watched, lambda: texts.by_api(world.api, to, _TEXTS)))
        theirs.append(texts.timed(_TEXTS, peer, lambda: send_by_peer(world, to, _TEXTS)))
        rows.append(texts.timed(_TEXTS, world.watched, lambda: texts.by_sql(world.product.sql, to, _TEXTS)))
    beside = statistics.median(run.cpu_ms["whatsmeow"] for run in theirs)
    rate = statistics.median(run.per_second for run in theirs)
    table.heading(f"Texts back to back to one phone, each acknowledged before the next ({_ROUNDS} rounds of {_TEXTS}, medians)")
    # whatsmeow's figures are the aims.
    table.figure("sent by the API", statistics.median(run.per_second for run in ours), "/s", beside=rate, at_least=rate)
    for name in world.watched:
        value = statistics.median(run.cpu_ms[name] for run in ours)
        aim = beside if name == "daemon" else None
        table.figure(f"CPU per message, {name}", value, "ms", at_most=aim, beside=aim)
    table.figure(
        "CPU per message, daemon and responder",
        statistics.median(run.cpu_ms["daemon"] + run.cpu_ms["responder"] for run in ours), "ms", beside=beside)
    table.heading(f"Rows put into wa_outbox by SQL, {_TEXTS} at once (medians)")
    table.figure("rows sent", statistics.median(run.per_second for run in rows), "/s", beside=rate, at_least=rate)
    for name in ("daemon", "MariaDB"):
        value = statistics.median(run.cpu_ms[name] for run in rows)
        aim = beside if name == "daemon" else None
        table.figure(f"CPU per row, {name}", value, "ms", at_most=aim, beside=aim)


def send_by_peer(world: World, to: str, count: int) -> None:
    for number in range(count):
        world.peer.command("send", to=to, text=f"text {number}")


def main() -> int:
    table = Table()
    with ExitStack() as servers:
        directory = Path(servers.enter_context(tempfile.TemporaryDirectory(prefix="wa-bench-", ignore_cleanup_errors=True)))
        world = World(directory, servers)
        idle(world, table)
        texts.by_api(world.api, world.customer.number, _WARM_UP)
        send_by_peer(world, world.customer.number, _WARM_UP)
        one_responder(world, table)
        sending(world, table)
        requests.rates(world.product, world.mariadb, directory / "beside", table)
        drain.queue(world.product, directory / "drain", table)
        history.taken_in(directory / "history", world.mariadb, world.sandbox, table)
        table.heading("After the sending")
        table.figure("daemon, resident", proc.resident_mb(world.daemon), "MB", 40, proc.resident_mb(world.peer.process.pid))
        table.figure("daemon, threads", proc.threads(world.daemon), "", 12, proc.threads(world.peer.process.pid))
        size.sizes(directory / "few", world.product, world.mariadb, world.sandbox, table)
    if table.missed:
        print(f"\nmissed: {', '.join(table.missed)}")
    return 1 if table.missed else 0


sys.exit(main())
