"""The figures, printed as they come: a run takes half an hour, and what was measured before a failure is worth keeping."""

from dataclasses import dataclass, field


@dataclass
class Table:
    """A figure with an aim also says whether it is met."""

    missed: list[str] = field(default_factory=list)

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
        text = f"{value:.3g} {unit}"
        print(f"  {name:<56}  {text:>12}  {'; '.join(notes)}".rstrip(), flush=True)

    def heading(self, text: str) -> None:
        print(f"\n{text}", flush=True)
