"""Requests that wait for nothing, through nginx, beside the same work in C and in PHP: `health` and `GET messages/log`."""

import re
import statistics
import subprocess
from contextlib import ExitStack
from pathlib import Path

from Environment.deadline import until
from Environment.http_json import request
from Environment.installation import Installation
from Environment.mariadb import MariaDB

from .beside import servers
from .beside.servers import compiled, fastcgi, php
from .table import Table

_MESSAGES = 5_000
_ROUNDS = 5
_SECONDS = 3
_CONNECTIONS = 8
# High enough for the run, so that the limits are counted and never reached.
_LIMITS = ("--daily-limit", "100000000", "--general-limit", "100000000")
_ROWS = """
INSERT INTO wa_contacts (session_id, phone_number, name)
  SELECT 1, 96890100000 + seq, CONCAT('Customer ', seq) FROM seq_1_to_100;
INSERT INTO wa_messages (session_id, own_jid, contact_id, sender_id, message_id, direction, source, message_type, content, status)
  SELECT 1, '', c.id, 0, CONCAT('3EB0BENCH', s.seq), 'outbound', 'api', 'text', CONCAT('Your order number ', s.seq, ' is on its way.'), 'sent'
  FROM seq_1_to_%d s JOIN wa_contacts c ON c.session_id = 1 AND c.phone_number = 96890100001 + s.seq %% 100;
"""


class Side:
    """Where each of the programs answers, behind one nginx."""

    def __init__(self, product: Installation, mariadb: MariaDB, directory: Path, running: ExitStack):
        self.directory = directory
        directory.mkdir()
        product.sql(_ROWS % _MESSAGES)
        wait_counted(product, 1, "outbound", "wa_messages")
        self.key = product.create_key("rates", *_LIMITS)
        values = dict(line.split(" = ", 1) for line in product.configuration.read_text().splitlines())
        account = [values[f"db.{name}"] for name in ("socket", "user", "password", "name")]
        (directory / "statements").write_text("\n".join(statements_of_one_request(product, mariadb, self.key)) + "\n")
        hello = fastcgi(running, directory / "hello.sock", [compiled(directory, "hello", "-lfcgi")])
        log = fastcgi(
            running, directory / "log.sock", [compiled(directory, "log", "-lfcgi", "-lmariadb"), *account, str(directory / "statements")])
        parameters = dict(zip(("DB_SOCKET", "DB_USER", "DB_PASSWORD", "DB_NAME"), account)) | {
            "SCRIPT_FILENAME": str(Path(servers.__file__).with_name("log.php"))}
        base = servers.nginx(running, directory / "nginx", product.run_directory / "api.sock", {
            "/c/health": (hello, {}), "/c/log": (log, {}), "/php/log": (php(running, directory), parameters)})
        self.addresses = {
            "health": f"{base}/api/v1/health", "health, C": f"{base}/c/health", "log": f"{base}/api/v1/messages/log", "log, C": f"{base}/c/log",
            "log, PHP": f"{base}/php/log",
        }
        self._check()

    def _check(self) -> None:
        """All of them do the work: the same number of messages each."""
        for name, address in self.addresses.items():
            answer = request("GET", address, headers={"X-API-Key": self.key})
            if answer.status != 200 or ("log" in name and len(answer.json["data"]["messages"]) != 20):
                raise RuntimeError(f"{name}: {answer.status} {answer.body[:500]!r}")

    def rate(self, name: str) -> float:
        """Requests a second."""
        command = [
            "wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{_SECONDS}s", "-H", f"X-API-Key: {self.key}", self.addresses[name]]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in output or "Socket errors" in output:
            raise RuntimeError(f"{name}: {output}")
        return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])


def wait_counted(product: Installation, session: int, kind: str, table: str) -> None:
    """Until the daemon has counted all rows, as it has in a log that has grown slowly: at its second round, two minutes after the first."""
    counted = (
        f"SELECT (SELECT MAX(counted_to) FROM wa_counts WHERE session_id = {session} AND kind = '{kind}')"
        f" >= (SELECT MAX(id) FROM {table} WHERE session_id = {session})")
    until(lambda: product.sql(counted).strip() == "1", 600, f"{table} is counted", product.daemon, interval=1)


def statements_of_one_request(product: Installation, mariadb: MariaDB, key: str) -> list[str]:
    """What the responder sends to the database for one `GET messages/log` when all is warm; prepared ones behind `!`, their values filled in."""
    log = mariadb.directory / "general.log"
    api = product.api(key)
    mariadb.sql(f"SET GLOBAL general_log_file = '{log}'; SET GLOBAL general_log = 1;")
    # The server writes values only of statements that were prepared while it keeps a log: on connections that are made from now on.
    for number in mariadb.sql(f"SELECT id FROM information_schema.processlist WHERE user = '{product.database}'").split():
        mariadb.sql(f"KILL {number}")
    for _ in range(8 * servers.WORKERS):
        assert api.get("messages/log").status == 200
    mariadb.sql("SET GLOBAL general_log = 0;")
    connections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in log.read_text().splitlines():
        match = re.match(r"(?:\d{6}\s+[\d:]+)?\s*(\d+) (\w+)\s+(.*)", line)
        if match:
            lines = connections.setdefault(match[1], []) if match[2] in ("Query", "Execute") else []
            lines.append(("!" if match[2] == "Execute" else "") + match[3])
        elif lines:
            # Statements have several lines.
            lines[-1] += " " + line.strip()
    # A request begins with its key. The settings are read every few seconds only: the shortest request is the usual one.
    found = []
    for lines in connections.values():
        starts = [number for number, line in enumerate(lines) if "FROM wa_api_keys" in line and "key_hash" in line]
        found += [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)])]
    return min((lines for lines in found if any("FROM wa_messages" in line for line in lines)), key=len)


def rates(product: Installation, mariadb: MariaDB, directory: Path, table: Table) -> None:
    with ExitStack() as running:
        side = Side(product, mariadb, directory, running)
        runs: dict[str, list[float]] = {name: [] for name in side.addresses}
        for _ in range(_ROUNDS):
            for name in side.addresses:
                runs[name].append(side.rate(name))
        # Neighbours in time are compared with each other: what else the machine does changes from round to round.
        ratio = {
            (one, other): statistics.median(ours / theirs for ours, theirs in zip(runs[one], runs[other]))
            for one, other in (("health", "health, C"), ("log", "log, C"), ("log", "log, PHP"))}
        table.heading(
            f"Requests through nginx, {servers.WORKERS} workers, {_CONNECTIONS} connections ({_ROUNDS} rounds of {_SECONDS} s, medians); log: {_MESSAGES} messages, pages of 20")
        for name, values in runs.items():
            table.figure(f"{name}", statistics.median(values), "/s")
        table.figure("health beside C that only says hello", ratio["health", "health, C"], "", at_least=0.9)
        table.figure("log beside C that issues our SQL", ratio["log", "log, C"], "", at_least=0.8)
        table.figure("log beside a PHP page", ratio["log", "log, PHP"], "", at_least=3)
        count = len((side.directory / "statements").read_text().splitlines())
        table.figure("statements of one log request", count, "")
