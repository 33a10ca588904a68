"""How the report on a workshop is told: as one on its self-check, and of what its persons said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.sentences import Given
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.profile_findings import findings_of
from weltoffen_eval.results.workshop import WorkshopProfile
from weltoffen_eval.study.perspectives import PERSPECTIVES

#: As its sentences are called.
REPORT = "workshop"


class _Both(Mapping[str, Finding]):
    """What persons said, and what the administration said, which is computed when it is asked for."""

    def __init__(self, workshop: WorkshopProfile):
        self._workshop, self._own = workshop.findings, findings_of(workshop.profile)

    def __getitem__(self, key: str) -> Finding:
        found = self._workshop.get(key)
        return self._own[key] if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self._workshop, *self._own]))

    def __len__(self) -> int:
        return len(list(iter(self)))


@dataclass(frozen=True)
class WorkshopTelling(Telling):
    """A workshop beside the profile of its municipality."""

    workshop: WorkshopProfile

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """All that is known of the municipality and of its workshop."""
        return _Both(self.workshop)

    def say_on(self, name: str, keys: tuple[str, ...], /, **given: Given) -> Sentence:
        """A sentence of this report that rests on these findings."""
        said = self.own.say(name, None, **given)
        return replace(said, rests_on=tuple(dict.fromkeys([*keys, *said.rests_on])))

    def group(self, cell: str) -> str:
        """A group as who says something, always in the plural: nobody speaks for all of it."""
        if cell == ALL:
            return self.text("group_all")
        names = [self.word("perspectives", name) for name in cell.split("+")]
        if len(names) > 1:
            return self.text("group_several", names=names)
        return self.text("group_one" if cell in PERSPECTIVES else "group_own", name=names[0])

    def whence(self, groups: Sequence[str]) -> str:
        """From which groups persons came, behind their number."""
        names = [self.word("perspectives", one) for one in groups]
        usual = set(groups) <= set(PERSPECTIVES)
        if len(names) == 1:
            return self.text("whence_one" if usual else "whence_own_one", name=names[0])
        return self.text("whence_several" if usual else "whence_own", names=names)

    def group_label(self, cell: str) -> str:
        """A group as a row or a column is called."""
        if cell == ALL:
            return self.text("label_all")
        if cell == "administration" and not self.of_others:
            return self.text("label_administration")
        names = [self.word("perspectives", name) for name in cell.split("+")]
        return self.text("label_several", names=names) if len(names) > 1 else names[0]


def telling_of(workshop: WorkshopProfile) -> WorkshopTelling:
    """How a workshop is told."""
    return WorkshopTelling(workshop.profile, REPORT, workshop)
