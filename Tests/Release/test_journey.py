"""The whole product inside bare roots: paired, a message each way, webhooks, killed, stopped.

One root has its certificates where Ubuntu has them, the other where AlmaLinux has them; no configuration names the file, and
the sandbox's own authority is the only one in it, so that only a program that finds it connects.
"""

import json
import re
from pathlib import Path

import pytest
from Environment.deadline import until
from Environment.installation import Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox
from Environment.webhook_receiver import WebhookReceiver
from Release.bare_root import EL_CERTIFICATES, UBUNTU_CERTIFICATES, BareRoot

Installed = tuple[Installation, Sandbox, WebhookReceiver]

ROOTS = {"ubuntu": UBUNTU_CERTIFICATES, "el": EL_CERTIFICATES}


@pytest.fixture(scope="module", params=ROOTS)
def installed(request, directory: Path, programs: Path, mariadb: MariaDB):
    home = directory / request.param
    # Of its own: the numbers of two sandboxes are the same.
    webhooks = WebhookReceiver(home / "webhooks")
    root = BareRoot(home / "bare", programs, ROOTS[request.param])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WA_BIN_DIR", str(root.commands))
        sandbox = Sandbox(home / "sandbox")
        product = Installation(home / "wa", mariadb, sandbox, database=f"wa_{request.param}")
        root.certificates.write_bytes(Path(sandbox.ca_file).read_bytes())
        text = re.sub(r"^whatsapp\.ca_file.*\n", "", product.configuration.read_text(), flags=re.MULTILINE)
        product.configuration.write_text(text)
        product.command("webhooks", "add", webhooks.url, "--secret", "s")
        product.start()
        yield product, sandbox, webhooks
        # Also the daemon that the journey started detached.
        product.command("stop")
        product.stop()
        sandbox.stop()
        webhooks.stop()


def test_a_name_that_is_nowhere(installed: Installed):
    """A failed lookup is when glibc asks the modules that nsswitch.conf names beside `dns`."""
    product, _, _ = installed
    number = product.command("webhooks", "add", "http://no-such-name.invalid/", "--secret", "s").strip()
    product.command("webhooks", "test", number)

    def told() -> bool:
        rows = json.loads(product.command("webhooks", "deliveries", number, "--json"))
        return any("has no address" in (row["last_error"] or "") for row in rows)

    until(told, 30, "the failed lookup is recorded", product.daemon, interval=0.5)
    product.command("webhooks", "delete", number)


def test_a_journey(installed: Installed):
    product, sandbox, webhooks = installed
    api = product.api(product.create_key("tests"))
    phone, friend = sandbox.new_phone("Business"), sandbox.new_phone("Friend")
    phone.scan(api.post("session/connect").json["data"]["qr"])
    webhooks.wait("connection.connected", phone_number=phone.number)

    sent = api.send_text(friend.number, "from a bare root: مرحبا")["message_id"]
    assert friend.wait_message(id=sent)["text"] == "from a bare root: مرحبا"
    arrived = friend.send(phone.number, "and back")
    assert webhooks.wait("message.received", message_id=arrived).event["data"]["content"] == "and back"

    # An event whose answer a killed daemon could not record is given again after a minute, and later ones of the chat wait for it.
    until(lambda: "pending" not in product.command("webhooks", "deliveries", "--json"), 20, "all is delivered", product.daemon)
    product.daemon.kill()
    late = friend.send(phone.number, "while it was dead")
    product.command("ensure")
    assert webhooks.wait("message.received", message_id=late).event["data"]["content"] == "while it was dead"
    assert "connected" in product.command("status")
