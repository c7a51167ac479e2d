"""A network on which everything goes wrong that can: it stands between a daemon and the sandbox, and obeys the test.

TLS ends here and begins anew, so that trouble can be made at any frame of the protocol. Each connection passes two places: bytes (TCP
and TLS as they are), then frames (with the sandbox's own certificate).
"""

import asyncio
import itertools
import random
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .deadline import free_port
from .sandbox import Sandbox
from .websocket_stream import BINARY, CLOSE, CONTINUATION, PING, ServiceFrames, frame, is_data, read_frame, read_head

_CHUNK = 1 << 16
_ON_ITS_WAY_S = 0.1
# Of each direction: with the handshake.
_QUIET_FRAMES = 3
# The length that stands before each frame.
_FRAME_HEAD = 3


@dataclass(frozen=True)
class Trouble:
    """What happens to one connection. Where nothing is said all goes well."""

    # The service's bytes, of TLS and all, that still pass.
    bytes_pass: int | None = None
    # Frames of the service, and of the client, that still pass.
    service_frames_pass: int | None = None
    client_frames_pass: int | None = None
    # What comes then: `cut`, `silence` (open, but nothing passes any more, either way), or the code of an orderly close.
    then: str | int = "cut"
    # The upgrade is answered with this status.
    status: int | None = None
    # As many of the service's first bytes come one by one.
    trickle: int = 0
    # Seconds that everything takes, either way.
    delay: float = 0.0
    # The service's frames come in random shapes: byte by byte, in fragments, several in one message, with pings between.
    shapes: bool = False
    # The share of frames, either way and after the first ones, that come twice, late, changed or not at all.
    noise: float = 0.0
    # Another certificate than the service's.
    certificate: tuple[str, str] | None = None


@dataclass(eq=False)
class Passage:
    """One connection through the network."""

    trouble: Trouble
    dialed_at: float
    # Nothing passes any more.
    is_silent: bool = False
    # No frame passes any more; what had passed may still be on its way.
    is_ended: bool = False
    is_open: bool = True
    frames: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    # Of each direction, the frame that the next one overtakes.
    held: dict[bool, bytes] = field(default_factory=dict)
    ends: list[asyncio.StreamWriter] = field(default_factory=list)

    def cut(self) -> None:
        self.is_open = False
        for end in self.ends:
            end.transport.abort()


