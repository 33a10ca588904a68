"""The numbers of a report as tables, ready to be shown."""

from __future__ import annotations

import pandas as pd

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display import numbers
from weltoffen_eval.display.selfcheck import appendix_wording, wording
from weltoffen_eval.display.words import ASPECTS, CHOICES, MISSING, SETTINGS
from weltoffen_eval.results import talking_points
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.study.perspectives import PERSPECTIVES
from weltoffen_eval.study.questionnaire.instrument import MISSING_KINDS

_SCORE_COLUMNS = (
    Column("Wert", True, "Punkte"),
    Column("Spanne", True, "Punkte"),
    Column("beantwortet", True, "Fragen"),
    Column("n", True, "Bögen"),
)


_REFERENCE_COLUMNS = (
    Column("Median der anderen", True, "Punkte"),
    Column("mittlere Hälfte der anderen", True, "Punkte"),
    Column("n der anderen", True, "Kommunen"),
)


def _score_cells(row: pd.Series, profile: Profile) -> tuple[str, ...]:
    return (
        wording.score(row, profile),
        numbers.interval(row["low"], row["high"]),
        numbers.part_of(row["n_answered"], row["n_items"]),
        str(row["n"]),
    )


def dimension_profile(profile: Profile) -> Table:
    """One row per dimension: points, bounds, answered questions, n; the reference, where there is one."""
    compared = any(profile.reference("dimension", d.id) for d in profile.instrument.dimensions)
    rows = [
        (
            d.title["de"],
            *_score_cells(profile.score("dimension", d.id), profile),
            *(_reference_cells(profile, d.id) if compared else ()),
        )
        for d in profile.instrument.dimensions
    ]
    return Table(
        f"Handlungsfelder von {profile.municipality.name}: Punkte von 0 bis 100",
        (Column("Handlungsfeld"), *_SCORE_COLUMNS, *(_REFERENCE_COLUMNS if compared else ())),
        tuple(rows),
        "profile",
    )


def _reference_cells(profile: Profile, dimension: str) -> tuple[str, ...]:
    found = profile.reference("dimension", dimension)
    if found is None or profile.score("dimension", dimension)["withheld"]:
        return ("–", "–", "–")
    return numbers.points(found.median), numbers.interval(found.q25, found.q75), str(found.n)


def criterion_profile(profile: Profile, dimension: str) -> Table:
    """One row per criterion of a dimension: points, bounds, answered questions, n."""
    name = profile.instrument.dimension(dimension).title["de"]
    return Table(
        f"Kriterien im Feld {name}: Punkte von 0 bis 100",
        (Column("Kriterium"), *_SCORE_COLUMNS),
        tuple(
            (c.title["de"], *_score_cells(profile.score("criterion", c.id), profile))
            for c in profile.instrument.criteria_of(dimension)
        ),
        f"criteria-{dimension}",
    )


def robustness(profile: Profile) -> Table:
    """One row per dimension with a score: what open questions and other choices could make of it."""
    rows = []
    for dimension in profile.instrument.dimensions:
        row, band = profile.score("dimension", dimension.id), profile.bands.get(dimension.id)
        if band is not None:
            rows.append(
                (
                    dimension.title["de"],
                    numbers.points(row["score"]),
                    numbers.decimal(row["n_items"] - row["n_answered"]),
                    numbers.interval(row["low"], row["high"]),
                    numbers.interval(band.low, band.high),
                    CHOICES[band.strongest],
                    numbers.points(band.geometric),
                )
            )
    return Table(
        "Was offene Fragen und andere Festlegungen an den Werten ändern könnten",
        (
            Column("Handlungsfeld"),
            Column("Wert", True, "Punkte"),
            Column("offen", True, "Fragen"),
            Column("mit offenen Fragen", True, "Punkte"),
            Column("9 von 10 Fällen", True, "Punkte"),
            Column("wirkt am stärksten"),
            Column("geometrisch", True, "Punkte"),
        ),
        tuple(rows),
        "robustness",
    )


def items(profile: Profile, dimension: str) -> Table:
    """The questions of a dimension with the answer in words and its points."""
    name = profile.instrument.dimension(dimension).title["de"]
    entries = profile.instrument.items_of(dimension)
    rows = []
    for item in entries:
        row = profile.score("item", item.id)
        shown = "–" if row["withheld"] else numbers.points(row["score"])
        rows.append(
            (
                item.id,
                item.text["de"],
                ASPECTS[item.aspect],
                wording.answer(profile, item.id),
                shown,
            )
        )
    return Table(
        f"Fragen und Antworten im Feld {name}",
        (
            Column("Nr."),
            Column("Frage"),
            Column("Art"),
            Column("Antwort"),
            Column("Wert", True, "Punkte"),
        ),
        tuple(rows),
        f"items-{dimension}",
        anchors=tuple(f"item-{item.id}" for item in entries),
    )


