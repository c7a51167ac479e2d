"""WebSocket's frames (RFC 6455) and the service's frames inside of them, as far as standing between two others needs it."""

import asyncio
import secrets
from collections.abc import Iterator

CONTINUATION, BINARY, CLOSE, PING = 0x0, 0x2, 0x8, 0x9
_DATA = (CONTINUATION, BINARY)
_MASKED = 0x80


async def read_head(reader: asyncio.StreamReader) -> bytes:
    """The head of an HTTP request or answer."""
    return await reader.readuntil(b"\r\n\r\n")


async def read_frame(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Opcode and unmasked payload."""
    first, second = await reader.readexactly(2)
    length = second & 0x7F
    if length >= 126:
        length = int.from_bytes(await reader.readexactly(2 if length == 126 else 8), "big")
    mask = await reader.readexactly(4) if second & _MASKED else bytes(4)
    payload = await reader.readexactly(length)
    return first & 0x0F, _masked(payload, mask)


def frame(opcode: int, payload: bytes, final: bool = True, masked: bool = False) -> bytes:
    length = len(payload)
    head = bytes([(0x80 if final else 0) | opcode])
    bit = _MASKED if masked else 0
    if length < 126:
        head += bytes([bit | length])
    elif length < 1 << 16:
        head += bytes([bit | 126]) + length.to_bytes(2, "big")
    else:
        head += bytes([bit | 127]) + length.to_bytes(8, "big")
    if not masked:
        return head + payload
    mask = secrets.token_bytes(4)
    return head + mask + _masked(payload, mask)


def is_data(opcode: int) -> bool:
    return opcode in _DATA


def _masked(payload: bytes, mask: bytes) -> bytes:
    if not any(mask) or not payload:
        return payload
    size = len(payload)
    stream = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(stream, "big")).to_bytes(size, "big")


class ServiceFrames:
    """Cuts a stream into the protocol's frames: three bytes of length and what they announce. The client's begins with a header of its own."""

    def __init__(self, from_client: bool):
        self._buffer = b""
        self._awaits_header = from_client

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Complete frames; the first of a client with the header before it."""
        self._buffer += data
        while size := self._next_size():
            yield self._buffer[:size]
            self._buffer = self._buffer[size:]
            self._awaits_header = False

    def _next_size(self) -> int:
        start = 0
        if self._awaits_header:
            if self._buffer[:2] == b"ED":
                if len(self._buffer) < 7:
                    return 0
                start = 7 + int.from_bytes(self._buffer[4:7], "big")
            start += 4
        if len(self._buffer) < start + 3:
            return 0
        size = start + 3 + int.from_bytes(self._buffer[start:start + 3], "big")
        return size if len(self._buffer) >= size else 0
