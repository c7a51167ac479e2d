"""Files of every kind, small and real."""

import io
import math
import struct
import wave
from pathlib import Path

from PIL import Image

_FILES = Path(__file__).parents[1] / "Vectors" / "files"


def jpeg(width: int, height: int) -> bytes:
    return _picture(width, height, "JPEG")


def png(width: int, height: int) -> bytes:
    return _picture(width, height, "PNG")


def _picture(width: int, height: int, form: str) -> bytes:
    picture = Image.new("RGB", (width, height), (200, 30, 40))
    picture.paste((20, 60, 200), (width // 2, 0, width, height))
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()


def wav(seconds: float, rate: int = 16_000) -> bytes:
    """A tone that grows from nothing."""
    count = int(seconds * rate)
    samples = (int(28_000 * index / count * math.sin(index * 440 * 2 * math.pi / rate)) for index in range(count))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return out.getvalue()


def mp3(frames: int) -> bytes:
    """Silence: frames of MPEG 1, layer III, 128 kbit/s, 44.1 kHz; each lasts 26 ms."""
    return (bytes([0xFF, 0xFB, 0x90, 0xC4]) + bytes(413)) * frames


def pdf(pages: int) -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode()]
    objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"] * pages
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    return out + f"{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def film(length: int = 0) -> bytes:
    """Two seconds of red, 64 by 48, H.264; made at least so long by a box of nothing at its end."""
    content = (_FILES / "film.mp4").read_bytes()
    missing = max(0, length - len(content))
    return content + (struct.pack(">I4s", missing, b"free") + bytes(missing - 8) if missing >= 8 else b"")


def webp(width: int, height: int) -> bytes:
    return _picture(width, height, "WEBP")
