"""Waiting for something that announces itself only by being there: a socket that accepts, a file."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

from .process import Process
from .wire_log import Expired

# Between two looks at something that cannot notify us.
_INTERVAL_S = 0.02


def until(ready: Callable[[], bool], timeout: float, what: str, process: Process, interval: float = _INTERVAL_S) -> None:
    """Returns when `ready()`; raises after `timeout` seconds, or at once when `process` has ended."""
    deadline = time.monotonic() + timeout
    while not ready():
        process.must_be_running()
        if time.monotonic() > deadline:
            raise Expired(f"{what}: not within {timeout} s; log of {process.name}:\n{process.log_tail()}")
        process.ended_within(interval)


def accepts_unix(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True


def accepts_tcp(port: int, host: str = "127.0.0.1") -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
