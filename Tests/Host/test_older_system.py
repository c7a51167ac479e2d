"""The package in Debian 11, whose C library is older than that of el9: installed by an account without rights, linked, sending."""

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from Environment.deadline import until
from Environment.installation import Installation
from Environment.mariadb import MariaDB
from Environment.programs import program
from Environment.sandbox import Sandbox

from Host.debian_root import DebianRoot

_PROGRAMS = ("wa-connect", "wa-connect-fcgi", "wa-sandbox")


@pytest.fixture(scope="module")
def older() -> DebianRoot:
    root = DebianRoot("bullseye")
    # Every host has these two; the smallest root has not.
    (root.path / "etc/hosts").write_text("127.0.0.1 localhost\n")
    certificates = root.path / "etc/ssl/certs/ca-certificates.crt"
    certificates.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy("/etc/ssl/certs/ca-certificates.crt", certificates)
    return root


@pytest.fixture(scope="module")
def commands(older: DebianRoot, directory: Path) -> Path:
    """Commands that run the static executables inside."""
    directory.chmod(0o711)
    folder = directory / "older"
    (folder / "commands").mkdir(parents=True)
    for name in _PROGRAMS:
        shutil.copy(program(name), folder / name)
        command = folder / "commands" / name
        command.write_text("#!/bin/sh\nexec " + shlex.join(older.command(folder / name)) + ' "$@"\n')
        command.chmod(0o755)
    return folder / "commands"


def test_its_library_is_an_older_one(older: DebianRoot):
    assert "2.31" in older.run("ldd", "--version").stdout


@pytest.fixture(scope="module")
def installed(commands: Path, directory: Path, mariadb: MariaDB) -> Iterator[tuple[Installation, Sandbox]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WA_BIN_DIR", str(commands))
        sandbox = Sandbox(directory / "older-sandbox")
        product = Installation(directory / "older-wa", mariadb, sandbox, database="older")
        product.start()
        yield product, sandbox
        product.command("stop")
        product.stop()
        sandbox.stop()


def test_a_journey(installed: tuple[Installation, Sandbox]):
    product, sandbox = installed
    api = product.api(product.create_key("tests"))
    phone, friend = sandbox.new_phone("Business"), sandbox.new_phone("Friend")
    phone.scan(api.post("session/connect").json["data"]["qr"])
    until(lambda: api.get("session/status").json["data"]["status"] == "connected", 30, "the number is connected", product.daemon)
    sent = api.send_text(friend.number, "from an older system")["message_id"]
    assert friend.wait_message(id=sent)["text"] == "from an older system"
    back = friend.send(phone.number, "and back")
    until(lambda: api.get(f"messages/{back}").status == 200, 20, "the answer is in the log", product.daemon)
    product.daemon.kill()
    product.command("ensure")
    until(lambda: '"connected"' in product.command("status", "--json"), 30, "it is connected again", product.nginx.process)
