"""What came of a verification: each thing that was checked, each file that was made anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from weltoffen_eval.errors import visible
from weltoffen_eval.publish.keeping.comparing_files import DIFFERENT, MISSING, NEW, Compared

#: Of what is wrong so much is shown of one check.
_SHOWN = 20


@dataclass(frozen=True)
class Checked:
    """One thing that was held against another: ``ok``, or ``found`` says what is wrong and where."""

    what: str
    ok: bool
    found: str = ""


@dataclass
class Verdict:
    """Everything that was checked, up to the level asked for; ``compared``: files of a run anew."""

    level: str
    audience: str = ""
    checks: list[Checked] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; a file that is equal after rounding is none that is wrong."""
        far = (DIFFERENT, MISSING, NEW)
        return all(check.ok for check in self.checks) and not any(one.state in far for one in self.compared)


def none_of(what: str, count: int, wrong: Sequence[str]) -> Checked:
    """A check of so many of something; ``wrong``: those that are not as they must be, the first are shown."""
    shown = ", ".join(map(visible, wrong[:_SHOWN]))
    more = f" and {len(wrong) - _SHOWN:,} more" if len(wrong) > _SHOWN else ""
    return Checked(f"{count:,} {what}", not wrong, shown + more)
