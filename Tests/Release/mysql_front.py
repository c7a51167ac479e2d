"""A server that logs clients in as MySQL 8 does, with caching_sha2_password, and hands them to a MariaDB behind it.

Checks the client's answers as the server would: "fast" knows the password's hash from an earlier login; "full" asks for the
password itself, in clear over a Unix socket, under its RSA key over TCP. Packets: MySQL internals manual, "Connection phase".
"""

import hashlib
import os
import socket
import struct
import subprocess
import threading
from pathlib import Path

_PLUGIN = b"caching_sha2_password"
_NATIVE = b"mysql_native_password"
_CLIENT_MYSQL, _COMPRESS, _SSL = 0x1, 0x20, 0x800
_SECURE, _PLUGIN_AUTH, _ATTRIBUTES, _LENENC = 0x8000, 0x80000, 0x100000, 0x200000
_WITH_DATABASE = 0x8
_OK = bytes([0, 0, 0, 2, 0, 0, 0])


class LoginFailed(Exception):
    """The client did not prove that it knows the password."""


class MySQLFront:
    """Serves on `listener`; `logins` holds "fast", "clear" or "rsa" for each login that went through."""

    def __init__(self, listener: socket.socket, directory: Path, mariadb_socket: Path, password: str, full: bool):
        self.listener, self.mariadb_socket = listener, mariadb_socket
        self.password, self.full = password.encode(), full
        self.logins: list[str] = []
        self.failures: list[str] = []
        self.private_key = directory / "rsa.pem"
        self.public_key = directory / "rsa-public.pem"
        _openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.private_key)
        _openssl("pkey", "-in", self.private_key, "-pubout", "-out", self.public_key)
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def close(self) -> None:
        # First the thread, then the descriptor: a thread that is late would accept on the next server's, which gets the same number.
        self.listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server:
            server.connect(str(self.mariadb_socket))
            try:
                sequence = self._log_in(client, server)
            except (LoginFailed, OSError, EOFError) as failure:
                self.failures.append(repr(failure))
                return
            _send(client, sequence, _OK)
            back = threading.Thread(target=_pump, args=(server, client), daemon=True)
            back.start()
            _pump(client, server)
            back.join()

    def _log_in(self, client: socket.socket, server: socket.socket) -> int:
        greeting = _Greeting(_receive(server)[1])
        nonce = bytes(byte % 127 + 1 for byte in os.urandom(20))
        _send(client, 0, greeting.as_mysql(nonce))
        sequence, packet = _receive(client)
        answer = _Response(packet)
        if answer.plugin != _PLUGIN:
            _send(client, sequence + 1, b"\xfe" + _PLUGIN + b"\0" + nonce + b"\0")
            sequence, answer.proof = _receive(client)
        try:
            way, sequence = self._check(client, sequence, answer.proof, nonce)
        except LoginFailed as failure:
            self.failures.append(str(failure))
            text = f"Access denied for user '{answer.user.decode()}'@'localhost' (using password: YES)"
            _send(client, sequence + 1, b"\xff" + struct.pack("<H", 1045) + b"#28000" + text.encode())
            raise
        self._log_in_behind(server, greeting, answer)
        self.logins.append(way)
        return sequence + 1

    def _check(self, client: socket.socket, sequence: int, proof: bytes, nonce: bytes) -> tuple[str, int]:
        once = hashlib.sha256(self.password).digest()
        mask = hashlib.sha256(hashlib.sha256(once).digest() + nonce).digest()
        if proof != _xor(once, mask):
            raise LoginFailed("the answer to the nonce is wrong")
        if not self.full:
            _send(client, sequence + 1, b"\x01\x03")
            return "fast", sequence + 1
        _send(client, sequence + 1, b"\x01\x04")
        sequence, packet = _receive(client)
        if packet != b"\x02":
            if client.family != socket.AF_UNIX:
                raise LoginFailed("something else than a request for the key came over the network")
            return self._same(packet, "clear"), sequence
        _send(client, sequence + 1, b"\x01" + self.public_key.read_bytes())
        sequence, sealed = _receive(client)
        hidden = _openssl(
            "pkeyutl", "-decrypt", "-inkey", self.private_key, "-pkeyopt", "rsa_padding_mode:oaep", data=sealed
        )
        return self._same(_xor(hidden, nonce * (len(hidden) // 20 + 1)), "rsa"), sequence

    def _same(self, given: bytes, way: str) -> str:
        if given != self.password + b"\0":
            raise LoginFailed("the password is wrong")
        return way

    def _log_in_behind(self, server: socket.socket, greeting: "_Greeting", answer: "_Response") -> None:
        """As the same user with the client's capabilities, so that everything after the login fits both."""
        flags = (answer.flags | _SECURE | _PLUGIN_AUTH) & ~(_SSL | _COMPRESS | _ATTRIBUTES | _LENENC)
        once = hashlib.sha1(self.password).digest()
        proof = _xor(once, hashlib.sha1(greeting.nonce + hashlib.sha1(once).digest()).digest())
        database = answer.database + b"\0" if flags & _WITH_DATABASE else b""
        head = struct.pack("<IIB23x", flags, 1 << 24, answer.charset)
        _send(server, 1, head + answer.user + b"\0" + bytes([len(proof)]) + proof + database + _NATIVE + b"\0")
        verdict = _receive(server)[1]
        if verdict[0] != 0:
            raise LoginFailed(f"MariaDB behind the front says {verdict!r}")


class _Greeting:
    """What MariaDB says first."""

    def __init__(self, packet: bytes):
        end = packet.index(b"\0", 1)
        self.thread, first = struct.unpack_from("<I8s", packet, end + 1)
        rest = end + 14
        low, self.charset, self.status, high = struct.unpack_from("<HBHH", packet, rest)
        self.flags = low | high << 16
        self.nonce = first + packet[rest + 18 : rest + 30]

    def as_mysql(self, nonce: bytes) -> bytes:
        """The same as MySQL 8 would say it; with CLIENT_MYSQL, or the client expects MariaDB's extensions."""
        flags = (self.flags | _CLIENT_MYSQL | _SECURE | _PLUGIN_AUTH) & ~(_SSL | _COMPRESS) & 0xFFFFFFFF
        return (
            b"\x0a" + b"8.4.6\0" + struct.pack("<I", self.thread) + nonce[:8] + b"\0"
            + struct.pack("<HBHHB10x", flags & 0xFFFF, self.charset, self.status, flags >> 16, 21) + nonce[8:] + b"\0" + _PLUGIN + b"\0"
        )


class _Response:
    """The client's answer to the greeting."""

    def __init__(self, packet: bytes):
        self.flags, _, self.charset = struct.unpack_from("<IIB", packet)
        self.user, rest = packet[32:].split(b"\0", 1)
        length = rest[0]
        self.proof, rest = rest[1 : 1 + length], rest[1 + length :]
        self.database = b""
        if self.flags & _WITH_DATABASE:
            self.database, rest = rest.split(b"\0", 1)
        self.plugin = rest.split(b"\0", 1)[0]


def _send(to: socket.socket, sequence: int, packet: bytes) -> None:
    to.sendall(struct.pack("<I", len(packet) | (sequence & 0xFF) << 24) + packet)


def _receive(source: socket.socket) -> tuple[int, bytes]:
    head = struct.unpack("<I", _exactly(source, 4))[0]
    return head >> 24, _exactly(source, head & 0xFFFFFF)


def _exactly(source: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = source.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right))


def _openssl(*arguments, data: bytes | None = None) -> bytes:
    return subprocess.run(["openssl", *map(str, arguments)], input=data, capture_output=True, check=True).stdout
