"""What a finished report must not say: ranks, others' names, p-values of one municipality, percent of a few."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup
from places import ROOT
from shared import AS_A_PAGE, IN_ALL_FORMATS, example_pages, example_reports, project_of

from weltoffen_eval.results.profiles import load_profile
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.store import read_processed
from weltoffen_eval.study.definition import load_study

KEYS = [*AS_A_PAGE, *IN_ALL_FORMATS]


@pytest.fixture(scope="module")
def reports(shared: Path) -> dict[str, Path]:
    """The folders of the municipalities' reports for 2021, and of those on all (``_study``)."""
    some, more = example_reports(shared), example_pages(shared)
    return {
        **{key: some / "2021" / key for key in IN_ALL_FORMATS},
        **{key: more / "2021" / key for key in AS_A_PAGE},
        "_study": more / "_study",
    }


def page(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def text_of(path: Path) -> str:
    soup = page(path)
    for element in soup(["style", "script"]):
        element.decompose()
    return " ".join(soup.get_text(" ").split())


def names() -> dict[str, str]:
    with (ROOT / "data" / "raw" / "beispiel" / "municipalities.csv").open(encoding="utf-8") as stream:
        return {row["municipality"]: row["name"] for row in csv.DictReader(stream)}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", ["selfcheck", "data_quality"])
def test_a_municipality_reads_no_rank_no_p_value_no_reliability_and_no_other_name(
    reports: dict[str, Path], key: str, name: str
) -> None:
    text = text_of(reports[key] / f"{name}.html")
    assert not re.search(r"\bp\s*[=<≤>]|signifikan|Wilcoxon|\bAlpha\b|Konsistenz", text)
    assert not re.search(r"Rangplatz|\b(Rang|Platz) \d|Minimum|Maximum|\b(beste|schlechteste)[rns]?\b", text)
    for other, called in names().items():
        assert other == key or not re.search(rf"\b{called}\b", text), called


@pytest.mark.parametrize("key", KEYS)
def test_percent_is_only_what_the_scheme_asks_for(reports: dict[str, Path], key: str) -> None:
    # one to three sheets of an administration: never enough for a share of answers
    assert set(re.findall(r"\d+\s%", text_of(reports[key] / "selfcheck.html"))) <= {
        "60 %",
        "60\u00a0%",
    }


@pytest.mark.parametrize("key", KEYS)
def test_whatever_is_said_of_others_says_of_how_many(reports: dict[str, Path], key: str) -> None:
    soup = page(reports[key] / "selfcheck.html")
    table = next(t for t in soup.select("table") if "Punkte von 0 bis 100" in t.caption.get_text())
    heads = [head.get_text(" ") for head in table.select("thead th")]
    of_others = [re.sub(r"\s*\(.*", "", head).strip() for head in heads if "der anderen" in head]
    text = text_of(reports[key] / "selfcheck.html")
    if not of_others:
        assert "Es gibt keinen Vergleich" in text
        return
    assert of_others == ["Median der anderen", "mittlere Hälfte der anderen", "Zahl der anderen"]
    numbers = [row.select("td")[-1].get_text(strip=True) for row in table.select("tbody tr")]
    assert all(number == "–" or int(number) >= 8 for number in numbers)
    assert re.search(r"Zum Vergleich dienen .* andere", text)


@pytest.mark.parametrize("key", KEYS)
def test_the_reference_is_that_of_the_others_alone(shared: Path, reports: dict[str, Path], key: str) -> None:
    """Recomputed from the score file, one municipality left out, by SciPy."""
    from scipy.stats.mstats import hdquantiles

    study = load_study("beispiel")
    processed = project_of(shared) / "data" / "processed" / "beispiel"
    stored = read_processed(processed, study, load_scheme(None, study))
    assert stored is not None
    rows = stored.whole_table("scores")
    rows = rows[
        (rows["wave"] == "2021") & (rows["setting"] == "questionnaire") & (rows["level"] == "dimension")
    ]
    rows = rows[(rows["perspective"] == "administration") & (rows["municipality"] != key)]
    soup = page(reports[key] / "selfcheck.html")
    table = next(t for t in soup.select("table") if "Punkte von 0 bis 100" in t.caption.get_text())
    printed = {
        row.th.get_text(strip=True): [cell.get_text(strip=True) for cell in row.select("td")]
        for row in table.select("tbody tr")
    }
    profile = load_profile("beispiel", key, "2021")
    own = study.register.by_key[key]

    def size(population: int | None) -> int:
        return -1 if population is None else (population >= 20_000) + (population > 100_000)

    everybody = study.register.municipalities
    kreise = ("Landkreis", "Kreis")
    family = {m.key for m in everybody if (m.kind in kreise) == (own.kind in kreise)}
    alike = {m.key for m in everybody if m.kind == own.kind}
    closest = {m.key for m in everybody if m.key in alike and size(m.population) == size(own.population)}
    for dimension in profile.instrument.dimensions:
        if profile.score("dimension", dimension.id)["withheld"]:
            continue
        scores = rows[rows["id"] == dimension.id].dropna(subset=["score"])
        groups = [scores[scores["municipality"].isin(group)]["score"] for group in (closest, alike, family)]
        others = next((group for group in groups if len(group) >= 8), None)
        if others is None:
            continue
        low, median, high = (
            int(np.floor(q + 0.5)) for q in hdquantiles(others.to_numpy(), [0.25, 0.5, 0.75]).tolist()
        )
        band = f"{low} bis {high}" if low != high else f"{low}"
        assert printed[dimension.title["de"]][2:] == [str(median), band, str(len(others))]


@pytest.mark.parametrize("name", ["all_municipalities", "instrument_quality"])
def test_a_report_on_all_names_none_and_gives_n_with_every_statistic(
    reports: dict[str, Path], name: str
) -> None:
    path = reports["_study"] / f"{name}.html"
    text = text_of(path)
    for called in names().values():
        assert not re.search(rf"\b{called}\b", text), called
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b|Rang\b|Minimum|Maximum", text)
    for table in page(path).select("table"):
        heads = [head.get_text(" ") for head in table.select("thead th")]
        assert any(re.match(r"n\b", head) for head in heads) or "Gewicht" in table.caption.get_text(), heads


def test_tests_are_across_municipalities_and_corrected(reports: dict[str, Path]) -> None:
    text = text_of(reports["_study"] / "all_municipalities.html")
    assert "nach Holm für zwei Handlungsfelder berichtigt" in text
    assert "Aus jeder Kommune geht ein Wert ein." in text
    assert "bei Fragen nach Benjamini und Hochberg" in text
    assert "es kann auch Zufall sein" in text
    # of few municipalities nothing is claimed
    assert "Fünf Handlungsfelder sind nicht getestet, weil aus weniger als acht Kommunen" in text
    assert "Getestet ist nichts: Dafür braucht es mindestens acht Kommunen" in text
