"""Memory of a process: what it holds now, and the most that it has held since."""

from pathlib import Path


class Memory:
    """Counts from its making on; in bytes that are resident."""

    def __init__(self, pid: int):
        self.process = Path(f"/proc/{pid}")
        # The kernel begins to count the peak anew (proc(5), clear_refs).
        (self.process / "clear_refs").write_text("5")
        self.idle = self._value("VmRSS")

    @property
    def growth(self) -> int:
        """The peak above what was there at the beginning."""
        return self._value("VmHWM") - self.idle

    def __repr__(self) -> str:
        return f"{self.idle >> 10} KiB idle, {self.growth >> 10} KiB more at the peak"

    def _value(self, name: str) -> int:
        lines = (self.process / "status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) << 10
