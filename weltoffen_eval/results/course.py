"""What is known of the whole course of one municipality: its modules over all waves, what is to be done."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError
from weltoffen_eval.results.dialogue import DIALOGUE, Dialogue
from weltoffen_eval.results.dialogue_findings import raised_in
from weltoffen_eval.results.given import given_of
from weltoffen_eval.results.measures import Measures, measures_of
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.profiles import load_profile
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.workshop import WorkshopProfile, load_workshop, workshop_of
from weltoffen_eval.results.workshop_findings import WORKSHOP
from weltoffen_eval.study.definition import Study, Wave, load_study
from weltoffen_eval.study.kinds.given import Given, GivenFiles
from weltoffen_eval.study.kinds.records import EventRecord
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.register import Municipality
from weltoffen_eval.study.reported import as_self_check

QUESTIONNAIRE, REPORT = "questionnaire", "report"
#: The modules before the final report, in their order.
MODULES = (QUESTIONNAIRE, WORKSHOP, DIALOGUE)


@dataclass(frozen=True)
class Held:
    """A module: the ``wave`` in which it was held last, None where it never was; ``event``: what is known."""

    setting: str
    wave: Wave | None
    event: Given | None

    @property
    def told(self) -> EventRecord:
        """How it was held; all of it empty where that is not documented."""
        return self.event.values if self.event is not None else EventRecord()


# one is itself alone: tables cannot be compared as a whole
@dataclass(frozen=True, eq=False)
class Course:
    """All modules of one municipality, each as it was held last.

    ``wave``: the last in which anything came. ``profile``: of the last self-check, ``workshop`` and
    ``dialogue``: the last of each; None where there was none. ``given``: what was given beside answers.
    """

    study: Study
    municipality: Municipality
    wave: Wave
    scheme: ScoringScheme
    given: GivenFiles
    profile: Profile | None
    workshop: WorkshopProfile | None
    dialogue: Dialogue | None
    language: str = "de"
    audience: str = "internal"

    @property
    def software(self) -> str:
        return f"weltoffen-eval {version('weltoffen-eval')}"

    @cached_property
    def alone(self) -> Profile | None:
        """The self-check without a reference: a council compares its municipality with nobody."""
        profile = self.profile
        return None if profile is None else profile.compared_with_nobody

    @cached_property
    def modules(self) -> tuple[Held, ...]:
        """Self-check, workshop and dialogue, each with what is documented of it."""
        waves = {
            QUESTIONNAIRE: self.profile.wave if self.profile else None,
            WORKSHOP: self.workshop.profile.wave if self.workshop else None,
            DIALOGUE: self.dialogue.wave if self.dialogue else None,
        }
        return tuple(self._held(setting, waves[setting]) for setting in MODULES)

    def held(self, setting: str) -> Held:
        """A module."""
        return next(module for module in self.modules if module.setting == setting)

    def _held(self, setting: str, wave: Wave | None) -> Held:
        """Of what no data came there may yet be told that it was held."""
        if wave is None:
            rows = self.given.of("events", self.municipality.key, setting=setting)
            order = [one.id for one in self.study.waves]
            last = max(rows, key=lambda row: order.index(row.wave), default=None)
            return Held(setting, self.study.wave(last.wave) if last else None, last)
        rows = self.given.of("events", self.municipality.key, wave.id, setting)
        return Held(setting, wave, next(iter(rows), None))

    @cached_property
    def next_report(self) -> EventRecord:
        """When it is reported again, and what is still open; empty where that is not documented."""
        row = next(iter(self.given.of("events", self.municipality.key, self.wave.id, REPORT)), None)
        return row.values if row is not None else EventRecord()

    def answered_by(self, wave: str) -> str:
        """Who filled the questionnaire in, as people wrote it down; empty where nobody did."""
        row = next(iter(self.given.of("events", self.municipality.key, wave, QUESTIONNAIRE)), None)
        return str(row.values.answered_by) if row is not None else ""

    @cached_property
    def last_day(self) -> datetime.date:
        """The last day of which the report tells."""
        return max((self.wave.date, *self.dates))

    @property
    def has_dates(self) -> bool:
        """Whether the day of every module of the present wave is documented."""
        held = [module for module in self.modules if module.wave == self.wave]
        return all(module.told.date is not None for module in held)

    @cached_property
    def dates(self) -> tuple[datetime.date, ...]:
        """The days on which a module of the present wave was held, as documented, sorted."""
        held = (module for module in self.modules if module.wave == self.wave)
        return tuple(sorted(module.told.date for module in held if module.told.date is not None))

    @cached_property
    def measures(self) -> Measures:
        """What was agreed, and what became of what was agreed before."""
        return measures_of(self.given, self.municipality.key, self.wave.id, [w.id for w in self.study.waves])

    @cached_property
    def outcomes(self) -> tuple[Given, ...]:
        """What workshop and dialogue stated as their results."""
        return self.given.of("outcomes", self.municipality.key)

    @cached_property
    def remarks(self) -> tuple[Given, ...]:
        """What the administration noted on fields of its self-check, as far as the audience reads it."""
        wave = self.profile.wave.id if self.profile is not None else self.wave.id
        rows = self.given.of("notes", self.municipality.key, wave, QUESTIONNAIRE)
        told = [row for row in rows if row.values.kind == "remark" and row.values.dimension]
        return tuple(row for row in told if row.values.released or self.audience != "public")

    def topics_of(self, dimension: str) -> list[str]:
        """What was raised in the dialogue on a field, most groups first; what is sensitive is no topic."""
        if self.dialogue is None:
            return []
        groups: dict[str, int] = {}
        for (_, code), raised in raised_in(self.dialogue).items():
            groups[code] = max(groups.get(code, 0), raised.n_groups)
        rows = (row.values for row in self.dialogue.of("codebook"))
        there = [
            row for row in rows if row.dimension == dimension and not row.sensitive and groups.get(row.code)
        ]
        return [row.title for row in sorted(there, key=lambda row: -groups[row.code])]

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files in which what was given stands, sorted; lists of persons are none of them."""
        kinds = ("events", "questions", "statements", "codes", "codebook", "outcomes", "notes", "measures")
        rows = [row for kind in kinds for row in self.given.of(kind, self.municipality.key)]
        return tuple(sorted({row.file for row in rows}))


