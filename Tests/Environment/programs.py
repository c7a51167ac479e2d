"""Where the programs under test are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def program(name: str) -> str:
    """Path of wa-connect, wa-connect-fcgi or wa-sandbox; WA_BIN_DIR names another build than the development one."""
    path = Path(os.environ.get("WA_BIN_DIR", ROOT / ".build" / "debug")) / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is not built; run `make build`")
    return str(path)
