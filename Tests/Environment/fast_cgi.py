"""A web server's side of FastCGI that passes a body on as slowly as a test likes, without any buffer in between."""

import socket
import struct
from pathlib import Path


class SlowRequest:
    """One request on a connection of its own. Source: FastCGI specification 1.0."""

    def __init__(self, path: Path, parameters: dict[str, str]):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(40)
        self._socket.connect(str(path))
        self._record(1, struct.pack(">HB5x", 1, 0))
        self._record(4, b"".join(self._pair(name) + self._pair(value) + name.encode() + value.encode() for name, value in parameters.items()))
        self._record(4, b"")

    def body(self, part: bytes) -> None:
        """Some of the body; an empty part ends it."""
        self._record(5, part)

    def answer(self) -> bytes:
        """Status, headers and body, as the program wrote them."""
        received = b""
        while part := self._socket.recv(65_536):
            received += part
        out = b""
        while len(received) >= 8:
            kind, length, padding = received[1], int.from_bytes(received[4:6]), received[6]
            if kind == 6:
                out += received[8 : 8 + length]
            received = received[8 + length + padding :]
        return out

    def close(self) -> None:
        self._socket.close()

    def _record(self, kind: int, content: bytes) -> None:
        self._socket.sendall(struct.pack(">BBHHBx", 1, kind, 1, len(content), 0) + content)

    @staticmethod
    def _pair(text: str) -> bytes:
        length = len(text.encode())
        return bytes([length]) if length < 128 else struct.pack(">I", length | 1 << 31)
