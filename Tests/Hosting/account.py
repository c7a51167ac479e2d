"""A pretend hosting account: a user, a home, a web root, and cPanel's programs replaced by stand-ins that really do the work."""

import json
import os
import re
import secrets
import shutil
import socketserver
import subprocess
import threading
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from Environment.apache import group_of
from Environment.mariadb import MariaDB
from Environment.process import identity

# The account, where the tests run as root. Its id is above those that suexec refuses.
USER = "nobody" if os.geteuid() == 0 else None
_COMMAND_TIMEOUT_S = 90.0

# In PHP, because every account can run that; the tests' Python may be out of its reach.
_UAPI = """\
#!{php}
<?php
$server = stream_socket_client('unix://{socket}');
fwrite($server, implode("\\0", array_slice($argv, 1)) . "\\n");
echo stream_get_contents($server);
"""
_CRONTAB = """\
#!/bin/sh
case ${1:-} in
  -l) [ -f "$HOME/.crontab" ] || { echo "no crontab for $(id -un)" >&2; exit 1; }; cat "$HOME/.crontab" ;;
  -) cat > "$HOME/.crontab" ;;
  *) exit 1 ;;
esac
"""


@dataclass
class Result:
    status: int
    output: str


class Account:
    """`directory` becomes the home. Everything that `run` starts is the account's user with cPanel's environment."""

    def __init__(self, directory: Path, mariadb: MariaDB, prefix: str, environment: dict[str, str]):
        """`environment`: of every command, cron jobs too. `prefix`: of database names, as cPanel gives one to each account."""
        self.home = directory.resolve()
        self.web_root = self.home / "public_html"
        self.web_root.mkdir(parents=True)
        self._commands = self.home / ".stand-ins"
        self._commands.mkdir()
        self.uapi = UAPI(self._commands / "uapi.sock", mariadb, prefix)
        self.environment = {"PATH": f"{self._commands}:/usr/bin:/bin", "HOME": str(self.home), "LANG": "C.UTF-8"} | environment
        if "LD_LIBRARY_PATH" in os.environ:
            self.environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
        self._add("uapi", _UAPI.format(php=shutil.which("php"), socket=self._commands / "uapi.sock"))
        self._add("crontab", _CRONTAB)
        # As cPanel makes a home: others may pass, not look.
        self.home.chmod(0o711)
        if USER:
            for path in (self.home, *self.home.rglob("*")):
                shutil.chown(path, USER, group_of(USER))

    def run(self, *command: str | Path, stdin: str = "") -> Result:
        done = subprocess.run(
            [str(word) for word in command], cwd=self.home, env=self.environment, input=stdin, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=_COMMAND_TIMEOUT_S, **identity(USER),
        )
        return Result(done.returncode, done.stdout)

    def run_cron(self) -> list[Result]:
        """What the account's cron jobs do when their time has come."""
        table = self.home / ".crontab"
        lines = [line for line in table.read_text().splitlines() if line and not line.startswith("#")]
        return [self.run("/bin/sh", "-c", line.split(None, 5)[5]) for line in lines]

    def upload(self, archive: Path) -> Path:
        """Gives the folder that unpacking will make."""
        shutil.copy(archive, self.home)
        return self.home / archive.name.removesuffix(".tar.gz")

    def unpack(self, archive: Path) -> Path:
        folder = self.upload(archive)
        done = self.run("tar", "xzf", archive.name)
        assert done.status == 0, done.output
        return folder

    def processes(self) -> list[int]:
        """Everything of this installation that runs."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    if str(self.home) in os.readlink(entry / "exe"):
                        found.append(int(entry.name))
                except OSError:
                    continue
        return found

    def close(self) -> None:
        self.uapi.close()

    def _add(self, name: str, text: str) -> None:
        program = self._commands / name
        program.write_text(text)
        program.chmod(0o755)


class UAPI:
    """Answers as cPanel's `uapi --output=json` is documented to, and makes real databases and users."""

    def __init__(self, path: Path, mariadb: MariaDB, prefix: str):
        self.calls: list[list[str]] = []
        self.refuses = False
        self._mariadb = mariadb
        self._prefix = prefix
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                words = self.rfile.readline().decode().rstrip("\n").split("\0")
                self.wfile.write(json.dumps(outer._answer(words)).encode())

        self._server = socketserver.ThreadingUnixStreamServer(str(path), Handler)
        path.chmod(0o666)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, words: list[str]) -> dict:
        self.calls.append(words)
        module, function, *pairs = [word for word in words if not word.startswith("--")]
        values = {key: urllib.parse.unquote(value) for key, value in (pair.split("=", 1) for pair in pairs)}
        known = {("Mysql", "setup_db_and_user"): self._set_up, ("Variables", "get_user_information"): self._user}
        if self.refuses or (module, function) not in known:
            return _shape(module, function, None, [f"You do not have the feature “{module}”."])
        return _shape(module, function, known[module, function](values), None)

    def _set_up(self, values: dict[str, str]) -> dict:
        assert re.fullmatch("[a-z0-9]{0,6}", values.get("prefix", "")), values
        name = f"{self._prefix}_{values.get('prefix', '')}_{secrets.token_hex(4)}"
        # cPanel's own passwords hold such signs.
        password = "\\;1t/\"#=U:wn" + secrets.token_hex(6)
        quoted = password.replace("\\", "\\\\").replace("'", "\\'")
        self._mariadb.create_database(name, name, quoted)
        return {"database": name, "database_user": name, "database_user_password": password, "hostname": "localhost", "port": "3306"}

    def _user(self, values: dict[str, str]) -> dict:
        return {"domain": "example.test", "cgi_enabled": 1}


def _shape(module: str, function: str, data: dict | None, errors: list[str] | None) -> dict:
    result = {"data": data, "errors": errors, "messages": None, "metadata": {}, "status": 0 if errors else 1, "warnings": None}
    return {"apiversion": 3, "func": function, "module": module, "result": result}
