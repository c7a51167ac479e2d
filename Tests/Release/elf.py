"""The two things of an ELF file that tell how a program was linked."""

import struct
from dataclasses import dataclass
from pathlib import Path

_PT_DYNAMIC, _PT_INTERP = 2, 3
_SHT_SYMTAB = 2


@dataclass(frozen=True)
class Linkage:
    needs_loader: bool
    has_symbols: bool


def linkage(path: Path) -> Linkage:
    """Of a 64-bit little-endian file."""
    data = path.read_bytes()
    if data[:6] != b"\x7fELF\x02\x01":
        raise ValueError(f"{path} is no 64-bit little-endian ELF file")
    programs, sections = struct.unpack_from("<QQ", data, 32)
    program_size, program_count, section_size, section_count = struct.unpack_from("<4H", data, 54)
    kinds = [struct.unpack_from("<I", data, programs + index * program_size)[0] for index in range(program_count)]
    types = [struct.unpack_from("<I", data, sections + index * section_size + 4)[0] for index in range(section_count)]
    return Linkage(_PT_INTERP in kinds or _PT_DYNAMIC in kinds, _SHT_SYMTAB in types)