class RoughNetwork:
    """Takes the sandbox's place in an `Installation` or `Household`; everything but the address is the sandbox's."""

    def __init__(self, sandbox: Sandbox, seed: int = 1):
        self._sandbox = sandbox
        self._random = random.Random(seed)
        self._plan: list[Trouble] = []
        self._always = Trouble()
        self._inner: dict[int, Passage] = {}
        self.passages: list[Passage] = []
        # Frames that met noise.
        self.disturbed = 0
        self._port = free_port()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="rough network", daemon=True).start()
        self._listener = None
        # One more listener for each certificate.
        self._frame_ports: dict[tuple[str, str], int] = {}
        directory = Path(sandbox.ca_file).parent
        self._certificate = (str(directory / "server.pem"), str(directory / "server.key"))
        self.open()

    def __getattr__(self, name: str):
        return getattr(self._sandbox, name)

    @property
    def url(self) -> str:
        return f"wss://localhost:{self._port}/ws/chat"

    # What tests order.

    def open(self) -> None:
        self._run(self._open())

    def close(self) -> None:
        """Nobody listens any more; open connections go on."""
        self._listener.close()
        self._listener = None

    def plan(self, *troubles: Trouble) -> None:
        """The next connections meet these, one each; later ones what `always` said."""
        self._call(lambda: self._plan.extend(troubles))

    def always(self, trouble: Trouble) -> None:
        self._call(lambda: setattr(self, "_always", trouble))

    @property
    def troubles_left(self) -> int:
        return len(self._plan)

    def cut_all(self, spared: Passage | None = None) -> None:
        self._call(lambda: [passage.cut() for passage in self.passages if passage.is_open and passage is not spared])

    def silence(self, passage: Passage) -> None:
        """It becomes half-dead."""
        self._call(lambda: setattr(passage, "is_silent", True))

    def open_passages(self) -> list[Passage]:
        return [passage for passage in self.passages if passage.is_open]

    def stop(self) -> None:
        self.cut_all()
        self._loop.call_soon_threadsafe(self._loop.stop)

    # The two places.

    async def _open(self) -> None:
        self._listener = await asyncio.start_server(self._bytes, "127.0.0.1", self._port)

    async def _frame_port(self, certificate: tuple[str, str]) -> int:
        if certificate not in self._frame_ports:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            server = await asyncio.start_server(self._frames, "127.0.0.1", 0, ssl=context)
            self._frame_ports[certificate] = server.sockets[0].getsockname()[1]
        return self._frame_ports[certificate]

    async def _bytes(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        passage = Passage(self._plan.pop(0) if self._plan else self._always, time.monotonic())
        passage.ends.append(writer)
        self.passages.append(passage)
        onward = await asyncio.open_connection("127.0.0.1", await self._frame_port(passage.trouble.certificate or self._certificate))
        self._inner[onward[1].get_extra_info("sockname")[1]] = passage
        passage.ends.append(onward[1])
        passed = itertools.count(1)

        async def back(data: bytes) -> None:
            limit = passage.trouble.bytes_pass
            for byte in data if limit is not None or passage.trouble.trickle else ():
                number = next(passed)
                if limit is not None and number > limit:
                    return self._trouble(passage, writer)
                if number <= passage.trouble.trickle:
                    # In a packet of its own.
                    await asyncio.sleep(0.001)
                writer.write(bytes([byte]))
            if limit is None and not passage.trouble.trickle:
                writer.write(data)

        if passage.trouble.bytes_pass == 0:
            passage.is_silent = True
            self._trouble(passage, writer)
        await self._pump_both(passage, (reader, self._forward(onward[1])), (onward[0], back))

    async def _frames(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        passage = self._inner.pop(writer.get_extra_info("peername")[1])
        passage.ends.append(writer)
        try:
            await self._upgraded(passage, reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            passage.cut()
        except AttributeError:
            # How a stream of asyncio says that its TLS was aborted under a write.
            if passage.is_open:
                raise

    async def _upgraded(self, passage: Passage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_head(reader)
        if passage.trouble.status is not None:
            writer.write(f"HTTP/1.1 {passage.trouble.status} Trouble\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()
            writer.close()
            return
        context = ssl.create_default_context(cafile=self._sandbox.ca_file)
        service, onward = await asyncio.open_connection("localhost", self._sandbox.tls_port, ssl=context)
        passage.ends.append(onward)
        onward.write(request)
        writer.write(await read_head(service))
        shape = self._shapes(writer) if passage.trouble.shapes else (lambda data: writer.write(frame(BINARY, data)))
        await asyncio.gather(
            self._relay(passage, service, writer, shape, from_client=False),
            self._relay(passage, reader, onward, lambda data: onward.write(frame(BINARY, data, masked=True)), from_client=True),
        )

    async def _relay(
        self, passage: Passage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, write: Callable[[bytes], object], from_client: bool
    ) -> None:
        frames = ServiceFrames(from_client)
        limit = passage.trouble.client_frames_pass if from_client else passage.trouble.service_frames_pass
        try:
            while True:
                opcode, payload = await read_frame(reader)
                if passage.trouble.delay:
                    await asyncio.sleep(passage.trouble.delay)
                if passage.is_ended:
                    continue
                if not is_data(opcode):
                    writer.write(frame(opcode, payload, masked=from_client))
                for data in frames.feed(payload) if is_data(opcode) else ():
                    if limit is not None and passage.frames[from_client] >= limit:
                        self._trouble(passage, passage.ends[2])
                        break
                    passage.frames[from_client] += 1
                    for noisy in self._noisy(passage, data, from_client):
                        write(noisy)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            if not passage.is_ended:
                self._finish(passage)

    def _noisy(self, passage: Passage, data: bytes, from_client: bool) -> list[bytes]:
        """What comes in the frame's place."""
        held = passage.held.pop(from_client, None)
        late = [] if held is None else [held]
        if passage.frames[from_client] <= _QUIET_FRAMES or self._random.random() >= passage.trouble.noise:
            return [data, *late]
        self.disturbed += 1
        match self._random.choice(("twice", "late", "changed", "missing")):
            case "twice":
                return [data, data, *late]
            case "late":
                passage.held[from_client] = data
                return late
            case "changed":
                place = self._random.randrange(_FRAME_HEAD, len(data))
                return [data[:place] + bytes([data[place] ^ 1]) + data[place + 1:], *late]
            case _:
                return late

    def _shapes(self, writer: asyncio.StreamWriter) -> Callable[[bytes], None]:
        """Writes the service's bytes as they may also come."""
        held = bytearray()

        def flush() -> None:
            if held and not writer.is_closing():
                writer.write(frame(BINARY, bytes(held)))
            held.clear()

        def write(data: bytes) -> None:
            kind = self._random.choice(("held", "held", "messages", "fragments", "bytes"))
            if kind == "held":
                # Several in one message.
                held.extend(data)
                self._loop.call_later(0.05, flush)
                return
            data = bytes(held) + data
            held.clear()
            if kind == "bytes" and len(data) <= 2_000:
                # Messages of one byte, in records of TLS of one byte.
                for byte in b"".join(frame(BINARY, data[index:index + 1]) for index in range(len(data))):
                    writer.write(bytes([byte]))
                return
            pieces = self._pieces(data)
            for index, piece in enumerate(pieces):
                if kind == "messages":
                    writer.write(frame(BINARY, piece))
                else:
                    writer.write(frame(CONTINUATION if index else BINARY, piece, final=index == len(pieces) - 1))
                    writer.write(frame(PING, b"?"))

        return write

    def _pieces(self, data: bytes) -> list[bytes]:
        # The first cuts go through the length of the frame.
        cuts = sorted({1, 2, *(self._random.randrange(1, len(data)) for _ in range(6))} & set(range(1, len(data))))
        return [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)])]

    # Ends.

    def _trouble(self, passage: Passage, writer: asyncio.StreamWriter) -> None:
        passage.is_ended = True
        # What has passed gets there.
        if passage.trouble.then == "silence":
            self._loop.call_later(_ON_ITS_WAY_S, setattr, passage, "is_silent", True)
        elif passage.trouble.then == "cut":
            self._loop.call_later(_ON_ITS_WAY_S, passage.cut)
        else:
            writer.write(frame(CLOSE, passage.trouble.then.to_bytes(2, "big")))
            writer.close()

    def _forward(self, writer: asyncio.StreamWriter) -> Callable:
        async def forward(data: bytes) -> None:
            writer.write(data)

        return forward

    async def _pump(self, passage: Passage, reader: asyncio.StreamReader, write: Callable) -> None:
        try:
            while data := await reader.read(_CHUNK):
                if not passage.is_silent:
                    await write(data)
        except OSError:
            pass

    async def _pump_both(self, passage: Passage, up: tuple[asyncio.StreamReader, Callable], down: tuple[asyncio.StreamReader, Callable]) -> None:
        async def back() -> None:
            await self._pump(passage, *down)
            # Of a half-dead connection the client does not even hear that it ended.
            if not passage.is_silent:
                self._finish(passage)

        backwards = asyncio.ensure_future(back())
        await self._pump(passage, *up)
        if passage.is_silent:
            passage.cut()
        self._finish(passage)
        await backwards

    def _finish(self, passage: Passage) -> None:
        """One side has closed: so does the other, behind what is still on its way."""
        passage.is_open = False
        for end in passage.ends:
            end.close()

    def _run(self, work) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def _call(self, work: Callable[[], object]) -> None:
        async def call() -> None:
            work()

        self._run(call())
