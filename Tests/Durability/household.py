"""An installation that is made to die, and everybody who would notice if it lost or doubled something."""

import signal
import socket
import time
import uuid
from pathlib import Path

from Environment.deadline import until
from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver
from Environment.wire_log import Expired
from Interop.peer import WhatsmeowPeer

# A step is reached, or a daemon connected, within this on a busy machine.
_STEP_TIMEOUT_S = 30.0


def unique(text: str) -> str:
    return f"{uuid.uuid4().hex[:8]} {text}"


class Household:
    """`business` is linked to the daemon; `customer` is a phone with whatsmeow as a second device."""

    def __init__(self, directory: Path, name: str, mariadb: MariaDB, sandbox: Sandbox, **configuration: object):
        self.sandbox = sandbox
        self.webhooks = WebhookReceiver(directory / f"{name}-webhooks")
        self.product = Installation(directory / name, mariadb, sandbox, database=f"wa_{name}", **configuration)
        self.product.command("webhooks", "add", self.webhooks.url)
        self.api = self.product.api(self.product.create_key("tests", *UNLIMITED))
        self.business = sandbox.new_phone(f"Business of {name}")
        self.customer = sandbox.new_phone(f"Customer of {name}")
        self.peer: WhatsmeowPeer | None = None

    def link(self) -> None:
        self.product.start()
        self.business.scan(self.api.post("session/connect").json["data"]["qr"])
        self.wait_connected(0)

    def link_whatsmeow(self, directory: Path) -> None:
        """The customer's second device."""
        peer = WhatsmeowPeer(directory, self.sandbox.tls_port, self.sandbox.ca_file, self.sandbox.root_key)
        self.peer = peer
        peer.command("pair")
        self.customer.scan(peer.wait("qr")["code"])
        peer.wait("connected")
        self.customer.wait_settled()

    # Life and death.

    def restart(self, kill_at: str | None = None, freeze_at: str | None = None) -> None:
        """A daemon in place of the one that runs or ran, connected; it kills or freezes itself at the named step."""
        if self.product.daemon is not None and self.product.daemon.is_running():
            self.product.daemon.kill()
        before = self.connections()
        self.product.start(WA_KILL_AT=kill_at or "", WA_STOP_AT=freeze_at or "")
        self.wait_connected(before)

    def start_to_die(self, kill_at: str) -> None:
        """A daemon that kills itself at a step on its way to being connected."""
        if self.product.daemon.is_running():
            self.product.daemon.kill()
        try:
            self.product.start(WA_KILL_AT=kill_at)
        except Expired:
            # Dead before its sockets were there.
            assert not self.product.daemon.is_running()
        self.wait_killed()

    def wait_killed(self) -> None:
        """The daemon reaches the step and is gone."""
        daemon = self.product.daemon
        assert daemon.ended_within(_STEP_TIMEOUT_S), f"the step was not reached:\n{self.log_tail()}"
        assert daemon.child.wait() == -signal.SIGKILL, daemon.log_tail()

    def connections(self) -> int:
        """How often a number of this installation was connected so far."""
        return int(self.product.sql("SELECT COUNT(*) FROM wa_webhook_deliveries WHERE event = 'connection.connected';"))

    def wait_connected(self, before: int, timeout: float = _STEP_TIMEOUT_S) -> None:
        until(lambda: self.connections() > before, timeout, "the number is connected", self.product.daemon, interval=0.1)

    def ring(self, *sessions: int) -> None:
        """Says that their owner wants them connected now, as the API does, and waits for nothing."""
        for session in sessions:
            with socket.socket(socket.AF_UNIX) as bell:
                bell.connect(str(self.product.run_directory / "doorbell.sock"))
                bell.sendall(f"session {session}\n".encode())

    def eventually(self, ready, what: str, timeout: float = _STEP_TIMEOUT_S) -> None:
        """Waits for what the database or the API will say."""
        deadline = time.monotonic() + timeout
        while not ready():
            if time.monotonic() > deadline:
                raise Expired(f"{what}: not within {timeout} s\n{self.log_tail()}")
            self.product.daemon.ended_within(0.1)

    def log_tail(self) -> str:
        log = self.product.directory / "wa-connect.log"
        return log.read_bytes()[-4000:].decode("utf-8", "replace") if log.exists() else ""

    # Traffic.

    def send(self, text: str, to: Phone | None = None, **headers: str) -> str:
        """Through the API, whether the daemon lives to answer or not; returns the message id."""
        answer = self.api.post("messages/send-text", {"to": (to or self.customer).number, "message": text}, headers=headers)
        assert answer.status == 200 and answer.json["data"]["status"] in ("sent", "pending"), (answer.status, answer.body)
        return answer.json["data"]["message_id"]

    def wait_sent(self, message_id: str, text: str, to: Phone | None = None) -> None:
        """Everybody has it: the phones, whatsmeow, the webhook, the log."""
        receiver = to or self.customer
        assert receiver.wait_message(id=message_id)["text"] == text
        assert self.business.wait_message(id=message_id)["text"] == text
        if self.peer is not None and receiver is self.customer:
            assert self.peer.wait("message", id=message_id)["text"] == text
        self.webhooks.wait("message.sent", message_id=message_id)
        self.eventually(lambda: self.status(message_id) in ("sent", "delivered"), f"{message_id} is sent")

    def wait_received(self, message_id: str, text: str, sender: Phone | None = None) -> None:
        """The owner's site has it, the log has it, and the sender was told."""
        delivery = self.webhooks.wait("message.received", message_id=message_id)
        assert delivery.event["data"]["content"] == text
        if sender is not None:
            assert sender.wait_message(id=message_id, status="delivered")
        self.eventually(lambda: self.status(message_id) == "received", f"{message_id} is in the log")

    def status(self, message_id: str) -> str:
        answer = self.api.get(f"messages/{message_id}")
        return answer.json["data"]["status"] if answer.status == 200 else f"HTTP {answer.status}"

    def stop(self) -> None:
        if self.peer is not None:
            self.peer.close()
        self.product.stop()
        self.webhooks.stop()
