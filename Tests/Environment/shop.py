"""An installation that is linked to a phone of its own, and linked anew as often as tests unlink it."""

from dataclasses import dataclass

from .api import API
from .deadline import until
from .installation import Installation
from .sandbox import Phone, Sandbox


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