def load_course(
    study: str | Path,
    municipality: str,
    scheme: str | None = None,
    language: str | None = None,
    audience: str = "internal",
) -> Course:
    """The course of a municipality; parameters and errors as of ``load_profile``.

    Raises
    ------
    CallError
        If there is no such study or municipality, or nothing came of it in any wave.
    """
    loaded = load_study(study)
    loaded.check_municipality(municipality)
    given = given_of(loaded, municipality)
    rules = load_scheme(scheme, loaded)
    how = (scheme, language, audience)
    by_wave = {wave.id: _profile(study, municipality, wave, *how) for wave in reversed(loaded.waves)}
    profiles = [found for found in by_wave.values() if found is not None]
    answered = [found for found in profiles if _has_selfcheck(found)]
    workshops = (_workshop(study, municipality, wave, one, given, *how) for wave, one in by_wave.items())
    workshop = next((found for found in workshops if found is not None), None)
    dialogue = _dialogue(loaded, municipality, rules, given, language or loaded.language, audience)
    came = {one.wave.id for one in (*profiles, *((dialogue,) if dialogue else ()))}
    came |= {row.wave for row in given.rows if row.municipality}
    waves = [wave for wave in loaded.waves if wave.id in came]
    if not waves:
        raise CallError(f"Nothing came of {municipality} in any wave of {loaded.id}.")
    return Course(
        loaded,
        loaded.register.by_key[municipality],
        waves[-1],
        rules,
        given,
        next(iter(answered), None),
        workshop,
        dialogue,
        language or loaded.language,
        audience,
    )


def _profile(
    study: str | Path, municipality: str, wave: Wave, scheme: str | None, language: str | None, audience: str
) -> Profile | None:
    try:
        return load_profile(study, municipality, wave.id, scheme, language, audience)
    except CallError:
        # the wave has no questionnaire, or the municipality answered nothing in it
        return None


def _has_selfcheck(profile: Profile) -> bool:
    """Whether anybody gave the answers of which a report of the study tells."""
    sheets = as_self_check(profile.records, profile.study.report)
    return bool(is_self_check(sheets[sheets["counted"]]).any())


def _workshop(
    study: str | Path,
    municipality: str,
    wave: str,
    profile: Profile | None,
    given: GivenFiles,
    scheme: str | None,
    language: str | None,
    audience: str,
) -> WorkshopProfile | None:
    """The workshop of a wave, if there was one; ``profile``: of that wave, None where nobody answered."""
    noted = any(given.of(kind, municipality, wave, WORKSHOP) for kind in ("field_ratings", "notes"))
    answered = profile is not None and bool((profile.records["setting"] == WORKSHOP).any())
    if profile is not None:
        return workshop_of(profile, given) if noted or answered else None
    return load_workshop(study, municipality, wave, scheme, language, audience) if noted else None


def _dialogue(
    study: Study, municipality: str, scheme: ScoringScheme, given: GivenFiles, language: str, audience: str
) -> Dialogue | None:
    """The last dialogue of which there are statements or outcomes."""
    for wave in reversed(study.waves):
        found = Dialogue(study, study.register.by_key[municipality], wave, scheme, given, language, audience)
        if found.statements or found.outcomes:
            return found
    return None
