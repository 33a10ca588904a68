"""How the reports of a study speak that is not of administrations, or does not ask what is in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weltoffen_eval.display.language import Language, load_language
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.subjects import asks_what_is_in_place

if TYPE_CHECKING:
    from weltoffen_eval.analysis.scheme import ScoringScheme

#: The folders of other texts: of a study that is not of administrations, and of one whose answers say
#: nothing of what is in place.
ELSEWHERE, BY_POINTS = "elsewhere", "by_points"


class _Filled(dict[str, str]):
    """Places with what fills them; another stays as it is, for it is filled where the word is used."""

    def __missing__(self, place: str) -> str:
        return f"{{{place}}}"


@dataclass(frozen=True)
class Manner:
    """What one and several units are called, and whose answers these are, in the reader's language.

    ``perspectives``: what those are called that the study declares, or that are not who they seem to be.
    ``of_others``: it is not of administrations, or its units are no municipalities. ``standings``: where its
    answers say nothing of what is in place, how questions are called of many points, of some, and of few, and
    what the points mean.
    """

    unit: str
    units: str
    whose: str
    perspectives: tuple[tuple[str, str], ...] = ()
    of_others: bool = True
    standings: tuple[tuple[str, str], ...] = ()

    @property
    def by_points(self) -> bool:
        """Whether its answers say nothing of what is in place."""
        return bool(self.standings)

    @property
    def folders(self) -> list[str]:
        """Where other texts stand, a later one before an earlier."""
        return [
            *([ELSEWHERE] if self.of_others else []),
            *([BY_POINTS] if self.by_points else []),
        ]

    @property
    def places(self) -> dict[str, str]:
        """The places that each of its sentences may have besides its own."""
        return {"unit": self.unit, "units": self.units, "whose": self.whose, **dict(self.standings)}

    def spoken(self, language: Language, words: Mapping[str, Mapping[str, str]]) -> Language:
        """The language with these words in place of its own."""
        tables = {name: dict(table) for name, table in language.words.items()}
        for name, table in words.items():
            tables[name] |= {term: text.format_map(_Filled(self.places)) for term, text in table.items()}
        tables["perspectives"] |= dict(self.perspectives)
        return replace(language, words=tables)


def manner_of(study: Study, language: str, scheme: ScoringScheme | None = None) -> Manner | None:
    """How a study speaks; None where it is of what is in place in administrations, as usual.

    Parameters
    ----------
    scheme : by which the answers have their points; without one those of the questionnaire
    """
    said = study.words
    of_others = bool(study.report.of_others or said.unit or said.answers_from or study.perspectives)
    reader = load_language(language)
    standings = standings_of(study, reader, scheme)
    if not (of_others or standings):
        return None
    usual = reader.word("terms", "municipality"), reader.word("units", "municipalities")
    one, several = said.unit.get(language) or next(iter(said.unit.values()), usual)
    own = tuple((key, reader.of(title).text) for key, title in study.perspectives.items())
    known = {**reader.words["perspectives"], **dict(own)}
    whose = known.get(study.report.perspective, study.report.perspective)
    if said.answers_from:
        whose = reader.of(said.answers_from).text
        own = (*own, (study.report.perspective, whose))
    return Manner(one, several, whose, own, of_others, standings)


def standings_of(
    study: Study, language: Language, scheme: ScoringScheme | None
) -> tuple[tuple[str, str], ...]:
    """How questions of many, some and few points are called; nothing where answers say what is in place.

    By the answers at both ends of the scale, where all questions have the same and the reader's language has
    words for them; else by the points alone.
    """
    points = scheme.points if scheme is not None else {}
    if all(asks_what_is_in_place(instrument, points) for instrument in study.instruments.values()):
        return ()
    # they come with pandas, for which no list of faults waits
    from weltoffen_eval.results.standing import ABSENT_BELOW, PRESENT_FROM

    ends = {*_ends(study, language, points)}
    least, most, whole = ends.pop() if len(ends) == 1 else ("", "", False)
    towards, by_points = language.words["towards"], language.words["by_points"]
    given = {
        "least": least,
        "most": most,
        "from": PRESENT_FROM,
        "last": PRESENT_FROM - 1,
        "below": ABSENT_BELOW,
    }
    words = {**(towards if least else by_points), "ends": (towards if whole else by_points)["ends"]}
    return tuple((name, words[name].format(**given)) for name in ("many", "some", "few", "ends"))


def _ends(
    study: Study, language: Language, points: Mapping[str, Mapping[int, float]]
) -> Iterator[tuple[str, str, bool]]:
    """Of each question the answers of fewest and of most points, and whether these are 0 and 100.

    Nothing of those that have no words, nor where points do not rise or fall throughout: there the fewest are
    at both ends of the scale, or somewhere between.
    """
    for instrument in study.instruments.values():
        for item in instrument.items:
            options = instrument.scale_of(item.id).options
            labels = [language.of(option.label) for option in options]
            own = [option.points for option in options]
            if own == sorted(own, reverse=True):
                labels, own = labels[::-1], own[::-1]
            unsaid = any(language.foreign(label) for label in labels) or item.scale in points
            if unsaid or own != sorted(own) or not own or own[0] == own[-1]:
                yield "", "", False
                continue
            first, last = labels[0].text, labels[-1].text
            whole = (own[0], own[-1]) == (0, 100)
            yield (last, first, whole) if item.direction < 0 else (first, last, whole)
