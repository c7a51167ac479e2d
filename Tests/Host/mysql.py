"""Oracle's MySQL as Debian unstable has it: the login of MySQL 8 and later, and another SQL dialect than MariaDB's."""

from collections.abc import Sequence
from pathlib import Path

from Environment.deadline import accepts_unix, until
from Environment.mariadb import MariaDB
from Environment.process import Process

from Host.debian_root import DebianRoot

_START_TIMEOUT_S = 120.0


class MySQL(MariaDB):
    """In place of MariaDB in any test; its administrator is root without a password. For root only."""

    def __init__(self, directory: Path, port: int | None = None, options: Sequence[str] = ()):
        self._root = DebianRoot("sid", "mysql-server-core")
        super().__init__(directory, port, options)

    def start(self) -> None:
        self.process = Process("MySQL", self._server_command(), self.directory / "mysql.log")
        until(lambda: accepts_unix(self.socket), _START_TIMEOUT_S, "MySQL accepts connections", self.process)

    def _install(self) -> None:
        data = self.directory / "data"
        if (data / "mysql").exists():
            return
        self.directory.mkdir(parents=True, exist_ok=True)
        made = self._root.run("mysqld", "--no-defaults", "--initialize-insecure", f"--datadir={data}", "--user=root")
        if made.returncode != 0:
            raise RuntimeError(f"mysqld --initialize-insecure: {made.stderr[-2000:]}")

    def _server_command(self) -> list[str]:
        network = ["--skip-networking"] if self.port is None else [f"--port={self.port}", "--bind-address=127.0.0.1"]
        # Binary logging stays on, as by default: it is what forbids triggers and functions to an account.
        return self._root.command(
            "mysqld", "--no-defaults", f"--datadir={self.directory / 'data'}", f"--socket={self.socket}", "--user=root", "--mysqlx=OFF", "--secure-file-priv=NULL",
            f"--pid-file={self.directory / 'mysql.pid'}", "--max-allowed-packet=64M", "--innodb-buffer-pool-size=64M", "--max-connections=400",
            "--innodb-flush-log-at-trx-commit=2", "--innodb-redo-log-capacity=64M", *network, *self.options)

    def stop(self) -> None:
        self.process.stop(timeout=60)
