"""What the reports on a whole study and the scoring lab say: from the catalogue, with keys, no municipality named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd
import pytest

from weltoffen_eval import load_overview, load_scheme, study_report
from weltoffen_eval.analysis.finding_keys import read_key
from weltoffen_eval.analysis.findings import REASONS, Finding
from weltoffen_eval.analysis.scheme import change_scheme
from weltoffen_eval.blocks import Block, Facts, Figure, Heading, Table
from weltoffen_eval.display.lab import report as lab
from weltoffen_eval.display.sentence_list import example_of
from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.display.shown import Shown, sentences_of
from weltoffen_eval.display.study.cells import reason
from weltoffen_eval.display.study.telling import ALL_MUNICIPALITIES, StudyTelling
from weltoffen_eval.errors import CallError
from weltoffen_eval.results.overview import Overview
from weltoffen_eval.study.succession import Succession, Successions

REPORTS = ("study", "all_municipalities", "instrument_quality", "lab")


def gaps_of(p: float, n: float = 36.0) -> list[Finding]:
    where = {"wave": "2021", "setting": "workshop", "perspective": "participants", "other": "administration"}
    found = []
    for level, name, test in (("dimension", "access", "holm_p"), ("item", "MS01", "bh_p")):
        about = {**where, "level": level, "id": name, "n": n}
        found += [
            Finding(quantity, value, **about)  # type: ignore[arg-type]
            for quantity, value in (
                ("mean_gap", -5.25), ("hodges_lehmann", -5.0), ("municipalities_above", 7.0),
                ("municipalities_below", 28.0), (test, p),
            )
        ]  # fmt: skip
    return found


def fields_of(overview: Overview, *fields: tuple[float, float, float], n: float = 26.0) -> list[Finding]:
    """Of the first fields the mean gap, the corrected p and how many municipalities lie on its side."""
    names = [dimension.id for dimension in overview.instrument("2021").dimensions]
    where = {"wave": "2021", "setting": "workshop", "perspective": "participants", "other": "administration"}
    return [
        Finding(quantity, value, level="dimension", id=name, n=n, **where)  # type: ignore[arg-type]
        for name, (gap, p, side) in zip(names, fields, strict=False)
        for quantity, value in (
            ("mean_gap", gap), ("holm_p", p), ("hodges_lehmann", gap),
            ("municipalities_above", side if gap > 0 else n - side),
            ("municipalities_below", side if gap < 0 else n - side),
        )
    ]  # fmt: skip


def with_gaps(overview: Overview, gaps: list[Finding]) -> Overview:
    made = replace(overview, study=overview.study)
    made.__dict__["across"] = gaps
    return made


def with_scores(overview: Overview, rows: pd.DataFrame) -> Overview:
    return replace(overview, scores=rows)


def moved(overview: Overview, by: float, municipalities: int = 33) -> Overview:
    """As if in so many municipalities every field were stated so much higher, or lower."""
    made = replace(overview, study=overview.study)
    keys = sorted(set(overview.own_scores["municipality"].astype(str)))[:municipalities]
    where = {"wave": "2024", "variant": "2021", "setting": "questionnaire", "perspective": "administration"}
    made.__dict__["changes"] = [
        Finding("change", by, n=10.0, municipality=key, level="dimension", id=dimension.id, **where)  # type: ignore[arg-type]
        for key in keys
        for dimension in overview.instrument("2024").dimensions
    ]
    return made


def reformed(overview: Overview) -> Overview:
    """As if one municipality had become two, of which nothing was known before."""
    records = (
        Succession("beispielstadt", "musterstadt", "2024"),
        Succession("beispielstadt", "probestadt", "2024"),
    )
    study = replace(overview.study, successions=Successions(records, ("2021", "2024")))
    rows = overview.scores
    gone = (rows["wave"] == "2021") & rows["municipality"].isin(["musterstadt", "probestadt"])
    return replace(moved(overview, 10.0), study=study, scores=rows[~gone])


def not_put(overview: Overview, number: int) -> Overview:
    """As if nobody had been asked so many questions."""
    rows = overview.scores
    items = [item.id for item in overview.instrument("2021").items[:number]]
    left = (rows["level"] == "item") & rows["id"].isin(items)
    return replace(
        overview, scores=rows.assign(withheld=rows["withheld"].astype(str).mask(left, "not_asked"))
    )


@pytest.fixture(scope="module")
def overview() -> Overview:
    return load_overview("beispiel")


def only(overview: Overview, number: int) -> Overview:
    """As if no others than the first municipalities had answered."""
    keys = sorted(set(overview.responses["municipality"].astype(str)))[:number]
    answers, scores = (
        rows[rows["municipality"].isin(keys)] for rows in (overview.responses, overview.scores)
    )
    return replace(overview, responses=answers, scores=scores)


@pytest.fixture(scope="module")
def shown(overview: Overview) -> list[Shown]:
    """Every cell of both reports, and cells of studies in which something else holds."""
    # what persons said of all 36 takes long, and no other sentence
    some = only(overview, 12)
    own = overview.own_scores
    own = own[(own["wave"] == "2021") & (own["level"] == "dimension")]
    alike = own.assign(score=own["municipality"].astype(str).rank(method="dense") / 10)
    wider = alike["id"].astype(str).isin(["cohesion", "economy"])
    two_wider = alike.assign(score=alike["score"].where(~wider, alike["score"] * 9))
    few = own[own["municipality"].isin(sorted(set(own["municipality"]))[:3])]
    small, answers = only(overview, 3), overview.responses
    alone = answers[answers["setting"] == "questionnaire"]
    few_workshops = replace(overview, study=overview.study)
    few_workshops.__dict__["agreement"] = [
        Finding(
            "krippendorff_alpha",
            0.3,
            variant="ordinal",
            wave="2021",
            municipality="musterstadt",
            setting="workshop",
            perspective="participants",
        )
    ]

    def with_alpha(*known: float) -> Overview:
        made = replace(overview, study=overview.study)
        names = [dimension.id for dimension in overview.instrument("2021").dimensions]
        values = [*known, *[float("nan")] * (len(names) - len(known))]
        where = {"wave": "2021", "setting": "questionnaire", "perspective": "administration"}
        waves = (where, {**where, "wave": "2024"})
        made.__dict__["reliability"] = [
            Finding(quantity, value, variant=variant, level="dimension", id=name, n=9.0, n_applicable=5.0,
                    reason="" if value == value else "too_few", **about)
            for about in waves
            for name, value in zip(names, values, strict=True)
            for quantity, variant in (
                ("alpha", ""), ("alpha", "feldt"), ("alpha", "bonett"), ("alpha_standardised", "")
            )
        ]  # fmt: skip
        return made

    few_fields, no_field = with_alpha(0.7), with_alpha(*[0.7] * 7)
    one_field = with_scores(overview, own[own["id"] == "access"])
    return [
        study_report.title(replace(overview, left_out=2), "all_municipalities"),
        study_report.title(replace(overview, left_out=1), "instrument_quality"),
        *(
            part(overview)
            for part in (
                study_report.spread, study_report.consistency, study_report.items, study_report.weights,
                study_report.provenance,
            )
        ),
        *(part(some) for part in (study_report.gaps, study_report.worth_asking, study_report.agreement)),
        *(study_report.spread(with_scores(overview, rows)) for rows in (alike, two_wider, few)),
        study_report.repeated(overview),
        *(
            study_report.repeated(with_scores(overview, every.assign(score=points, withheld="")))
            for every in (overview.own_scores,)
            for points in (100.0, 20.0)
        ),
        study_report.repeated(with_scores(overview, few)),
        *(study_report.changes(moved(overview, by)) for by in (10.0, -10.0, 1.0)),
        study_report.changes(moved(overview, 10.0, municipalities=7)),
        study_report.changes(reformed(overview)),
        study_report.gaps(with_gaps(overview, gaps_of(0.01))),
        study_report.gaps(with_gaps(overview, gaps_of(float("nan"), n=3.0))),
        study_report.gaps(with_gaps(overview, [])),
        study_report.method(with_gaps(overview, [])),
        *(
            study_report.gaps(with_gaps(overview, fields_of(overview, *fields)))
            for fields in (
                [(-4.4, 0.01, 20.0)] * 7,
                [(5.2, 0.01, 13.0)] * 7,
                [(-1.2, 0.01, 20.0), (4.4, 0.01, 20.0)],
                [(-1.2, 0.01, 20.0), (-4.4, 0.01, 20.0), (4.4, 0.6, 14.0)],
                [(4.4, 0.6, 14.0)] * 7,
            )
        ),
        study_report.method(some),
        *(
            study_report.method(with_gaps(overview, fields_of(overview, *[(-4.4, 0.06, 8.0)] * 7, n=n)))
            for n in (8.0, 26.0)
        ),
        study_report.worth_asking(with_gaps(overview, gaps_of(float("nan"), n=3.0))),
        study_report.consistency(few_fields),
        study_report.consistency(no_field),
        study_report.spread(one_field),
        study_report.repeated(one_field),
        *(study_report.spread(not_put(overview, number)) for number in (2, 5)),
        study_report.worth_asking(with_gaps(some, gaps_of(0.01))),
        study_report.worth_asking(with_gaps(overview, gaps_of(0.9))),
        study_report.consistency(small),
        study_report.agreement(small),
        study_report.agreement(replace(overview, responses=alone)),
        study_report.agreement(few_workshops),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def lab_shown(overview: Overview) -> list[Shown]:
    """The scoring lab with schemes that move much, nothing, and leave no score."""
    before = load_scheme("", overview.study)
    after = change_scheme(before, levels="criteria", weights={"dimension": {"access": 2.0}})
    instrument = overview.instrument("2021")
    change = pd.DataFrame({"dimension": ["access", "access"], "before": [50.0, 40.0], "after": [50.0, 42.5]})
    made = []
    for after_scores in ([50.0, 42.5], [50.0, 40.0], [float("nan")] * 2):
        rows = change.assign(after=after_scores)
        made.append(lab.scheme_change(rows.assign(change=rows["after"] - rows["before"]), instrument))
    return [lab.title(overview.study, before, after), lab.title(overview.study, after, before), *made]


def blocks_of(shown: Iterable[Shown]) -> list[Block]:
    return [block for part in shown for block in part.bundle.blocks]


def texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield block.text
            case Figure():
                yield from (block.caption, block.alternative, *re.findall(r">([^<>]+)</text>", block.svg))
                yield from texts_of([block.table])
            case Table():
                yield block.caption
            case Facts():
                yield from (text for term, entry in block.facts for text in (term, entry.text))
    yield from (sentence.text for sentence in sentences_of(blocks))


def pattern_of(text: str) -> str:
    return re.sub(r"\\\{\w+\\\}", ".+", re.escape(text))


def test_every_sentence_of_the_catalogue_is_printed(
    shown: list[Shown], lab_shown: list[Shown], overview: Overview
) -> None:
    telling = StudyTelling(overview, ALL_MUNICIPALITIES)
    printed = [*texts_of(blocks_of([*shown, *lab_shown])), *(reason(telling, code) for code in REASONS)]
    for name in REPORTS:
        for sentence, worded in load_catalogue(name, "de").worded.items():
            pattern = re.compile("|".join(map(pattern_of, worded.texts.values())))
            # in no shipped study do all names not fit into an alternative text, or is there an interval to draw
            if sentence not in ("gaps_alternative_cut", "gaps_caption"):
                assert any(pattern.search(text) for text in printed), f"{name}.{sentence}"


def test_every_paragraph_consists_of_sentences_of_the_catalogue(
    shown: list[Shown], lab_shown: list[Shown]
) -> None:
    known = {f"{name}.{sentence}" for name in REPORTS for sentence in load_catalogue(name, "de").declared}
    said = list(sentences_of(blocks_of([*shown, *lab_shown])))
    assert {sentence.name for sentence in said} <= known
    for block in blocks_of([*shown, *lab_shown]):
        if block.kind in ("paragraph", "note"):
            assert block.sentences, block  # type: ignore[union-attr]


def test_a_sentence_rests_on_what_the_catalogue_says(shown: list[Shown]) -> None:
    for sentence in sentences_of(blocks_of(shown)):
        report, _, name = sentence.name.partition(".")
        templates = load_catalogue(report, "de").declared[name].rests_on
        assert bool(sentence.rests_on) == bool(templates), sentence.name
        for key in sentence.rests_on:
            who, what = "/".join(key.split("/")[:4]), key.split("/")
            about = {"who": who, "id": what[5], "earlier": read_key(key)[0].variant}
            filled = [template.format(**about) for template in templates]
            assert key in filled, (sentence.name, key)


def test_no_key_of_a_study_names_a_municipality(shown: list[Shown]) -> None:
    keys = [finding.key for part in shown for finding in part.findings]
    assert len(set(keys)) > 100
    assert {read_key(key)[0].municipality for key in keys} == {""}
    assert {read_key(key)[0].respondent for key in keys} == {""}


def test_every_number_in_a_table_has_a_finding_behind_it(shown: list[Shown]) -> None:
    for block in blocks_of(shown):
        table = block.table if isinstance(block, Figure) else block
        if not isinstance(table, Table):
            continue
        width = len(table.columns)
        assert len(table.rests_on) == width * len(table.rows)
        for number, keys in enumerate(table.rests_on):
            row, column = divmod(number, width)
            # a weight is set by the scheme and is no finding
            numeric = table.columns[column].numeric and table.columns[column].title != "Gewicht"
            if numeric and table.rows[row][column] != "–":
                assert keys, (table.name, row, column)


def test_a_printed_number_is_that_of_its_finding(shown: list[Shown]) -> None:
    checked = 0
    for part in shown:
        known = {finding.key: finding for finding in part.findings}
        for sentence in sentences_of(part.bundle.blocks):
            for key, printed in sentence.numbers:
                name, _, field = key.rpartition(".")
                value = getattr(known[name], field)
                assert abs(float(printed.replace(",", ".")) - value) < 0.006, (key, printed, value)
                checked += 1
    assert checked >= 9


def test_shares_and_non_answers_of_the_twin_are_those_of_the_table(overview: Overview) -> None:
    part = study_report.items(overview)
    known = {finding.key: finding for finding in part.findings}
    rows = overview.responses
    rows = rows[(rows["wave"] == "2021") & (rows["setting"] == "questionnaire") & (rows["item"] == "MS01")]
    prefix = "@/2021/questionnaire/administration/item/MS01/"
    assert known[f"{prefix}n_missing=skipped"].value == (rows["missing"] == "skipped").sum()
    codes = rows["code"].dropna()
    assert known[f"{prefix}share=0"].value == pytest.approx((codes == 0).sum() / len(codes))
    assert known[f"{prefix}coverage"].n == len(codes)


def test_the_title_says_of_what_a_study_report_is(overview: Overview) -> None:
    about = study_report.title(overview, "instrument_quality").about
    assert (about["report"], about["study"], about["municipality"]) == ("instrument_quality", "beispiel", "")
    assert about["scheme"]["sha256"] == overview.scheme.sha256


def test_a_title_of_no_study_report_is_refused(overview: Overview) -> None:
    with pytest.raises(CallError, match=r"'Alle Kommunen'.*all_municipalities, instrument_quality"):
        study_report.title(overview, "Alle Kommunen")


@pytest.mark.parametrize("name", REPORTS)
def test_every_example_can_be_said(name: str) -> None:
    catalogue = load_catalogue(name, "de")
    for sentence in catalogue.declared:
        assert "{" not in example_of(catalogue, sentence)
