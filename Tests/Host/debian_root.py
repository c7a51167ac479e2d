"""Root directories of other Debian releases, made by debootstrap and kept beside the tests' other tools for the next run."""

import pwd
import shutil
import subprocess
from pathlib import Path

from Environment.programs import ROOT

_KEPT = ROOT / ".test-env" / "roots"
_MAKE_TIMEOUT_S = 1_800.0
# /tmp is the machine's, so that paths are the same inside and outside.
_ENTER = """\
mount --bind /tmp "$0/tmp" && mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && exec chroot {user} "$0" "$@"
"""


class DebianRoot:
    """As the release's own installer leaves a machine without tasks, with `packages` besides. For root only."""

    def __init__(self, suite: str, *packages: str):
        self.path = _KEPT / "-".join((suite, *packages))
        if not (self.path / "made").exists():
            self._make(suite, packages)

    def command(self, *words: str | Path, user: str | None = None) -> list[str]:
        """What runs a program inside, and sees its mounts alone."""
        script = _ENTER.format(user=f"--userspec={_ids(user)}" if user else "")
        return ["unshare", "--mount", "sh", "-c", script, str(self.path), *map(str, words)]

    def run(self, *words: str | Path, user: str | None = None, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
        return subprocess.run(
            self.command(*words, user=user), env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"} | (environment or {}), capture_output=True,
            text=True, timeout=_MAKE_TIMEOUT_S)

    def _make(self, suite: str, packages: tuple[str, ...]) -> None:
        if self.path.exists():
            shutil.rmtree(self.path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        made = subprocess.run(
            ["debootstrap", "--variant=minbase", suite, self.path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            timeout=_MAKE_TIMEOUT_S)
        if made.returncode != 0:
            raise RuntimeError(f"debootstrap {suite}: {made.stdout[-2000:]}")
        if packages:
            # Servers must not start by themselves.
            (self.path / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
            (self.path / "usr/sbin/policy-rc.d").chmod(0o755)
            added = self.run(
                "apt-get", "install", "--yes", "--no-install-recommends", *packages, environment={"DEBIAN_FRONTEND": "noninteractive"})
            if added.returncode != 0:
                raise RuntimeError(f"{packages} in {suite}: {added.stdout[-1000:]}{added.stderr[-1000:]}")
        (self.path / "made").touch()


def _ids(user: str) -> str:
    found = pwd.getpwnam(user)
    return f"{found.pw_uid}:{found.pw_gid}"
