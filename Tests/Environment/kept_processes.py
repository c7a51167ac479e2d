"""Processes that outlive the program that started them, written down so that a later one can end them."""

import json
import os
import select
import signal
from pathlib import Path

from .process import STOP_TIMEOUT_S, Process


class KeptProcesses:
    """A file with one record per process, in the order they were started."""

    def __init__(self, file: Path):
        self.file = file

    def add(self, process: Process) -> None:
        # The start time tells this process from a later one with the same number.
        record = {"name": process.name, "pid": process.pid, "started": _start_time(process.pid)}
        self.file.write_text(json.dumps(self._records() + [record], indent=1))

    def stop_all(self) -> list[str]:
        """Ends what still runs, last started first, and returns the names."""
        stopped = []
        for record in reversed(self._records()):
            if _start_time(record["pid"]) == record["started"]:
                _stop(record["pid"])
                stopped.append(record["name"])
        self.file.unlink(missing_ok=True)
        return stopped

    def _records(self) -> list[dict]:
        return json.loads(self.file.read_text()) if self.file.exists() else []


def _start_time(pid: int) -> str | None:
    """Clock ticks after boot at which the process began; None when there is no such process."""
    try:
        # Field 22 of the line; the name in brackets before it may contain blanks.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return None


def _stop(pid: int) -> None:
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        signal.pidfd_send_signal(descriptor, signal.SIGTERM)
        if not select.select([descriptor], [], [], STOP_TIMEOUT_S)[0]:
            signal.pidfd_send_signal(descriptor, signal.SIGKILL)
    finally:
        os.close(descriptor)
