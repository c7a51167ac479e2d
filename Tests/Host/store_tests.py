"""The tests of the module Store, each with a database of its own, on MySQL."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from Environment.programs import ROOT

from Host.mysql import MySQL

with tempfile.TemporaryDirectory(prefix="wa-") as directory:
    server = MySQL(Path(directory) / "mysql")
    try:
        tests = ["swift", "test", "--explicit-target-dependency-import-check", "error", "--no-parallel", "--filter", "StoreTests"]
        status = subprocess.run(tests, cwd=ROOT, env=os.environ | {"WA_TEST_DB_SOCKET": str(server.socket)}).returncode
    finally:
        server.stop()
sys.exit(status)
