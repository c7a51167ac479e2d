"""The figures as they are printed."""

from dataclasses import dataclass, field


@dataclass
class Table:
    """Rows of text; a figure with an aim also says whether it is met."""

    missed: list[str] = field(default_factory=list)
    _rows: list[tuple[str, str, str]] = field(default_factory=list)

    def figure(self, name: str, value: float, unit: str, at_most: float | None = None, beside: float | None = None, at_least: float | None = None) -> None:
        """`beside` is whatsmeow's figure of the same run."""
        notes = []
        if at_most is not None:
            notes.append(f"aim: at most {at_most:g} {unit}" + ("" if value <= at_most else ", MISSED"))
            if value > at_most:
                self.missed.append(name)
        if at_least is not None:
            notes.append(f"aim: at least {at_least:g} {unit}".rstrip() + ("" if value >= at_least else ", MISSED"))
            if value < at_least:
                self.missed.append(name)
        if beside is not None:
            notes.append(f"whatsmeow {beside:.3g} {unit}, ratio {value / beside:.2f}")
        self._rows.append((name, f"{value:.3g} {unit}", "; ".join(notes)))

    def heading(self, text: str) -> None:
        self._rows.append((text, "", ""))

    def __str__(self) -> str:
        width = max(len(name) for name, value, _ in self._rows if value)
        return "\n".join(
            f"  {name:<{width}}  {value:>12}  {note}".rstrip() if value else f"\n{name}" for name, value, note in self._rows
        )
