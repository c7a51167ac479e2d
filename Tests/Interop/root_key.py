"""Replaces WhatsApp's pinned root key in the memory of this process.

whatsmeow verifies the Noise server's certificate chain against a 32-byte X25519 key that is a
constant of its shared library. The sandbox signs with a key of its own, so the constant is
overwritten after the library is loaded and before the first connection. The file on disk is never
touched, and nothing else of the verification is changed.
"""

import ctypes
import os
import re

WHATSAPP_ROOT_KEY = bytes.fromhex("142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b")

_MAPPING = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \S+\s+(.*)$")


class RootKeyError(Exception):
    """The library does not hold the pinned key exactly once."""


def replace_root_key(library_name: str, key: bytes) -> None:
    """Overwrites the one occurrence of the pinned key in the loaded library `library_name`."""
    if len(key) != len(WHATSAPP_ROOT_KEY):
        raise RootKeyError(f"a root key has {len(WHATSAPP_ROOT_KEY)} bytes, not {len(key)}")
    places = [
        start + offset
        for start, end in _readable_mappings(library_name)
        for offset in _occurrences(ctypes.string_at(start, end - start))
    ]
    if len(places) != 1:
        raise RootKeyError(f"the pinned key stands {len(places)} times in {library_name}, expected once")
    # Writing through /proc/self/mem works whatever the protection of the page; the mapping is private.
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(places[0])
        memory.write(key)
    if ctypes.string_at(places[0], len(key)) != key:
        raise RootKeyError("the pinned key could not be overwritten")


def _readable_mappings(library_name: str):
    with open("/proc/self/maps", encoding="utf-8") as maps:
        for line in maps:
            match = _MAPPING.match(line.rstrip("\n"))
            if match and match[3].startswith("r") and os.path.basename(match[4]) == library_name:
                yield int(match[1], 16), int(match[2], 16)


def _occurrences(region: bytes):
    at = region.find(WHATSAPP_ROOT_KEY)
    while at >= 0:
        yield at
        at = region.find(WHATSAPP_ROOT_KEY, at + 1)
