"""The numbers of a whole study as tables; municipalities are counted in them and never named."""

from __future__ import annotations

import math

import pandas as pd

from weltoffen_eval.analysis.disclosure import is_statement
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display import numbers
from weltoffen_eval.display.study import wording
from weltoffen_eval.display.words import MISSING
from weltoffen_eval.results.overview import Overview

#: Persons or municipalities from which a share is printed in percent.
LEAST_FOR_PERCENT = 20


def spread(overview: Overview, wave: str) -> Table:
    """One row per dimension: how many municipalities, median, middle half."""
    rows = []
    for dimension in overview.instrument(wave).dimensions:
        found = overview.spread(wave, dimension.id)
        rows.append(
            (
                dimension.title["de"],
                str(found.n),
                numbers.points(found.median),
                numbers.interval(found.q25, found.q75),
            )
        )
    return Table(
        f"Werte der Verwaltungen je Handlungsfeld, Welle {wave}",
        (
            Column("Handlungsfeld"),
            Column("n", True, "Kommunen"),
            Column("Median", True, "Punkte"),
            Column("mittlere Hälfte", True, "Punkte"),
        ),
        tuple(rows),
        f"spread-{wave}",
    )


def _across(overview: Overview, wave: str, level: str) -> dict[str, dict[str, Finding]]:
    """Findings by id and quantity."""
    found: dict[str, dict[str, Finding]] = {}
    for finding in overview.across:
        if finding.wave == wave and finding.level == level:
            found.setdefault(finding.id, {})[finding.quantity] = finding
    return found


def mean_gaps(overview: Overview, wave: str) -> list[tuple[str, Finding]]:
    """(title, mean gap) of every dimension that has one."""
    found = _across(overview, wave, "dimension")
    return [
        (d.title["de"], found[d.id]["mean_gap"])
        for d in overview.instrument(wave).dimensions
        if d.id in found and not math.isnan(found[d.id]["mean_gap"].value)
    ]


def gaps(overview: Overview, wave: str) -> Table:
    """One row per dimension: the mean gap of the persons, its interval, signs, and the corrected p."""
    found = _across(overview, wave, "dimension")
    rows = []
    for dimension in overview.instrument(wave).dimensions:
        of = found.get(dimension.id)
        if of is not None and not math.isnan(of["mean_gap"].value):
            rows.append(
                (
                    dimension.title["de"],
                    str(int(of["mean_gap"].n)),
                    wording.signed(of["mean_gap"].value),
                    wording.interval(of["mean_gap"]),
                    wording.signed(of["hodges_lehmann"].value),
                    f"{int(of['municipalities_above'].value)} / {int(of['municipalities_below'].value)}",
                    wording.p_value(of["holm_p"].value),
                )
            )
    return Table(
        f"Abweichung der Personen von der Verwaltung, Welle {wave}: ein Wert je Kommune",
        (
            Column("Handlungsfeld"),
            Column("n", True, "Kommunen"),
            Column("Mittel", True, "Punkte"),
            Column("95-%-Intervall", True, "Punkte"),
            Column("Hodges-Lehmann", True, "Punkte"),
            Column("höher / niedriger", True, "Kommunen"),
            Column("p nach Holm", True),
        ),
        tuple(rows),
        f"gaps-{wave}",
    )


def worth_asking(overview: Overview, wave: str) -> Table:
    """The items to ask about: mean gap, corrected p, and an ordinal model as a check."""
    found = _across(overview, wave, "item")
    texts = {item.id: item.text["de"] for item in overview.instrument(wave).items}
    rows = []
    for finding in sorted(overview.worth_asking(wave), key=lambda f: (f.value, f.id)):
        of = found[finding.id]
        shift, p, reason = overview.shift(wave, finding.id)
        check = wording.reason(reason) if reason else f"{wording.signed(shift, 2)} (p {_is(p)})"
        rows.append(
            (
                finding.id,
                texts[finding.id],
                str(int(finding.n)),
                wording.signed(of["mean_gap"].value),
                wording.p_value(finding.value),
                check,
            )
        )
    return Table(
        f"Auffälligkeiten zum Nachfragen, Welle {wave}",
        (
            Column("Nr."),
            Column("Frage"),
            Column("n", True, "Kommunen"),
            Column("mittlere Abweichung", True, "Punkte"),
            Column("p nach Benjamini-Hochberg", True),
            Column("Gegenprobe: ordinales Modell", True, "log-Quotenverhältnis"),
        ),
        tuple(rows),
        f"ask-{wave}",
    )


def _is(p: float) -> str:
    text = wording.p_value(p)
    return text if text.startswith("<") else f"= {text}"


