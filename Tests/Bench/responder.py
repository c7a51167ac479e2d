"""The responder: how long from its start to its first answer."""

import os
import socket
import statistics
import time
from pathlib import Path

from Environment.installation import Installation
from Environment.programs import program

from .fastcgi import ask

_STARTS = 30
_HEALTH = {"GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": "/api/v1/health", "SERVER_PROTOCOL": "HTTP/1.1"}


def first_answer_ms(installation: Installation, directory: Path, **more: str) -> float:
    """From exec to the whole answer, started as mod_fcgid does it: with a listening socket on descriptor 0. Median."""
    return statistics.median(_start_ms(installation, directory / f"start-{number}.sock", _HEALTH | more) for number in range(_STARTS))


def _start_ms(installation: Installation, path: Path, request: dict[str, str]) -> float:
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as client:
        listener.bind(str(path))
        listener.listen()
        client.connect(str(path))
        began = time.monotonic()
        child = os.posix_spawn(
            program("wa-connect-fcgi"), ["wa-connect-fcgi", "--config", str(installation.configuration)], {"PATH": os.environ["PATH"]},
            file_actions=[(os.POSIX_SPAWN_DUP2, listener.fileno(), 0)],
        )
        answer = ask(client, request)
        took = time.monotonic() - began
    os.kill(child, 9)
    os.waitpid(child, 0)
    if b"X-Request-Id" not in answer:
        raise RuntimeError(f"the responder answered {answer!r}")
    return took * 1000
