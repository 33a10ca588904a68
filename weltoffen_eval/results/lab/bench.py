"""What lies before a person who tries schemes: a study, whose answers, and what was tried on them."""

from __future__ import annotations

from dataclasses import dataclass, field

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError, did_you_mean
from weltoffen_eval.results.lab.answers import LabAnswers, read_answers, waves_answered
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.responses.cleaning import CleanedStudy


@dataclass(frozen=True)
class Tried:
    """What the last change did: its ``setting``, whether it ``moved`` a score, and else why not."""

    setting: str
    moved: bool
    reason: str = ""


@dataclass
class Bench:
    """One study on which schemes are tried; it stays as it is while another study is looked at.

    ``standard``: the scheme against which everything is held. ``history``: what was tried, ``place``: which
    of it holds now. ``beside``: schemes set aside, by name.
    """

    study: Study
    cleaned: CleanedStudy
    standard: ScoringScheme
    answers: LabAnswers
    municipality: str
    history: list[ScoringScheme]
    place: int = 0
    tried: Tried = Tried("", True)
    beside: dict[str, ScoringScheme] = field(default_factory=dict)


def lay_out(study: Study, municipality: str, wave: str, scheme: str | None) -> Bench:
    """A study at a wave and a municipality; without their names at the first that answered.

    Raises
    ------
    CallError
        If there is none of such a name, or nobody answered a questionnaire.
    RefusedError
        With all faults, if the answers or the scheme cannot be read.
    """
    cleaned = read_answers(study)
    standard = load_scheme(scheme, study)
    waves = waves_answered(study, cleaned)
    if not waves:
        raise CallError(f"Nobody answered a questionnaire in {study.id}, so there is nothing to score.")
    answers = LabAnswers(study, cleaned, wave or waves[0])
    return Bench(study, cleaned, standard, answers, chosen(answers, municipality, ""), [standard])


def chosen(answers: LabAnswers, municipality: str, same: str) -> str:
    """The municipality that was asked for, else the ``same`` as before, else the first that answered.

    Raises
    ------
    CallError
        If that which was asked for gave no answers.
    """
    there = answers.municipalities
    if municipality and municipality not in there:
        advice = did_you_mean(municipality, there)
        raise CallError(
            f"{municipality!r} gave no answers in wave {answers.wave.id} of {answers.study.id}.{advice}"
        )
    return municipality or (same if same in there else there[0])