def all_scores(profile: Profile) -> Table:
    """Every score of the administration below the dimensions' items: criteria and dimensions."""
    instrument = profile.instrument
    rows = []
    for dimension in instrument.dimensions:
        cells = _score_cells(profile.score("dimension", dimension.id), profile)
        rows.append((dimension.title["de"], "Handlungsfeld", *cells))
        for criterion in instrument.criteria_of(dimension.id):
            cells = _score_cells(profile.score("criterion", criterion.id), profile)
            rows.append((criterion.title["de"], "Kriterium", *cells))
    if profile.scheme.overall:
        cells = _score_cells(profile.score("overall", "overall"), profile)
        rows.append(("Alle Handlungsfelder zusammen", "Gesamtwert", *cells))
    return Table(
        "Alle Werte der Handlungsfelder und Kriterien",
        (Column("Name"), Column("Ebene"), *_SCORE_COLUMNS),
        tuple(rows),
        "scores",
    )


def cleaning_log(profile: Profile) -> Table:
    """What was changed in the records of this municipality."""
    log = profile.cleaning_log
    return Table(
        "Bereinigung der Angaben dieser Kommune",
        (
            Column("Datei"),
            Column("Zeile", True),
            Column("Spalte"),
            Column("vorher"),
            Column("nachher"),
            Column("Regel"),
        ),
        tuple(
            (
                file,
                "–" if pd.isna(row) else str(row),
                column or "–",
                f"„{old}“" if old else "leer",
                f"„{new}“" if new else "–",
                appendix_wording.rule(rule),
            )
            for file, row, column, old, new, rule in zip(
                *(log[name] for name in ("file", "row", "column", "old", "new", "rule")), strict=True
            )
        ),
        "cleaning",
        folded=len(log) > 12,
    )


def sheets_received(profile: Profile) -> Table:
    """How many sheets came, by setting and perspective, and how many are counted."""
    records = profile.records.drop_duplicates(["setting", "perspective", "respondent"])
    grouped = {
        (setting, perspective): rows["counted"]
        for setting in SETTINGS
        for perspective in PERSPECTIVES
        if len(rows := records[(records["setting"] == setting) & (records["perspective"] == perspective)])
    }
    return Table(
        f"Eingegangene Bögen aus {profile.municipality.name}",
        (
            Column("Anlass"),
            Column("Perspektive"),
            Column("Bögen", True),
            Column("davon gezählt", True),
        ),
        tuple(
            (
                SETTINGS[setting],
                PERSPECTIVES[perspective],
                str(len(counted)),
                str(int(counted.sum())),
            )
            for (setting, perspective), counted in grouped.items()
        ),
        "sheets",
    )


def answers_by_dimension(profile: Profile) -> Table:
    """How many questions of each dimension the administration answered, and the kinds of non-answer."""
    answers = profile.own_responses
    dimension_of = {item.id: item.dimension for item in profile.instrument.items}
    dimension = answers["item"].astype(str).map(dimension_of)
    missing = answers["missing"].astype(str).where(answers["missing"].notna(), "")
    rows = []
    for entry in profile.instrument.dimensions:
        kinds = missing[dimension == entry.id]
        counts = [int((kinds == kind).sum()) for kind in ("", *MISSING_KINDS)]
        rows.append((entry.title["de"], str(len(kinds)), *map(str, counts)))
    return Table(
        "Antworten der Verwaltung je Handlungsfeld",
        (
            Column("Handlungsfeld"),
            Column("Fragen", True),
            Column("beantwortet", True),
            *(Column(MISSING[kind], True) for kind in MISSING_KINDS),
        ),
        tuple(rows),
        "answers",
    )


def unanswered_items(profile: Profile) -> Table:
    """The questions that the administration skipped or answered with weiß nicht."""
    return Table(
        "Fragen ohne Antwort",
        (Column("Nr."), Column("Frage"), Column("Antwort")),
        tuple(
            (item.id, item.text["de"], wording.answer(profile, item.id))
            for item in talking_points.open_items(profile)
        ),
        "unanswered",
    )
