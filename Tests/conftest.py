"""The environment of the integration and interop tests, built once for the whole run.

MariaDB, wa-sandbox, one installation (daemon, responder, nginx) and a PHP webhook receiver, all in one
directory of their own, which is removed unless a test failed.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from Environment.api import API
from Environment.file_server import FileServer
from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WEBHOOK_SECRET, WebhookReceiver
from Host.mysql import MySQL
from Interop.peer import WhatsmeowPeer


@pytest.fixture(scope="session")
def directory(request) -> Path:
    # Short, because the path of a Unix socket is limited to about 100 characters.
    path = Path(tempfile.mkdtemp(prefix="wa-"))
    yield path
    if request.session.testsfailed:
        print(f"\nLogs of the failed run: {path}")
    else:
        shutil.rmtree(path)


@pytest.fixture(scope="session")
def mariadb(directory: Path) -> MariaDB:
    """WA_DATABASE=mysql puts MySQL in its place (`make test-host`)."""
    server = (MySQL if os.environ.get("WA_DATABASE") == "mysql" else MariaDB)(directory / "mariadb")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sandbox(directory: Path) -> Sandbox:
    service = Sandbox(directory / "sandbox")
    yield service
    service.stop()


@pytest.fixture(scope="session")
def webhooks(directory: Path) -> WebhookReceiver:
    receiver = WebhookReceiver(directory / "webhooks")
    yield receiver
    receiver.stop()


@pytest.fixture(scope="session")
def file_server() -> FileServer:
    server = FileServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def installation(directory: Path, mariadb: MariaDB, sandbox: Sandbox, webhooks: WebhookReceiver) -> Installation:
    product = Installation(directory / "installation", mariadb, sandbox)
    product.command("webhooks", "add", webhooks.url, "--secret", WEBHOOK_SECRET)
    product.start()
    yield product
    product.stop()


@pytest.fixture(scope="session")
def api(installation: Installation) -> API:
    """With a key that may do everything and is never limited."""
    return installation.api(installation.create_key("tests", *UNLIMITED))


@pytest.fixture(scope="session")
def business(sandbox: Sandbox, api: API, webhooks: WebhookReceiver) -> Phone:
    """The phone whose number the daemon is linked to."""
    phone = sandbox.new_phone("Business")
    answer = api.post("session/connect")
    assert answer.status == 200, (answer.status, answer.body)
    assert answer.json["data"]["status"] == "qr_ready", answer.json
    phone.scan(answer.json["data"]["qr"])
    webhooks.wait("connection.connected", phone_number=phone.number)
    return phone


@pytest.fixture
def whatsmeow(sandbox: Sandbox, directory: Path):
    """Makes whatsmeow clients: `whatsmeow("name")`; the same name again is the same device."""
    peers = []

    def make(name: str) -> WhatsmeowPeer:
        peer = WhatsmeowPeer(directory / "whatsmeow" / name, sandbox.tls_port, sandbox.ca_file, sandbox.root_key)
        peers.append(peer)
        return peer

    yield make
    for peer in peers:
        peer.close()
