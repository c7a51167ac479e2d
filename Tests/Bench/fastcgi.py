"""A web server's side of FastCGI, as much as one request needs. Source: FastCGI specification 1.0."""

import socket
import struct

_BEGIN, _END, _PARAMETERS, _INPUT, _OUTPUT = 1, 3, 4, 5, 6
_RESPONDER = 1


def ask(connection: socket.socket, parameters: dict[str, str]) -> bytes:
    """Sends a request without a body and returns the answer, head and body."""
    pairs = b"".join(_pair(name.encode(), value.encode()) for name, value in parameters.items())
    connection.sendall(
        _record(_BEGIN, struct.pack(">HB5x", _RESPONDER, 0)) + _record(_PARAMETERS, pairs) + _record(_PARAMETERS, b"") + _record(_INPUT, b"")
    )
    stream, answer = connection.makefile("rb"), b""
    while head := stream.read(8):
        _, kind, _, length, padding = struct.unpack(">BBHHBx", head)
        content = stream.read(length + padding)[:length]
        if kind == _END:
            break
        if kind == _OUTPUT:
            answer += content
    return answer


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack(">BBHHBx", 1, kind, 1, len(content), 0) + content


def _pair(name: bytes, value: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(part) | 1 << 31) for part in (name, value)) + name + value
