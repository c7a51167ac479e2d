"""The archive that owners download, made once of the programs under test."""

import subprocess
from pathlib import Path

import pytest
from Environment.programs import ROOT, program


@pytest.fixture(scope="session")
def archive(directory: Path) -> Path:
    programs = Path(program("wa-connect")).parent
    made = subprocess.run(["sh", ROOT / "cpanel" / "package.sh", programs, directory], capture_output=True, text=True, check=True)
    return Path(made.stdout.strip())
