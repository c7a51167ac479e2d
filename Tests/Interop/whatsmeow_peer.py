#!/usr/bin/env python3
"""A WhatsApp client that is not ours: whatsmeow, as PyPI's neonize ships it, as a process of its own.

Commands come as JSON lines on stdin, `{"id": 1, "do": "send", ...}`; answers `{"reply": 1, "ok": true, ...}`
and events `{"event": "message", ...}` go out as JSON lines on stdout. whatsmeow's own log (every stanza
in and out) goes to stderr.

Commands: pair, pair_phone(number), connect, send(to, text), send_content(to, content),
send_file(to, kind, file, mimetype, fields, wrap, album), set_name(name), contact(jid), react(chat, sender, message_id, emoji),
edit(chat, message_id, text), revoke(chat, sender, message_id), poll(to, name, options), vote(message_id, options),
reject_call(caller, call_id), download(message_id), mark_read(ids, chat, sender), on_whatsapp(number), status,
create_group(subject, members), group(jid), change_group(jid, members, action), leave_group(jid), disconnect,
logout, quit. Events: qr, paired, connected, disconnected, message, receipt, undecryptable, stream_error,
stream_replaced, logged_out, connect_failure, client_outdated, temporary_ban, identity_change, secret_rotated, call_offer,
call_notice, call_ended, typing, history,
offline_preview, offline_done, stopped, refused.

Only the address of the sandbox is reachable: the library is given a proxy and a CA file of its own.
"""

import argparse
import json
import os
import queue
import socket
import sys
import threading
import traceback

_LISTENER = "WHATSMEOW_PEER_LISTENER"


def main() -> None:
    options = _options()
    if _LISTENER not in os.environ:
        _restart_with_environment(options)
    # neonize and the Go code print to descriptor 1; stdout belongs to the protocol.
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    emit = _Emitter(lines)
    _start_proxy(options, emit)
    from whatsmeow_session import WhatsmeowSession  # loads the Go library, so only now

    session = WhatsmeowSession(options.db, bytes.fromhex(options.root_key), emit, quiet=options.quiet)
    _serve(session, emit)
    lines.flush()
    # The Go runtime's threads never end by themselves.
    os._exit(0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--db", required=True, help="SQLite file of the device store; created when absent")
    parser.add_argument("--root-key", required=True, help="64 hex digits: root of the sandbox's Noise certificates")
    parser.add_argument("--ca", required=True, help="PEM file: the only TLS authority that is trusted")
    parser.add_argument(
        "--route",
        action="append",
        required=True,
        metavar="HOST:PORT=HOST:PORT",
        help="where an address leads, e.g. web.whatsapp.com:443=127.0.0.1:8443; all others are refused",
    )
    parser.add_argument("--quiet", action="store_true", help="log warnings only; without it every stanza")
    return parser.parse_args()


def _restart_with_environment(options: argparse.Namespace) -> None:
    """Go reads the environment of the process image, not what Python changes later: start anew with it."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.set_inheritable(True)
    proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
    environment = {key: value for key, value in os.environ.items() if key.lower() not in ("no_proxy", "all_proxy")}
    environment |= {
        _LISTENER: str(listener.fileno()),
        "HTTPS_PROXY": proxy,
        "HTTP_PROXY": proxy,
        "https_proxy": proxy,
        "http_proxy": proxy,
        "SSL_CERT_FILE": options.ca,
        "SSL_CERT_DIR": os.path.join(os.path.dirname(os.path.abspath(options.ca)), "no-other-authorities"),
        # neonize marks private messages with <bot biz_bot="1"/> unless told not to; plain whatsmeow does not.
        "NEONIZE_BOT_TAG": "off",
        "PYTHONUNBUFFERED": "1",
    }
    os.execve(sys.executable, [sys.executable, *sys.argv], environment)


def _start_proxy(options: argparse.Namespace, emit) -> None:
    from connect_proxy import ConnectProxy

    routes = {}
    for route in options.route:
        name, _, target = route.partition("=")
        host, _, port = target.rpartition(":")
        routes[name] = (host, int(port))
    listener = socket.socket(fileno=int(os.environ[_LISTENER]))
    ConnectProxy(listener, routes, lambda target: emit({"event": "refused", "target": target})).start()


class _Emitter:
    """Writes one JSON line at a time, from whichever thread; text stays as it is, escaped to ASCII."""

    def __init__(self, lines):
        self.lines = lines
        self.lock = threading.Lock()

    def __call__(self, record: dict) -> None:
        with self.lock:
            self.lines.write(json.dumps(record) + "\n")
            self.lines.flush()


def _serve(session, emit) -> None:
    """Runs commands one after another on a thread of their own, so that a slow one cannot block `quit`."""
    pending: queue.Queue = queue.Queue()
    threading.Thread(target=_run_commands, args=(session, emit, pending), daemon=True).start()
    for line in sys.stdin:
        command = json.loads(line)
        if command["do"] == "quit":
            emit({"reply": command["id"], "ok": True})
            return
        pending.put(command)


def _run_commands(session, emit, pending: queue.Queue) -> None:
    while True:
        command = pending.get()
        arguments = {key: value for key, value in command.items() if key not in ("id", "do")}
        try:
            result = session.commands[command["do"]](**arguments)
            emit({"reply": command["id"], "ok": True, **(result or {})})
        except Exception as error:  # whatever whatsmeow says is the answer of this command
            traceback.print_exc()
            emit({"reply": command["id"], "ok": False, "error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main()
