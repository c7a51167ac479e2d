"""An HTTP CONNECT proxy that leads a few fixed names to local ports and refuses everything else.

whatsmeow's addresses are constants (web.whatsapp.com, the media hosts). Through this proxy they end
at the sandbox; a request for any other place is refused and reported, so that a test can assert that
nothing tried to leave the machine.
"""

import socket
import threading
from collections.abc import Callable

_HEAD_LIMIT = 8192
_HEAD_TIMEOUT_S = 10


class ConnectProxy:
    """Serves on `listener`; `routes` maps "host:port" to a local (host, port)."""

    def __init__(
        self,
        listener: socket.socket,
        routes: dict[str, tuple[str, int]],
        refused: Callable[[str], None],
    ):
        self.listener = listener
        self.routes = routes
        self.refused = refused

    def start(self) -> None:
        threading.Thread(target=self._accept, name="connect-proxy", daemon=True).start()

    def _accept(self) -> None:
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        upstream = None
        try:
            client.settimeout(_HEAD_TIMEOUT_S)
            method, target = _request_line(client)
            route = self.routes.get(target) if method == "CONNECT" else None
            if route is None:
                self.refused(f"{method} {target}")
                client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                return
            upstream = socket.create_connection(route, timeout=_HEAD_TIMEOUT_S)
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            client.settimeout(None)
            upstream.settimeout(None)
            back = threading.Thread(target=_pump, args=(upstream, client), daemon=True)
            back.start()
            _pump(client, upstream)
            back.join()
        except (OSError, ValueError):
            pass  # either side went away; the other one sees the close below
        finally:
            client.close()
            if upstream is not None:
                upstream.close()


def _request_line(client: socket.socket) -> tuple[str, str]:
    head = b""
    while b"\r\n\r\n" not in head:
        # One byte at a time: whatever follows the head belongs to the tunnel.
        byte = client.recv(1)
        if not byte or len(head) >= _HEAD_LIMIT:
            raise ValueError("no complete request head")
        head += byte
    method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
    return method, target


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    try:
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass
