"""A root directory as bare as a host can be, with everything in it that has made static executables fail.

It holds /proc, /dev/null, the resolver's two files, certificates, a hostile nsswitch.conf with modules that end whoever loads them, and
the programs. /tmp is the machine's, so that paths are the same inside and outside. No C library, no shell, no user database.

    python -m Release.bare_root DIRECTORY PROGRAMS

makes one and prints the directory of commands that run the programs in it; as WA_BIN_DIR it runs any test inside.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_PROGRAMS = ("wa-connect", "wa-connect-fcgi", "wa-sandbox")
# Modules that el8 to el10 and Ubuntu name in their nsswitch.conf.
_MODULES = ("sss", "systemd", "myhostname", "resolve", "mymachines", "altfiles", "db")
_NSSWITCH = """\
passwd:   sss systemd altfiles files
group:    sss systemd altfiles files
hosts:    resolve mymachines myhostname files dns
services: db sss files
networks: sss files
protocols: db sss files
"""
_LIBRARIES = ("lib64", "usr/lib64", "lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu")
# Where the host's own file is, whatever distribution the tests run on.
_HOST_CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")

UBUNTU_CERTIFICATES = "etc/ssl/certs/ca-certificates.crt"
EL_CERTIFICATES = "etc/pki/tls/certs/ca-bundle.crt"

_ENTER = """\
mount --bind /tmp "$0/tmp" && mount --bind /dev/null "$0/dev/null" && mount -t proc proc "$0/proc" && exec chroot "$0" "$@"
"""


class BareRoot:
    """Made anew in `directory`; `commands` is the directory to name in WA_BIN_DIR."""

    def __init__(self, directory: Path, programs: Path, certificates: str = UBUNTU_CERTIFICATES):
        self.directory = directory.resolve()
        self.root = self.directory / "root"
        self.commands = self.directory / "commands"
        self.certificates = self.root / certificates
        for name in ("proc", "tmp", "dev", "etc", "bin"):
            (self.root / name).mkdir(parents=True)
        (self.root / "dev" / "null").touch()
        (self.root / "etc" / "nsswitch.conf").write_text(_NSSWITCH)
        (self.root / "etc" / "hosts").write_text("127.0.0.1 localhost\n")
        # Nothing answers there: every lookup of a name fails, which is when glibc asks the modules behind `dns`.
        (self.root / "etc" / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
        self.certificates.parent.mkdir(parents=True)
        self._copy_certificates()
        self._add_modules()
        self._add_programs(programs)

    def run(self, program: str, *arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self.commands / program, *arguments], env={"PATH": os.environ["PATH"]} | (environment or {}),
            capture_output=True, text=True, timeout=60,
        )

    def add_program(self, name: str, file: Path) -> None:
        shutil.copy(file, self.root / "bin" / name)
        command = self.commands / name
        # Root needs no user namespace, and a namespace of its own would hide the users of the files.
        user = "" if os.geteuid() == 0 else "--map-root-user "
        command.write_text(f'#!/bin/sh\nexec unshare {user}--mount sh -c \'{_ENTER}\' "{self.root}" /bin/{name} "$@"\n')
        command.chmod(0o755)

    def _copy_certificates(self) -> None:
        for path in _HOST_CERTIFICATES:
            if os.path.exists(path):
                shutil.copy(path, self.certificates)
                return

    def _add_modules(self) -> None:
        module = self.directory / "hostile.so"
        compile_c(_HERE / "hostile-module.c", module, "-shared", "-fPIC", "-nostdlib")
        for library in _LIBRARIES:
            (self.root / library).mkdir(parents=True)
            for name in _MODULES:
                shutil.copy(module, self.root / library / f"libnss_{name}.so.2")

    def _add_programs(self, programs: Path) -> None:
        self.commands.mkdir()
        for name in _PROGRAMS:
            self.add_program(name, programs / name)


def compile_c(source: Path, target: Path, *options: str) -> None:
    subprocess.run(["clang", "-O1", "-w", *options, "-o", target, source], check=True, capture_output=True)


if __name__ == "__main__":
    print(BareRoot(Path(sys.argv[1]), Path(sys.argv[2])).commands)
