"""`make demo`: a complete installation on the simulated service, until Ctrl-C.

Starts MariaDB, wa-sandbox, nginx, the daemon and its responder in `.demo/`, links the number of a simulated phone, sends a
message to a second one, waits for its answer, and says what to open and to try. `--live` leaves the sandbox out and shows
a QR code for a real phone.
"""

import shutil
import signal
import sys
from contextlib import ExitStack

from .api import API
from .deadline import accepts_tcp
from .installation import Installation
from .mariadb import MariaDB
from .programs import ROOT, program
from .sandbox import Phone, Sandbox
from .webhook_receiver import WebhookReceiver

_DIRECTORY = ROOT / ".demo"
# Tried first, so that the address stays the same from one demo to the next.
_PORT = 8088
_ANSWER = "Thanks, got it!"


def main() -> int:
    match sys.argv[1:]:
        case []:
            run = _simulated
        case ["--live"]:
            run = _live
        case _:
            print("usage: python3 -m Environment.demo [--live]", file=sys.stderr)
            return 2
    # Ctrl-C and a terminal that closes end it alike.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    shutil.rmtree(_DIRECTORY, ignore_errors=True)
    _DIRECTORY.mkdir()
    with ExitStack() as servers:
        try:
            run(servers)
            print("Ctrl-C stops it all.", flush=True)
            signal.pause()
        except KeyboardInterrupt:
            # A second Ctrl-C must not leave half of it running.
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            print("\nStopping …", flush=True)
        except Exception as error:
            print(f"\nThe demo could not start: {error}\nLogs are in {_DIRECTORY}", file=sys.stderr)
            return 1
    print(f"Stopped. Logs and data are in {_DIRECTORY} until the next demo.")
    return 0


def _interrupt(_number, _frame) -> None:
    raise KeyboardInterrupt


def _simulated(servers: ExitStack) -> None:
    sandbox = Sandbox(_DIRECTORY / "sandbox")
    servers.callback(sandbox.stop)
    _say(f"wa-sandbox plays WhatsApp at {sandbox.url}")
    product, webhooks = _installation(servers, sandbox)
    shop, customer = sandbox.new_phone("Amal's shop"), sandbox.new_phone("Salim")
    customer.answer_with(_ANSWER)
    api = product.api(product.create_key("demo"))
    shop.scan(api.post("session/connect").json["data"]["qr"])
    webhooks.wait("connection.connected", phone_number=shop.number)
    _say(f"linked to the simulated phone {shop.number} ({shop.name}) by its QR code")
    sent = api.send_text(customer.number, "Hello from WA-Connect!")
    shown = customer.wait_message(id=sent["message_id"])
    _say(f"sent: the phone {customer.number} ({customer.name}) shows “{shown['text']}”")
    answer = webhooks.wait("message.received", content=_ANSWER)
    _say(f"answered: your webhook got {answer.body.decode()}")
    _print_what_to_try(api, customer.number)
    control = f"WA_SANDBOX_CONTROL={sandbox.control_url} {program('wa-sandbox')} phone"
    print(f"The phone     {control} messages {customer.number}")
    print(f"It writes     {control} send {customer.number} {shop.number} 'Are you open?'\n")


def _live(servers: ExitStack) -> None:
    product, _ = _installation(servers, None)
    print("\nOn your phone: WhatsApp, Settings, Linked devices, Link a device; then scan this code.\n", flush=True)
    if product.show("sessions", "connect", "default") != 0:
        raise RuntimeError("the session was not connected, see above")
    _print_what_to_try(product.api(product.create_key("demo")), "<number with country code>")


def _installation(servers: ExitStack, sandbox: Sandbox | None) -> tuple[Installation, WebhookReceiver]:
    mariadb = MariaDB(_DIRECTORY / "mariadb")
    servers.callback(mariadb.stop)
    webhooks = WebhookReceiver(_DIRECTORY / "webhooks")
    servers.callback(webhooks.stop)
    product = Installation(_DIRECTORY / "wa-connect", mariadb, sandbox, port=None if accepts_tcp(_PORT) else _PORT)
    servers.callback(product.stop)
    product.command("webhooks", "add", webhooks.url, "--secret", "demo secret")
    product.start()
    _say("MariaDB, nginx, the daemon and its responder run; the tables are made; a PHP page waits for webhooks")
    return product, webhooks


def _say(line: str) -> None:
    print(f"  ✓ {line}", flush=True)


def _print_what_to_try(api: API, number: str) -> None:
    print(f"""
Open          {api.base_url}/health
API key       {api.key}
Send          curl -X POST {api.base_url}/messages/send-text \\
                -H 'X-API-Key: {api.key}' -H 'Content-Type: application/json' \\
                -d '{{"to": "{number}", "message": "Hello!"}}'
The log       curl -H 'X-API-Key: {api.key}' {api.base_url}/messages/log
Files, logs   {_DIRECTORY}""")


if __name__ == "__main__":
    sys.exit(main())
