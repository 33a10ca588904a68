"""What is known of the dialogue of one municipality in one wave: who came, what was said, what is planned."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from weltoffen_eval.analysis.coding import Coded, Settled, coders_of, settle_codes
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError
from weltoffen_eval.results.given import given_of
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import Study, Wave, load_study
from weltoffen_eval.study.kinds.given import Given, GivenFiles
from weltoffen_eval.study.kinds.records import EventRecord
from weltoffen_eval.study.register import Municipality

DIALOGUE = "dialogue"
#: What a measure goes back to that was agreed in a dialogue, where its row does not name the setting.
_ORIGINS = ("statement:", "question:", "outcome:")


@dataclass(frozen=True, kw_only=True)
class Code:
    """A topic of the codebook; ``influence`` and ``dimension`` are empty where they are not told."""

    id: str
    title: str
    definition: str
    anchor: str
    boundary: str
    influence: str
    sensitive: bool
    dimension: str = ""


# one is itself alone: what was given cannot be compared as a whole
@dataclass(frozen=True, eq=False)
class Dialogue:
    """One dialogue; ``given``: all that was given of its municipality.

    Statements are told only where they are released, in either audience; notes for the ``audience`` public
    only so. ``language``: in which its report is written.
    """

    study: Study
    municipality: Municipality
    wave: Wave
    scheme: ScoringScheme
    given: GivenFiles
    language: str = "de"
    audience: str = "internal"

    @property
    def software(self) -> str:
        return f"weltoffen-eval {version('weltoffen-eval')}"

    def of(self, kind: str, setting: str = DIALOGUE) -> tuple[Given, ...]:
        """The rows of a kind of file on this dialogue, or on another setting beside it, in file order."""
        return self.given.of(kind, self.municipality.key, self.wave.id, setting)

    @cached_property
    def event_row(self) -> Given | None:
        """Where it is told how the dialogue was held."""
        return next(iter(self.of("events")), None)

    @property
    def event(self) -> EventRecord:
        """How the dialogue was held; all of it empty where that is not documented."""
        return self.event_row.values if self.event_row is not None else EventRecord()

    @property
    def last_day(self) -> datetime.date:
        """The last day of which its report tells."""
        return max(self.wave.date, self.event.date or self.wave.date)

    @cached_property
    def settings_before(self) -> tuple[str, ...]:
        """Which modules before it are documented: questionnaire, workshop."""
        return tuple(name for name in ("questionnaire", "workshop") if self.of("events", name))

    @cached_property
    def questions(self) -> dict[str, str]:
        """The guiding questions by id, in their order; empty where they are the usual ones."""
        return {row.values.question: row.values.text for row in self.of("questions")}

    @cached_property
    def statements(self) -> tuple[Given, ...]:
        """All that groups wrote down; to be counted, and told only where it is released."""
        return self.of("statements")

    @cached_property
    def released(self) -> tuple[Given, ...]:
        """The statements that may be told."""
        return tuple(row for row in self.statements if row.values.released)

    @cached_property
    def codebook(self) -> dict[str, Code]:
        """The topics by id, in the order of the codebook."""
        names = ("title", "definition", "anchor", "boundary", "influence", "sensitive", "dimension")
        return {
            row.values.code: Code(id=row.values.code, **{name: getattr(row.values, name) for name in names})
            for row in self.of("codebook")
        }

    @cached_property
    def coded(self) -> tuple[Coded, ...]:
        """The codes of every coder."""
        rows = [row.values for row in self.of("codes")]
        return tuple(Coded(row.statement, row.coder, row.code) for row in rows)

    @cached_property
    def settled(self) -> dict[str, Settled]:
        """Of each coded statement what is counted, and what is open."""
        return settle_codes(self.coded)

    @property
    def coders(self) -> int:
        """How many persons coded."""
        return len(coders_of(self.coded))

    @cached_property
    def group_names(self) -> tuple[str, ...]:
        """The groups that wrote something down, sorted."""
        return tuple(sorted({row.values.group for row in self.statements} - {""}))

    @property
    def groups(self) -> int | None:
        """How many groups there were: as documented, at least those that wrote something down."""
        documented = self.event.groups or 0
        return max(documented, len(self.group_names)) or None

    @property
    def by_groups(self) -> bool:
        """Whether topics are counted by groups; of a single one there would be nothing to count."""
        return bool(self.group_names) and (self.groups or 0) > 1

    @property
    def participants(self) -> int | None:
        """How many people came: as documented, else those of the list who were there."""
        if self.event.participants is not None:
            return self.event.participants
        there = sum(row.values.present for row in self.of("participants"))
        return there or None

    @property
    def registered(self) -> int | None:
        """How many had registered, as documented."""
        return self.event.registered

    @property
    def is_small(self) -> bool:
        """Whether so few came that counts of topics would tell what single persons said."""
        return self.participants is not None and self.participants < self.scheme.min_group_size

    @property
    def groups_are_small(self) -> bool:
        """Whether a group may be so small, or the only one, that what it said is what persons said.

        Where it is not documented how many came, nobody knows.
        """
        if self.groups is None or self.groups < 2:
            return True
        came = self.participants
        return came is not None and came < self.groups * self.scheme.min_group_size

    @cached_property
    def outcomes(self) -> tuple[Given, ...]:
        """What the dialogue stated as its results, by their position."""
        return tuple(sorted(self.of("outcomes"), key=lambda row: (row.values.position, row.row)))

    @cached_property
    def measures(self) -> tuple[Given, ...]:
        """The intentions of the dialogue."""
        rows = self.given.of("measures", self.municipality.key, self.wave.id)
        return tuple(
            row
            for row in rows
            if row.setting == DIALOGUE or (not row.setting and row.values.origin.startswith(_ORIGINS))
        )

    def notes(self, *kinds: str) -> tuple[Given, ...]:
        """What was noted, of some kinds, as far as the audience may read it."""
        rows = (row for row in self.of("notes") if row.values.kind in kinds)
        return tuple(row for row in rows if row.values.released or self.audience != "public")

    @property
    def has_hidden_notes(self) -> bool:
        """Whether something was noted that this audience does not read."""
        return self.audience == "public" and any(not row.values.released for row in self.of("notes"))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files in which anything of this dialogue stands, sorted; lists of persons are none of them."""
        kinds = ("events", "questions", "statements", "codes", "codebook", "outcomes", "notes")
        rows = [row for kind in kinds for row in self.of(kind)]
        return tuple(sorted({row.file for row in (*rows, *self.measures)}))


def load_dialogue(
    study: str | Path,
    municipality: str,
    wave: str,
    scheme: str | None = None,
    language: str | None = None,
    audience: str = "internal",
) -> Dialogue:
    """The dialogue of a municipality in a wave.

    Parameters
    ----------
    scheme : says below how many persons nothing is counted
    language : in which its report is written; without it the study's own
    audience : internal or public

    Raises
    ------
    CallError
        If there is no such study, municipality or wave, or neither statements nor outcomes came of it.
    RefusedError
        With all faults, if the study cannot be read; with its own, if one lies in a row of the municipality.
    """
    loaded = load_study(study)
    loaded.check_municipality(municipality)
    chosen = loaded.wave(wave)
    dialogue = Dialogue(
        loaded,
        loaded.register.by_key[municipality],
        chosen,
        load_scheme(scheme, loaded),
        given_of(loaded, municipality),
        language or loaded.language,
        audience,
    )
    if not dialogue.statements and not dialogue.outcomes:
        raise CallError(f"{municipality} has neither statements nor outcomes of a dialogue in wave {wave}.")
    return dialogue
