"""Records that a program writes line by line, kept and waited for."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any


class Expired(AssertionError):
    """What was waited for did not come before the deadline, or can no longer come."""


class WireLog:
    """Reads `lines` on a thread of its own until they end. A record is returned by `wait` only once."""

    def __init__(self, lines: Iterable[str], decode: Callable[[str], Any]):
        self._records: list[Any] = []
        self._taken: set[int] = set()
        self._ended = False
        self._changed = threading.Condition()
        threading.Thread(target=self._read, args=(lines, decode), daemon=True).start()

    def wait(self, matches: Callable[[Any], bool], timeout: float, what: str, from_start: bool = False) -> Any:
        """The first record not yet returned that matches. `from_start` allows returned ones too."""
        deadline = time.monotonic() + timeout
        with self._changed:
            at = 0
            while True:
                for index in range(at, len(self._records)):
                    if (from_start or index not in self._taken) and matches(self._records[index]):
                        self._taken.add(index)
                        return self._records[index]
                at = len(self._records)
                if self._ended:
                    raise Expired(f"the program ended before {what}; last records: {self._records[-5:]}")
                if not self._changed.wait(deadline - time.monotonic()):
                    raise Expired(f"{what} did not come within {timeout} s; last records: {self._records[-5:]}")

    def records(self) -> list[Any]:
        with self._changed:
            return list(self._records)

    def _read(self, lines: Iterable[str], decode: Callable[[str], Any]) -> None:
        for line in lines:
            try:
                record = decode(line)
            except ValueError:
                record = {"undecodable": line}
            with self._changed:
                self._records.append(record)
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
