"""One installation of the product: configuration, tables, daemon, responder behind nginx."""

import os
import secrets
import shutil
import subprocess
from pathlib import Path

from .api import API
from .deadline import accepts_unix, until
from .mariadb import MariaDB
from .nginx import Nginx
from .process import Process, identity
from .programs import program
from .sandbox import Phone, Sandbox

_START_TIMEOUT_S = 30.0
_COMMAND_TIMEOUT_S = 30.0
# Options of `keys create` for a key without limits.
UNLIMITED = ("--daily-limit", "0", "--general-limit", "0", "--send-limit", "0")


class Installation:
    """Installs into `directory` with a database of its own name; `start` runs the daemon, which runs the responder."""

    def __init__(
        self, directory: Path, mariadb: MariaDB, sandbox: Sandbox | None, database: str = "wa_connect", port: int | None = None,
        account: str | None = None,
    ):
        """Without a sandbox the daemon connects to the real service. For root: `account` is whose installation it is."""
        self._account = account
        self.directory = directory.resolve()
        self.run_directory = self.directory / "run"
        self.run_directory.mkdir(parents=True, exist_ok=True)
        self.configuration = self.directory / "wa-connect.conf"
        self.mariadb = mariadb
        self.database = database
        password = secrets.token_hex(16)
        mariadb.create_database(database, database, password)
        self.nginx = Nginx(self.directory / "nginx", self.run_directory / "api.sock", port)
        self._write_configuration(sandbox, password)
        if account is not None:
            for path in (self.directory, self.run_directory, self.configuration):
                shutil.chown(path, account)
        self.command("migrate")
        self.daemon: Process | None = None

    def start(self, *within: str, **environment: str) -> None:
        """Returns when the daemon answers rings and the responder answers requests. `environment`: more variables for the daemon; `within`: the
        command that becomes it, such as prlimit."""
        self.daemon = Process(
            "wa-connect daemon", [*within, program("wa-connect"), "daemon"], self.directory / "daemon.log",
            environment=self._environment() | environment, user=self._account,
        )
        for socket in ("doorbell.sock", "api.sock"):
            path = self.run_directory / socket
            until(lambda: accepts_unix(path), _START_TIMEOUT_S, f"{socket} accepts connections", self.daemon)

    def command(self, *arguments: str) -> str:
        """Runs `wa-connect …` to its end and returns its stdout."""
        result = subprocess.run(
            [program("wa-connect"), *arguments], env=self._environment() | _inherited(),
            capture_output=True, text=True, timeout=_COMMAND_TIMEOUT_S, **identity(self._account),
        )
        if result.returncode != 0:
            raise RuntimeError(f"wa-connect {' '.join(arguments)}: status {result.returncode}: {result.stderr.strip()}")
        return result.stdout

    def show(self, *arguments: str) -> int:
        """Runs `wa-connect …` on this terminal and returns its exit status."""
        return subprocess.run([program("wa-connect"), *arguments], env=self._environment() | os.environ).returncode

    def link(self, phone: Phone, timeout: float = 30) -> None:
        """Links the session `default` to a phone."""
        phone.scan(self.api(self.create_key("linking")).post("session/connect").json["data"]["qr"])
        connected = "SELECT status = 'connected' FROM wa_sessions WHERE name = 'default'"
        until(lambda: self.sql(connected).strip() == "1", timeout, "the number is connected", self.daemon or self.nginx.process, interval=0.1)

    def create_key(self, name: str, *options: str) -> str:
        return self.command("keys", "create", "--name", name, *options).strip()

    def api(self, key: str | None) -> API:
        return API(self.nginx.base_url, key)

    def sql(self, statements: str) -> str:
        """As the owner would type it in phpMyAdmin."""
        return self.mariadb.sql(statements, self.database)

    def stop(self) -> None:
        """Stops daemon and responder as their owner would, then nginx."""
        try:
            if self.daemon is not None and self.daemon.is_running():
                self.command("stop")
        finally:
            if self.daemon is not None:
                self.daemon.stop()
            self.nginx.stop()

    def _environment(self) -> dict[str, str]:
        return {"WA_CONNECT_CONFIG": str(self.configuration)}

    def quieten(self) -> None:
        """The log level that owners have, from the next start on; the tests' is `debug`."""
        text = self.configuration.read_text()
        self.configuration.write_text(text.replace("log.level = debug", "log.level = info"))

    def _write_configuration(self, sandbox: Sandbox | None, password: str) -> None:
        values = {
            "db.socket": self.mariadb.socket,
            "db.name": self.database,
            "db.user": self.database,
            "db.password": password,
            "secret.key": secrets.token_hex(32),
            "run.dir": self.run_directory,
            "log.file": self.directory / "wa-connect.log",
            "log.level": "debug",
            "media.dir": self.directory / "media",
            "public.base_url": self.nginx.base_url.removesuffix("/api/v1"),
            "fetch.webhook_private": "any",
            "fetch.media_private": "true",
        }
        if sandbox is not None:
            # A copy, because the account may not look into the sandbox's directory.
            ca_file = self.directory / "sandbox-ca.pem"
            ca_file.write_bytes(Path(sandbox.ca_file).read_bytes())
            values |= {"whatsapp.url": sandbox.url, "whatsapp.ca_file": ca_file, "whatsapp.root_key": sandbox.root_key}
        self.configuration.touch(mode=0o600)
        self.configuration.write_text("".join(f"{key} = {value}\n" for key, value in values.items()))


def _inherited() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