def alpha(overview: Overview, wave: str) -> Table:
    """One row per dimension: alpha with both intervals, or why there is none."""
    found: dict[str, dict[str, Finding]] = {}
    for finding in overview.reliability:
        if finding.wave == wave and finding.level == "dimension":
            found.setdefault(finding.id, {})[f"{finding.quantity} {finding.variant}".strip()] = finding
    rows = []
    for dimension in overview.instrument(wave).dimensions:
        of = found[dimension.id]
        raw = of["alpha"]
        shown = wording.reason(raw.reason) if math.isnan(raw.value) else numbers.decimal(raw.value, 2)
        rows.append(
            (
                dimension.title["de"],
                str(int(raw.n)),
                str(int(raw.n_applicable)),
                shown,
                _ends(of["alpha feldt"]),
                _ends(of["alpha bonett"]),
                numbers.decimal(of["alpha_standardised"].value, 2),
            )
        )
    return Table(
        f"Interne Konsistenz je Handlungsfeld, Welle {wave}",
        (
            Column("Handlungsfeld"),
            Column("n", True, "vollständig"),
            Column("k", True, "Fragen"),
            Column("Alpha", True),
            Column("95 % nach Feldt", True),
            Column("95 % nach Bonett", True),
            Column("standardisiert", True),
        ),
        tuple(rows),
        f"alpha-{wave}",
    )


def _ends(finding: Finding) -> str:
    if math.isnan(finding.low):
        return "–"
    return f"{numbers.decimal(finding.low, 2)} bis {numbers.decimal(finding.high, 2)}".replace("-", "−")


def agreement(overview: Overview, wave: str) -> Table:
    """One row per dimension: how far the persons of one municipality are like each other."""
    found: dict[str, dict[str, Finding]] = {}
    for finding in overview.agreement:
        if finding.wave == wave and finding.level == "dimension":
            found.setdefault(finding.id, {})[finding.quantity] = finding
    rows = []
    for dimension in overview.instrument(wave).dimensions:
        of = found.get(dimension.id)
        if of is not None:
            single, mean = of["icc_1_1"], of["icc_1_k"]
            cells = [
                wording.reason(icc.reason) if math.isnan(icc.value) else numbers.decimal(icc.value, 2)
                for icc in (single, mean)
            ]
            rows.append(
                (
                    dimension.title["de"],
                    str(int(single.n)),
                    str(int(single.n_applicable)),
                    cells[0],
                    _ends(single),
                    cells[1],
                    _ends(mean),
                )
            )
    return Table(
        f"Übereinstimmung der Personen einer Kommune, Welle {wave}",
        (
            Column("Handlungsfeld"),
            Column("n", True, "Kommunen"),
            Column("Personen", True),
            Column("ICC(1,1)", True),
            Column("95 %", True, "eine Person"),
            Column("ICC(1,k)", True),
            Column("95 %", True, "Mittel"),
        ),
        tuple(rows),
        f"agreement-{wave}",
    )


def items(overview: Overview, wave: str) -> Table:
    """One row per item: answers, non-answers by kind, mean, ends of the scale, discrimination."""
    instrument = overview.instrument(wave)
    found = {(f.id, f.quantity): f for f in overview.reliability if f.wave == wave and f.level == "item"}
    rows_of = overview.responses
    rows_of = rows_of[rows_of["wave"] == wave]
    rows_of = rows_of[is_statement(rows_of, overview.scheme.min_group_size)]
    by_item = {str(name): part for name, part in rows_of.groupby("item", observed=True)}
    rows = []
    for item in instrument.items:
        part = by_item.get(item.id, rows_of.iloc[:0])
        missing = part["missing"].astype(str)
        options = sorted(instrument.scale_of(item.id).options, key=lambda option: option.points)
        answered = part["code"].dropna() if options else part["value"].dropna()
        told = not math.isnan(found[(item.id, "difficulty")].value)
        rows.append(
            (
                item.id,
                str(len(answered)),
                str(int((missing == "skipped").sum())),
                str(int((missing == "dont_know").sum())),
                str(int((missing == "not_applicable").sum())),
                numbers.points(found[(item.id, "difficulty")].value),
                _share(answered, options[0].code) if options and told else "–",
                _share(answered, options[-1].code) if options and told else "–",
                wording.signed(found[(item.id, "discrimination")].value, 2),
            )
        )
    return Table(
        f"Fragen, Welle {wave}: Antworten der Verwaltungen",
        (
            Column("Nr."),
            Column("n", True, "Bögen"),
            Column(MISSING["skipped"], True),
            Column(MISSING["dont_know"], True),
            Column(MISSING["not_applicable"], True),
            Column("Mittel", True, "Punkte"),
            Column("unterste Stufe", True),
            Column("oberste Stufe", True),
            Column("Trennschärfe", True),
        ),
        tuple(rows),
        f"items-{wave}",
        folded=True,
    )


def _share(answered: pd.Series, code: int) -> str:
    """A share in percent from 20 answers on, else as a count."""
    n, times = len(answered), int((answered == code).sum())
    return numbers.percent(times / n) if n >= LEAST_FOR_PERCENT else f"{times} von {n}"


def weights(overview: Overview, wave: str) -> Table:
    """What each dimension counts by the scheme, and how far it goes along with the whole."""
    titles = {d.id: d.title["de"] for d in overview.instrument(wave).dimensions}
    return Table(
        f"Gewicht der Handlungsfelder, Welle {wave}",
        (Column("Handlungsfeld"), Column("Gewicht", True, "Anteil"), Column("r² mit dem Mittel aller", True)),
        tuple(
            (titles[name], numbers.decimal(nominal, 2), numbers.decimal(effective, 2))
            for name, nominal, effective in overview.weights(wave)
        ),
        f"weights-{wave}",
    )
