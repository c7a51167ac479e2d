"""caching_sha2_password, the login of MySQL 8 and 9, which static executables have built in."""

import re
import socket
import uuid
from pathlib import Path

import pytest
from Environment.installation import Installation
from Environment.mariadb import MariaDB
from Release.bare_root import BareRoot
from Release.mysql_front import MySQLFront

WAYS = {("socket", False): "fast", ("socket", True): "clear", ("tcp", False): "fast", ("tcp", True): "rsa"}


@pytest.fixture(scope="module")
def installed(directory: Path, mariadb: MariaDB, bare_root: BareRoot):
    """Tables in a database; no daemon."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WA_BIN_DIR", str(bare_root.commands))
        product = Installation(directory / "login", mariadb, None, database="wa_login")
        yield product
        product.stop()


@pytest.fixture
def front(directory: Path, installed: Installation):
    """Makes servers: `front("tcp", full=True)` gives one, and the settings that lead to it."""
    open_fronts = []

    def make(network: str, full: bool) -> tuple[MySQLFront, dict[str, object]]:
        path = directory / f"front-{uuid.uuid4().hex[:8]}.sock"
        if network == "tcp":
            listener = socket.create_server(("127.0.0.1", 0))
            address = {"db.host": "127.0.0.1", "db.port": listener.getsockname()[1]}
        else:
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(str(path))
            listener.listen()
            address = {"db.socket": path}
        password = re.search(r"^db\.password = (.*)$", installed.configuration.read_text(), re.MULTILINE)[1]
        server = MySQLFront(listener, directory, installed.mariadb.socket, password, full)
        open_fronts.append(server)
        return server, address

    yield make
    for server in open_fronts:
        server.close()


def settings(installed: Installation, address: dict[str, object], **changes: str) -> dict[str, str]:
    """A configuration that leads to `address`, as environment."""
    lines = [line for line in installed.configuration.read_text().splitlines() if not line.startswith(("db.socket", "db.host", "db.port"))]
    lines = [line for line in lines if not any(line.startswith(f"db.{name} ") for name in changes)]
    lines += [f"{key} = {value}" for key, value in (address | {f"db.{name}": value for name, value in changes.items()}).items()]
    file = installed.directory / f"{uuid.uuid4().hex[:8]}.conf"
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n")
    return {"WA_CONNECT_CONFIG": str(file)}


@pytest.mark.parametrize(("network", "full"), WAYS)
def test_logs_in(installed: Installation, bare_root: BareRoot, front, network: str, full: bool):
    server, address = front(network, full)
    name = f"key of {network} {full}"
    result = bare_root.run("wa-connect", "keys", "create", "--name", name, environment=settings(installed, address))
    assert result.returncode == 0, (result.stderr, server.failures)
    assert server.logins == [WAYS[network, full]]
    assert installed.sql(f"SELECT COUNT(*) FROM wa_api_keys WHERE name = '{name}'").strip() == "1"


@pytest.mark.parametrize(("network", "full"), WAYS)
def test_a_wrong_password_is_told(installed: Installation, bare_root: BareRoot, front, network: str, full: bool):
    server, address = front(network, full)
    environment = settings(installed, address, password="not the password")
    result = bare_root.run("wa-connect", "keys", "list", environment=environment)
    assert result.returncode == 1
    assert "1045" in result.stderr and "db.*" in result.stderr, result.stderr
    assert server.logins == [] and server.failures


def test_the_responder_logs_in(installed: Installation, bare_root: BareRoot, front):
    server, address = front("socket", True)
    request = {"GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": "/api/v1/session/status", "HTTP_X_API_KEY": "none"}
    result = bare_root.run("wa-connect-fcgi", environment=request | settings(installed, address))
    assert result.stdout.startswith("Status: 401 "), (result.stdout, result.stderr)
    assert server.logins == ["clear"]
