"""An installation for tests that unlink, disconnect and flood, so that the one of all other tests keeps its peace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox
from Environment.shop import Shop



@pytest.fixture(scope="session")
def shop(directory: Path, mariadb: MariaDB, sandbox: Sandbox) -> Iterator[Shop]:
    product = Installation(directory / "shop", mariadb, sandbox, database="shop")
    product.start()
    running = Shop(product, sandbox, sandbox.new_phone("Shop of the reference"), product.api(product.create_key("shop", *UNLIMITED)))
    running.link()
    yield running
    product.stop()
