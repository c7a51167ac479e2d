"""Debian's phpMyAdmin as a hosting account has it: one database user, its own database, no further features configured."""

import secrets
import shutil
from pathlib import Path

from .deadline import accepts_tcp, free_port, until
from .process import Process

_INSTALLED = Path("/usr/share/phpmyadmin")
_SHIPPED_CONFIGURATION = "/etc/phpmyadmin/config.inc.php"
_START_TIMEOUT_S = 20.0
_CONFIGURATION = """\
<?php
$cfg['blowfish_secret'] = '{secret}';
$cfg['TempDir'] = '{directory}/tmp';
$cfg['Servers'][1] = [
    'auth_type' => 'config', 'host' => 'localhost', 'socket' => '{socket}', 'user' => '{user}', 'password' => '{password}',
];
$cfg['SendErrorReports'] = 'never';
"""


class PHPMyAdmin:
    """Serves a copy, since the installed one reads the machine's own configuration."""

    def __init__(self, directory: Path, socket: Path, user: str, password: str):
        if not _INSTALLED.is_dir():
            raise FileNotFoundError("phpMyAdmin is not installed; run `make deps`")
        directory = directory.resolve()
        (directory / "tmp").mkdir(parents=True)
        shutil.copytree(_INSTALLED, directory / "site")
        configuration = directory / "config.inc.php"
        configuration.write_text(
            _CONFIGURATION.format(secret=secrets.token_hex(16), directory=directory, socket=socket, user=user, password=password)
        )
        vendor = directory / "site" / "libraries" / "vendor_config.php"
        text = vendor.read_text()
        assert _SHIPPED_CONFIGURATION in text, f"{vendor} names its configuration otherwise"
        vendor.write_text(text.replace(_SHIPPED_CONFIGURATION, str(configuration)))
        self.port = free_port()
        php = shutil.which("php")
        assert php, "php is not installed; run `make deps`"
        self.process = Process(
            "phpMyAdmin", [php, "-d", "display_errors=0", "-d", "error_reporting=24575", "-S", f"127.0.0.1:{self.port}", "-t", str(directory / "site")],
            directory / "php.log", environment={"PHP_CLI_SERVER_WORKERS": "4"},
        )
        until(lambda: accepts_tcp(self.port), _START_TIMEOUT_S, "phpMyAdmin accepts connections", self.process)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def stop(self) -> None:
        self.process.stop()
