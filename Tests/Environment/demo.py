"""`make demo`: a complete installation on the simulated service, left running until `make demo-stop`.

Starts MariaDB, wa-sandbox, nginx, the daemon and its responder in `.demo/`, links the number of a simulated
phone, sends a message to a second one, and prints what to open and to try.
"""

import shutil
import sys

from .api import API
from .deadline import accepts_tcp, until
from .installation import Installation
from .kept_processes import KeptProcesses
from .mariadb import MariaDB
from .process import Process
from .programs import ROOT, program
from .sandbox import Phone, Sandbox

_DIRECTORY = ROOT / ".demo"
_KEPT = KeptProcesses(_DIRECTORY / "processes.json")
# Tried first, so that the address stays the same from one demo to the next.
_PORT = 8088
_CONNECT_TIMEOUT_S = 30.0
_ANSWER = "Thanks, got it!"


def main() -> int:
    match sys.argv[1:]:
        case ["start"]:
            _stop()
            _start()
        case ["stop"]:
            _stop()
        case _:
            print("usage: python3 -m Environment.demo start|stop", file=sys.stderr)
            return 2
    return 0


def _start() -> None:
    shutil.rmtree(_DIRECTORY, ignore_errors=True)
    _DIRECTORY.mkdir()
    try:
        _run()
    except BaseException:
        _KEPT.stop_all()
        print(f"The demo could not start; logs are in {_DIRECTORY}", file=sys.stderr)
        raise


def _stop() -> None:
    if stopped := _KEPT.stop_all():
        print(f"Stopped: {', '.join(stopped)}")


def _run() -> None:
    mariadb = MariaDB(_DIRECTORY / "mariadb", survives=True)
    _KEPT.add(mariadb.process)
    sandbox = Sandbox(_DIRECTORY / "sandbox", survives=True)
    _KEPT.add(sandbox.process)
    port = None if accepts_tcp(_PORT) else _PORT
    product = Installation(_DIRECTORY / "wa-connect", mariadb, sandbox, port=port, survives=True)
    _KEPT.add(product.nginx.process)
    product.start()
    _KEPT.add(product.daemon)

    shop, customer = sandbox.new_phone("Amal's shop"), sandbox.new_phone("Salim")
    customer.answer_with(_ANSWER)
    api = product.api(product.create_key("demo"))
    _link(api, shop, product.daemon)
    sent = api.send_text(customer.number, "Hello from WA-Connect!")
    received = customer.wait_message(id=sent["message_id"])
    _print(api, sandbox, shop, customer, received["text"])


def _link(api: API, phone: Phone, daemon: Process) -> None:
    """Scans the API's QR code with the phone, and waits until the session is connected."""
    phone.scan(api.post("session/connect").json["data"]["qr"])
    until(
        lambda: api.get("session/status").json["data"]["status"] == "connected",
        _CONNECT_TIMEOUT_S, "the session is connected", daemon, interval=1.0,
    )


def _print(api: API, sandbox: Sandbox, shop: Phone, customer: Phone, text: str) -> None:
    command = f"WA_SANDBOX_CONTROL={sandbox.control_url} {program('wa-sandbox')} phone messages {customer.number}"
    print(f"""
WA-Connect runs, linked to the simulated phone {shop.number} ({shop.name}).
The phone {customer.number} ({customer.name}) has received: {text}

Open      {api.base_url}/health
API key   {api.key}
Send      curl -X POST {api.base_url}/messages/send-text \\
            -H 'X-API-Key: {api.key}' -H 'Content-Type: application/json' \\
            -d '{{"to": "{customer.number}", "message": "Hello!"}}'
Log       curl -H 'X-API-Key: {api.key}' {api.base_url}/messages/log
Phone     {command}
Files     {_DIRECTORY}
Stop      make demo-stop
""")


if __name__ == "__main__":
    sys.exit(main())
