"""Small files of every kind that the API takes, made without any other program."""

import base64
import io
import math
import re
import secrets
import struct
import wave
import zlib
from pathlib import Path

_FILM = Path(__file__).parents[1] / "MediaTests" / "TinyFilm.swift"


def picture(width: int = 64, height: int = 48) -> bytes:
    """A PNG with a pattern."""
    rows = b"".join(b"\0" + b"".join(bytes((x * 4 % 256, y * 5 % 256, 99)) for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def film(padding: int = 0) -> bytes:
    """Two seconds of H.264, 64 by 48; `padding` bytes that nobody shows make it longer."""
    text = re.search(r'"""(.*?)"""', _FILM.read_text(), re.DOTALL)[1]
    free = struct.pack(">I", 8 + padding) + b"free" + secrets.token_bytes(padding) if padding else b""
    return base64.b64decode(text) + free


def recording(seconds: float = 1.5) -> bytes:
    """A WAV with a tone."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 16_000, 0, "NONE", ""))
        sound.writeframes(b"".join(
            struct.pack("<h", int(12_000 * math.sin(n / 8))) for n in range(int(seconds * 16_000))))
    return file.getvalue()


def song(frames: int = 100) -> bytes:
    """Silence as MP3: 128 kbit/s, 44.1 kHz."""
    return (b"\xff\xfb\x90\x64" + bytes(413)) * frames


def paper(pages: int = 3) -> bytes:
    """A PDF of empty pages."""
    kids = " ".join(f"{3 + n} 0 R" for n in range(pages))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>"]
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>"] * pages
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    return body + f"{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode()
