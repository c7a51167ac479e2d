"""The pytest side of the whatsmeow peer: starts the process, sends commands, waits for events."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

from Environment.process import Process
from Environment.wire_log import WireLog

_SCRIPT = Path(__file__).with_name("whatsmeow_peer.py")

# Longest wait for an answer of whatsmeow: below its own 75 s for a request, above every journey in the sandbox.
ANSWER_TIMEOUT_S = 30.0


class PeerError(Exception):
    """whatsmeow refused a command; the text is its own."""


class WhatsmeowPeer:
    """One whatsmeow client on the sandbox. `directory` keeps its device store and log between starts."""

    def __init__(self, directory: Path, url_port: int, ca_file: str, root_key: str, quiet: bool = False):
        directory.mkdir(parents=True, exist_ok=True)
        self.log_file = directory / "whatsmeow.log"
        self.process = Process(
            "whatsmeow peer",
            [
                sys.executable, str(_SCRIPT),
                "--db", str(directory / "whatsmeow.db"),
                "--root-key", root_key,
                "--ca", ca_file,
                "--route", f"web.whatsapp.com:443=127.0.0.1:{url_port}",
                *(["--quiet"] if quiet else []),
            ],
            log_file=self.log_file,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.events = WireLog(self.process.stdout_lines(), decode=json.loads)
        self._ids = itertools.count(1)

    def command(self, do: str, timeout: float = ANSWER_TIMEOUT_S, **arguments) -> dict:
        """Runs a command and returns its answer; raises PeerError with whatsmeow's words."""
        number = next(self._ids)
        self.process.write_line(json.dumps({"id": number, "do": do, **arguments}))
        answer = self.events.wait(
            lambda record: record.get("reply") == number, timeout, f"the answer to {do}", from_start=True
        )
        if not answer["ok"]:
            raise PeerError(answer["error"])
        return answer

    def wait(self, event: str, timeout: float = ANSWER_TIMEOUT_S, **fields) -> dict:
        """The next event of that name, not returned before, whose fields have these values."""
        def matches(record: dict) -> bool:
            return record.get("event") == event and all(record.get(key) == value for key, value in fields.items())

        return self.events.wait(matches, timeout, f"whatsmeow's event {event} {fields}")

    def seen(self, event: str) -> list[dict]:
        """Every event of that name so far."""
        return [record for record in self.events.records() if record.get("event") == event]

    def close(self) -> None:
        """Ends the process; the device store stays."""
        if self.process.is_running():
            self.process.write_line(json.dumps({"id": next(self._ids), "do": "quit"}))
        self.process.stop()
