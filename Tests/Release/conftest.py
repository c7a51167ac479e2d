"""Everything here runs the static executables, most of it inside a root directory that has nothing else in it."""

import os
from pathlib import Path

import pytest
from Release.bare_root import BareRoot

# `make test` has development builds only; `make test-release` names the static executables in WA_BIN_DIR.
collect_ignore_glob = [] if "WA_BIN_DIR" in os.environ else ["test_*.py"]


@pytest.fixture(scope="session")
def programs() -> Path:
    """The directory of the executables under test."""
    return Path(os.environ["WA_BIN_DIR"]).resolve()


@pytest.fixture(scope="session")
def bare_root(directory: Path, programs: Path) -> BareRoot:
    return BareRoot(directory / "bare", programs)
