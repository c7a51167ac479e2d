"""Child processes that are started, watched and always ended."""

import ctypes
import os
import pwd
import select
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .wire_log import Expired

# How long a program gets to end after SIGTERM before it is killed.
STOP_TIMEOUT_S = 10.0

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def _die_with_parent() -> None:
    # A test run that is killed leaves no servers behind.
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def identity(user: str | None) -> dict[str, object]:
    """Arguments of subprocess that run a program as that user; nothing changes without one."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


class Process:
    """`log_file` receives stderr, and stdout too unless that is a pipe. As root it may run as another `user`."""

    def __init__(
        self,
        name: str,
        command: list[str],
        log_file: Path,
        environment: dict[str, str] | None = None,
        stdin: int = subprocess.DEVNULL,
        stdout: int | None = None,
        directory: Path | None = None,
        user: str | None = None,
    ):
        self.name = name
        self.log_file = log_file
        log_file.parent.mkdir(parents=True, exist_ok=True)
        with open(log_file, "ab") as log:
            self.child = subprocess.Popen(
                command,
                stdin=stdin,
                stdout=log if stdout is None else stdout,
                stderr=log,
                env=None if environment is None else os.environ | environment,
                cwd=directory,
                **identity(user),
                # A group of its own: Ctrl-C in the terminal reaches the test runner only, which stops things in order.
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    @property
    def pid(self) -> int:
        return self.child.pid

    def is_running(self) -> bool:
        return self.child.poll() is None

    def write_line(self, line: str) -> None:
        self.child.stdin.write(line.encode() + b"\n")
        self.child.stdin.flush()

    def stdout_lines(self) -> Iterator[str]:
        for line in self.child.stdout:
            yield line.decode("utf-8", "replace")

    def ended_within(self, seconds: float) -> bool:
        """Waits until the process ends, at most so long."""
        if not self.is_running():
            return True
        descriptor = os.pidfd_open(self.pid)
        try:
            return bool(select.select([descriptor], [], [], seconds)[0])
        finally:
            os.close(descriptor)

    def must_be_running(self) -> None:
        if not self.is_running():
            raise Expired(f"{self.name} ended with status {self.child.returncode}:\n{self.log_tail()}")

    def log_tail(self, limit: int = 4000) -> str:
        return self.log_file.read_bytes()[-limit:].decode("utf-8", "replace")

    def kill(self) -> None:
        """SIGKILL to the program alone, as a host's process limit would do it; its children live on."""
        self.child.kill()
        self.child.wait()

    def stop(self, timeout: float = STOP_TIMEOUT_S) -> int:
        """SIGTERM, then SIGKILL when that does not help, also to what it left behind. Returns the exit status."""
        if self.is_running():
            self.child.terminate()
            if not self.ended_within(timeout):
                self.child.kill()
        status = self.child.wait()
        try:
            # The process began a session, so its id is its group's: workers that outlived it end here.
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        return status
