"""What docs/install-cpanel.md tells a person to do, from the archive to the first message."""

import re
from dataclasses import dataclass

from Environment.programs import ROOT

_STEP = re.compile(r"^\d+\. ", re.MULTILINE)
_BLOCK = re.compile(r"```\n(.*?)```", re.DOTALL)
# *One click*, but not **what is told**.
_CLICK = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")


@dataclass
class Guide:
    commands: list[str]
    clicks: list[str]


def guide() -> Guide:
    text = (ROOT / "docs" / "install-cpanel.md").read_text()
    # The numbered steps; what comes after them is for other ways and other days.
    steps = _STEP.split(text.partition("\n## ")[0])[1:]
    steps[-1] = steps[-1].partition("\nThat is all")[0]
    commands: list[str] = []
    for step in steps:
        for block in _BLOCK.findall(step):
            commands += re.sub(r"\\\n\s*", "", block).strip().splitlines()
    return Guide([command.strip() for command in commands], _CLICK.findall(_BLOCK.sub("", "\n".join(steps))))
