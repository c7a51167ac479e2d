"""An installation for tests that unlink, disconnect and flood, so that the one of all other tests keeps its peace."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from Environment.api import API
from Environment.deadline import until
from Environment.installation import Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Phone, Sandbox

UNLIMITED = ("--daily-limit", "0", "--general-limit", "0", "--send-limit", "0")


@dataclass
class Shop:
    installation: Installation
    sandbox: Sandbox
    phone: Phone
    api: API

    def link(self) -> None:
        """Connects, scanning a QR code where the phone is not linked."""

        def connected() -> bool:
            answer = self.api.post("session/connect")
            data = answer.json.get("data", {})
            if "qr" in data:
                self.phone.scan(data["qr"])
            return data.get("status") == "connected"

        until(connected, 60, "the shop is connected", self.installation.daemon, interval=0.2)


@pytest.fixture(scope="session")
def shop(directory: Path, mariadb: MariaDB, sandbox: Sandbox) -> Iterator[Shop]:
    product = Installation(directory / "shop", mariadb, sandbox, database="shop")
    product.start()
    running = Shop(product, sandbox, sandbox.new_phone("Shop of the reference"), product.api(product.create_key("shop", *UNLIMITED)))
    running.link()
    yield running
    product.stop()
