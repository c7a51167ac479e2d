"""What /proc says of running processes."""

import os
from collections.abc import Iterable
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def cpu_ms(pids: Iterable[int]) -> float:
    """User and system time of all threads so far; of these processes only, not of their children."""
    ticks = 0
    for pid in pids:
        stat = Path(f"/proc/{pid}/stat")
        # nginx's loader of caches ends a minute after its start.
        if not stat.exists():
            continue
        # The name in brackets may hold blanks; the fields after it do not (proc(5)).
        fields = stat.read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / _TICKS_PER_S


def resident_mb(pid: int) -> float:
    return _rollup(pid)["Rss"] / 1024


def private_mb(pid: int) -> float:
    """Memory that would be free if this process were not there."""
    sizes = _rollup(pid)
    return (sizes["Private_Clean"] + sizes["Private_Dirty"]) / 1024


def threads(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/task"))


def with_descendants(pid: int) -> list[int]:
    """The process and all that it started, directly or not."""
    found = [pid]
    for parent in found:
        for task in os.listdir(f"/proc/{parent}/task"):
            found += [int(child) for child in Path(f"/proc/{parent}/task/{task}/children").read_text().split()]
    return found


def _rollup(pid: int) -> dict[str, int]:
    """Sizes in KiB; the first line tells the range of addresses."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in lines)}
