"""A MariaDB server in a directory of its own: socket only unless a port is asked for."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .deadline import accepts_unix, until
from .process import Process

_START_TIMEOUT_S = 60.0


class MariaDB:
    """`directory` is created; with `keep` an existing data directory is used again (the demo)."""

    def __init__(self, directory: Path, port: int | None = None, options: Sequence[str] = ()):
        """`options`: more of the server's own; what is changed in them holds from the next `start` on."""
        self.directory = directory.resolve()
        self.socket = self.directory / "mariadb.sock"
        self.port = port
        self.options = list(options)
        if len(str(self.socket)) > 100:
            raise ValueError(f"{self.socket}: the path of a Unix socket may have about 100 characters")
        self._install()
        self.start()

    def start(self) -> None:
        """Returns when the server accepts connections; also after it was killed."""
        self.process = Process(
            "MariaDB", self._server_command(), self.directory / "mariadb.log"
        )
        until(
            lambda: accepts_unix(self.socket), _START_TIMEOUT_S, "MariaDB accepts connections",
            self.process,
        )

    def create_database(self, name: str, user: str, password: str) -> None:
        """A database and a user that may do everything in it, and nothing else."""
        self.sql(
            f"CREATE DATABASE IF NOT EXISTS `{name}` CHARACTER SET utf8mb4;"
            f"CREATE USER IF NOT EXISTS '{user}'@'localhost' IDENTIFIED BY '{password}';"
            f"GRANT ALL ON `{name}`.* TO '{user}'@'localhost';"
        )

    def sql(self, statements: str, database: str = "") -> str:
        """Runs statements as the server's administrator and returns what they print."""
        result = subprocess.run(self._client(_account()) + ([database] if database else []), input=statements, text=True, capture_output=True)
        if result.returncode != 0:
            raise RuntimeError(f"{result.stderr.strip()} in: {statements[:200]}")
        return result.stdout

    def sql_with_errors(self, statements: str, database: str) -> list[str]:
        """Runs all statements, whatever becomes of each, and returns the lines with errors."""
        command = self._client(_account()) + ["--force", database]
        result = subprocess.run(command, input=statements, text=True, capture_output=True)
        return [line for line in result.stderr.splitlines() if line.startswith("ERROR")]

    @contextmanager
    def held_connection(self, statements: str = "", database: str = "", user: str | None = None, password: str = "") -> Iterator[int]:
        """A connection, of the administrator unless told otherwise, that has run `statements` and stays open; gives its number."""
        client = self._client(user or _account()) + ["--unbuffered", "--connect-timeout=10"] + ([database] if database else [])
        with subprocess.Popen(
            client, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"MYSQL_PWD": password}
        ) as holder:
            try:
                holder.stdin.write(f"{statements}\nSELECT CONCAT('held ', CONNECTION_ID());\n")
                holder.stdin.flush()
                for line in holder.stdout:
                    if line.startswith("held "):
                        yield int(line.removeprefix("held "))
                        break
                else:
                    raise RuntimeError(f"the connection was not held: {statements}")
            finally:
                holder.kill()

    def stop(self) -> None:
        self.process.stop(timeout=30)

    def _client(self, user: str) -> list[str]:
        return [_program("mariadb", "mysql"), "--no-defaults", f"--socket={self.socket}", f"--user={user}", "--batch", "--skip-column-names"]

    def _install(self) -> None:
        data = self.directory / "data"
        if (data / "mysql").exists():
            return
        data.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [
                _program("mariadb-install-db", "mysql_install_db"), "--no-defaults", f"--datadir={data}", f"--user={_account()}",
                "--auth-root-authentication-method=socket", f"--auth-root-socket-user={_account()}", "--skip-test-db",
            ],
            check=True, capture_output=True, text=True,
        )

    def _server_command(self) -> list[str]:
        network = ["--skip-networking"] if self.port is None else [f"--port={self.port}", "--bind-address=127.0.0.1"]
        return [
            _program("mariadbd", "mysqld", "/usr/sbin/mariadbd", "/usr/sbin/mysqld"), "--no-defaults",
            f"--datadir={self.directory / 'data'}", f"--socket={self.socket}", f"--user={_account()}",
            f"--pid-file={self.directory / 'mariadb.pid'}", "--max-allowed-packet=64M", "--skip-log-bin",
            # Small and quick: nothing here has to survive a power cut, only a killed client.
            "--innodb-buffer-pool-size=64M", "--innodb-flush-log-at-trx-commit=2", "--innodb-log-file-size=32M",
        ] + network + self.options


def _account() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


def _program(*names: str) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    raise FileNotFoundError(f"none of {', '.join(names)} is installed; run `make deps`")
