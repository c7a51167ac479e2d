"""A web server that says on a raw connection what a test wants: truths, lies, or nothing."""

import socket
import threading
from collections.abc import Callable

Answer = Callable[[socket.socket, threading.Event], None]


class FileServer:
    """Paths are given by `serve`; every other one is 404. `asked` are the paths of all requests."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._answers: dict[str, Answer] = {}
        self._stopped = threading.Event()
        self.asked: list[str] = []
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def serve(self, path: str, answer: Answer | bytes, content_type: str = "application/octet-stream") -> str:
        """Returns the address."""
        if isinstance(answer, bytes):
            answer = whole(answer, content_type)
        self._answers["/" + path] = answer
        return f"{self.base_url}/{path}"

    def stop(self) -> None:
        self._stopped.set()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                part = connection.recv(65_536)
                if not part:
                    return
                request += part
            path = request.split(b" ", 2)[1].decode()
            self.asked.append(path)
            try:
                self._answers.get(path, status(404))(connection, self._stopped)
            except OSError:
                pass  # the client has had enough


def whole(content: bytes, content_type: str = "application/octet-stream") -> Answer:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n"
    return lambda connection, _: connection.sendall(head.encode() + content)


def status(code: int) -> Answer:
    return lambda connection, _: connection.sendall(f"HTTP/1.1 {code} X\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx".encode())


def redirect(location: str) -> Answer:
    return lambda connection, _: connection.sendall(
        f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())


def raw(*parts: bytes) -> Answer:
    def answer(connection: socket.socket, _: threading.Event) -> None:
        for part in parts:
            connection.sendall(part)

    return answer


def endless(connection: socket.socket, stopped: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n")
    while not stopped.is_set():
        connection.sendall(bytes(65_536))


def silent(connection: socket.socket, stopped: threading.Event) -> None:
    stopped.wait()


def stalled(connection: socket.socket, stopped: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx")
    stopped.wait()
