"""Figures: what is drawn is what the table below says, dot by dot and range by range."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from matplotlib.figure import Figure
from places import CASES
from profiles import profile_of

from weltoffen_eval import figures, tables, wording
from weltoffen_eval.blocks import Table
from weltoffen_eval.display.language import load_language
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.profile import Profile


def text_of(profile: Profile, dimension: str) -> str:
    said = wording.dimension_score(Telling(profile, "selfcheck"), dimension)
    return " ".join(sentence.text for sentence in said if sentence is not None)


def drawn(figure: Figure) -> tuple[list[str], list[str], list[str]]:
    """The dots, the ranges and the printed values, from top to bottom, as a table prints them."""
    (axes,) = figure.axes
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    ranges = [line for line in axes.lines if line.get_linewidth() == 6]
    strong = [text.get_text() for text in axes.texts if text.get_fontweight() == 600]
    values = [text for text in strong if re.fullmatch(r"\d+", text)]
    return (
        [load_language("de").points(float(dot.get_xdata()[0])) for dot in dots],
        [load_language("de").range(*map(float, line.get_xdata())) for line in ranges],
        values,
    )


def told(table: Table) -> tuple[list[str], list[str]]:
    """The values and ranges of the rows that have a value."""
    there = [row for row in table.rows if re.fullmatch(r"\d+", row[1])]
    return [row[1] for row in there], [row[2] for row in there]


@pytest.mark.parametrize("case", CASES, ids=lambda c: "-".join(c[1:]))
def test_dots_and_ranges_are_the_numbers_of_the_table(case: tuple[str, str, str]) -> None:
    profile = profile_of(*case)
    pairs = [
        (
            figures.dimension_profile(Telling(profile, "selfcheck")),
            tables.dimension_profile(Telling(profile, "selfcheck")),
        )
    ]
    for dimension in profile.instrument.dimensions:
        pairs.append(
            (
                figures.criterion_profile(Telling(profile, "selfcheck"), dimension.id),
                tables.criterion_profile(Telling(profile, "selfcheck"), dimension.id),
            )
        )
    for figure, table in pairs:
        dots, ranges, values = drawn(figure)
        scores, spans = told(table)
        assert dots == values == scores
        # one that prints as a single number may be too narrow to be drawn
        assert [r for r in ranges if " bis " in r] == [span for span in spans if " bis " in span]
        labels = [text.get_text().replace("\n", " ") for text in figure.axes[0].texts]
        assert all(row[0] in labels for row in table.rows)


@pytest.mark.parametrize("case", CASES, ids=lambda c: "-".join(c[1:]))
def test_the_words_for_a_state_fit_the_number_that_is_printed(case: tuple[str, str, str]) -> None:
    profile = profile_of(*case)
    for dimension in profile.instrument.dimensions:
        said = re.match(r"(\d+) Punkte: ([^.]+)\.", text_of(profile, dimension.id))
        if said is None:
            assert "Kein Wert" in text_of(profile, dimension.id)
            continue
        lower = 0.0
        for band in profile.scheme.bands:
            if band.label["de"] == said[2]:
                assert lower <= int(said[1]) < band.below
            lower = band.below


def test_a_score_of_49_6_is_printed_and_called_as_50() -> None:
    profile = profile_of("beispiel", "musterstadt", "2021")
    rows = profile.scores
    field = (
        (rows["level"] == "dimension") & (rows["id"] == "management") & (rows["setting"] == "questionnaire")
    )
    changed = replace(profile, scores=rows.assign(score=rows["score"].where(~field, 49.6)))
    assert text_of(changed, "management").startswith("50 Punkte: teilweise vorhanden.")
    lower = replace(profile, scores=rows.assign(score=rows["score"].where(~field, 49.4)))
    assert text_of(lower, "management").startswith("49 Punkte: in Ansätzen vorhanden.")
