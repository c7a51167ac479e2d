"""Each program alone: how it is linked, that it starts where there is nothing, and how fast."""

import json
import os
import time
from pathlib import Path

import pytest
from Release.bare_root import BareRoot, compile_c
from Release.elf import linkage

PROGRAMS = ("wa-connect", "wa-connect-fcgi", "wa-sandbox")

# Longest start that an owner's visitors do not notice under plain CGI, where every request starts one.
RESPONDER_START_S = 0.015


@pytest.mark.parametrize("name", PROGRAMS)
def test_linked_statically_and_stripped(programs: Path, name: str):
    found = linkage(programs / name)
    assert not found.needs_loader
    assert not found.has_symbols


@pytest.mark.parametrize("name", PROGRAMS)
def test_starts_in_a_bare_root(bare_root: BareRoot, name: str):
    result = bare_root.run(name, "--help")
    assert result.returncode == 0, result.stderr
    assert name in result.stdout


@pytest.mark.parametrize("lookup", ("hosts", "passwd"))
def test_the_modules_are_hostile(bare_root: BareRoot, directory: Path, lookup: str):
    """Without the cure that all three programs have, a static executable ends here: the tests beside this one prove something."""
    compile_c(Path(__file__).with_name("unprotected.c"), directory / "unprotected", "-static")
    bare_root.add_program("unprotected", directory / "unprotected")
    assert bare_root.run("unprotected", lookup).returncode == 86


def test_the_responder_without_a_home_asks_the_user_database(bare_root: BareRoot):
    result = bare_root.run("wa-connect-fcgi", environment=_cgi("/api/v1/health"))
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("Status: 503 ")
    assert json.loads(result.stdout.split("\n\n")[1])["code"] == "not_configured"


def test_the_daemon_without_a_home_asks_the_user_database(bare_root: BareRoot):
    result = bare_root.run("wa-connect", "status")
    assert result.returncode == 1
    assert "wa-connect.conf" in result.stderr


def test_a_responder_starts_in_15_ms(programs: Path):
    """Exec to end of one CGI request. The quickest of many: what the machine does beside it is not the program's."""
    environment = _cgi("/api/v1/health") | {"HOME": "/nonexistent"}
    assert min(_seconds([str(programs / "wa-connect-fcgi")], environment) for _ in range(30)) < RESPONDER_START_S


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    began = time.monotonic()
    with open(os.devnull, "r+b") as null:
        actions = [(os.POSIX_SPAWN_DUP2, null.fileno(), descriptor) for descriptor in (0, 1, 2)]
        child = os.posix_spawn(command[0], command, environment, file_actions=actions)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return time.monotonic() - began


def _cgi(path: str) -> dict[str, str]:
    return {"GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": path, "SERVER_PROTOCOL": "HTTP/1.1"}
