"""The icon's page in cPanel, run as cPanel runs it: as the account's user, with cPanel's class."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from Environment.process import identity

from Hosting.account import USER

PLUGIN = Path(__file__).parents[2] / "cpanel" / "plugin"
# In place of /usr/local/cpanel/php/cpanel.php, with the documented methods that the page uses; and of the request.
CPANEL = """\
<?php
class CPANEL {
    function header($title, $key) { return "<html><h1>$title</h1>"; }
    function footer() { return '</html>'; }
    function end() { }
}
$_SERVER['REQUEST_METHOD'] = getenv('REQUEST_METHOD');
parse_str((string) getenv('FORM'), $_POST);
"""
PROGRAM = """\
#!/bin/sh
case "$1 ${2:-}" in
  "sessions page") echo "https://example.test/api/v1/page#<once>" ;;
  "status "*) echo "the daemon runs" ;;
  "doctor "*) echo "all & well"; exit 1 ;;
  *) echo "asked for $*" ;;
esac
"""


@pytest.fixture
def account(directory: Path, request) -> Path:
    home = directory / f"plugin-{request.node.name}"
    (home / "wa-connect" / "bin").mkdir(parents=True)
    prepend = home / "cpanel.php"
    prepend.write_text(CPANEL)
    directory.chmod(0o711)
    if USER:
        for path in (home, *home.rglob("*")):
            shutil.chown(path, USER)
    return home


def show(home: Path, form: str | None = None) -> str:
    command = [shutil.which("php"), "-d", f"auto_prepend_file={home / 'cpanel.php'}", "-d", "display_errors=1", str(PLUGIN / "index.live.php")]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "REQUEST_METHOD": "GET" if form is None else "POST", "FORM": form or ""}
    done = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, timeout=30, **identity(USER))
    assert done.returncode == 0 and "Warning" not in done.stdout, done.stdout + done.stderr
    return done.stdout


def install_program(home: Path) -> None:
    program = home / "wa-connect" / "bin" / "wa-connect"
    program.write_text(PROGRAM)
    program.chmod(0o755)


def test_an_account_without_it_can_install(account: Path):
    page = show(account)
    assert 'value="install"' in page and 'value="doctor"' not in page


def test_buttons_run_what_they_say_and_nothing_else(account: Path):
    install_program(account)
    page = show(account)
    assert "the daemon runs" in page and 'value="page"' in page and 'value="install"' not in page
    assert 'href="https://example.test/api/v1/page#&lt;once&gt;"' in show(account, "action=page")
    checked = show(account, "action=doctor")
    assert "That did not work" in checked and "all &amp; well" in checked
    assert "asked for ensure" in show(account, "action=ensure")
    for foreign in ("action=install", "action[]=ensure", "action=rm", ""):
        assert "asked for" not in show(account, foreign)
