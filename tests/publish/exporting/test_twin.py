"""What a report says for machines: the same as its page, with a key behind every number."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from executed import execute
from places import REFERENCE

from weltoffen_eval.errors import ExportError
from weltoffen_eval.publish.exporting.contents import read_report
from weltoffen_eval.publish.exporting.exports import export_data, export_notebook

#: Everything in it is worked out by hand; see its README.
MINI = REFERENCE / "example" / "study"
WHO = "bestadt/2021/questionnaire/administration"


def a_run(name: str, language: str) -> nbformat.NotebookNode:
    parameters = {"study": str(MINI), "municipality": "bestadt", "wave": "2021", "language": language}
    return execute(name, parameters)


def data_of(node: nbformat.NotebookNode, name: str) -> dict[str, bytes]:
    return export_data(node, read_report(node), name, "tables")


@pytest.fixture(scope="module")
def notebooks() -> dict[str, nbformat.NotebookNode]:
    return {language: a_run("02_selfcheck", language) for language in ("de", "en")}


@pytest.fixture(scope="module")
def data(notebooks: dict[str, nbformat.NotebookNode]) -> dict[str, dict[str, bytes]]:
    return {language: data_of(node, "selfcheck") for language, node in notebooks.items()}


@pytest.fixture(scope="module")
def twin(data: dict[str, dict[str, bytes]]) -> dict[str, Any]:
    return dict(json.loads(data["de"]["selfcheck.json"]))


@pytest.fixture(scope="module")
def pages(notebooks: dict[str, nbformat.NotebookNode]) -> dict[str, BeautifulSoup]:
    return {
        language: BeautifulSoup(export_notebook(node, "html"), "lxml") for language, node in notebooks.items()
    }


def test_it_says_whose_report_it_is(twin: dict[str, Any]) -> None:
    assert {name: twin[name] for name in ("schema", "report", "study", "municipality", "wave")} == {
        "schema": "weltoffen-report/1",
        "report": "selfcheck",
        "study": "mini",
        "municipality": "bestadt",
        "wave": "2021",
    }
    assert (twin["language"], twin["audience"], twin["date"]) == ("de", "internal", "2021-06-30")
    assert set(twin["instrument"]) == {"id", "edition", "sha256"}
    assert set(twin["scheme"]) == {"id", "sha256"}


def test_numbers_are_those_of_the_worked_example(twin: dict[str, Any]) -> None:
    found = {finding["key"]: finding for finding in twin["findings"]}
    beta = found[f"{WHO}/dimension/beta/score"]
    # by hand: B2 = 100.5 of 0 to 200 is 50.25 points, the only applicable item
    assert (beta["value"], beta["n_applicable"], beta["reason"]) == (pytest.approx(50.25), 1, "")
    alpha = found[f"{WHO}/dimension/alpha/score"]
    assert (alpha["value"], alpha["reason"]) == (None, "coverage")
    # 1 of 3 applicable questions is answered
    coverage = found[f"{WHO}/dimension/alpha/coverage"]
    assert (coverage["n"], coverage["n_applicable"]) == (1, 3)
    assert found[f"{WHO}/item/A2/n_missing=dont_know"]["value"] == 1


def test_only_what_the_report_shows_is_in_it(twin: dict[str, Any]) -> None:
    shown = {key for entry in (*twin["sentences"], *twin["figures"]) for key in entry["rests_on"]}
    shown |= {key for table in twin["tables"] for cell in table["rests_on"] for key in cell}
    keys = [finding["key"] for finding in twin["findings"]]
    assert set(keys) == shown
    assert keys == sorted(set(keys))


def test_printed_numbers_stand_in_their_sentence_and_belong_to_its_findings(twin: dict[str, Any]) -> None:
    assert any(sentence["numbers"] for sentence in twin["sentences"])
    for sentence in twin["sentences"]:
        for number in sentence["numbers"]:
            assert number["printed"] in sentence["text"]
            assert number["key"].rpartition(".")[0] in sentence["rests_on"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_has_the_same_places_with_the_same_keys(
    data: dict[str, dict[str, bytes]], pages: dict[str, BeautifulSoup], language: str
) -> None:
    page, said = pages[language], json.loads(data[language]["selfcheck.json"])
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for entry in (*said["sentences"], *said["figures"]):
        (place,) = page.select(f'[id="{entry["id"]}"]')
        assert place.get("data-rests-on", "").split() == entry["rests_on"]
        if "text" in entry:
            assert place.get_text() == entry["text"]
    for table in said["tables"]:
        (place,) = page.select(f'[id="{table["id"]}"]')
        cells = place.select("tbody th, tbody td")
        assert [cell.get("data-rests-on", "").split() for cell in cells] == table["rests_on"]


def test_the_languages_differ_in_words_alone(
    data: dict[str, dict[str, bytes]], pages: dict[str, BeautifulSoup]
) -> None:
    german, english = (json.loads(data[language]["selfcheck.json"]) for language in ("de", "en"))
    assert german["findings"] == english["findings"]
    for one, other in zip(german["sentences"], english["sentences"], strict=True):
        assert (one["id"], one["sentence"], one["rests_on"]) == (
            other["id"],
            other["sentence"],
            other["rests_on"],
        )
        # what consists of words of the questionnaire is the same where it has one language
        same = ("question_and_answer", "topic_in_words", "items_in_state", "suggestion_reason")
        assert one["text"] != other["text"] or one["sentence"].removeprefix("selfcheck.") in same
    assert english["language"] == pages["en"].html["lang"] == "en"
    heads = [head.get_text() for head in pages["en"].select("main h2")]
    assert heads[0] == "The essentials on one page"
    question = pages["en"].select_one('#items-alpha td[lang="de"]')
    assert question is not None, "questions stay German and say so"


def test_tables_lie_where_the_twin_says(data: dict[str, dict[str, bytes]], twin: dict[str, Any]) -> None:
    assert {table["file"] for table in twin["tables"]} <= set(data["de"])
    text = data["de"]["tables/selfcheck-sentences.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["id"] for row in rows] == [sentence["id"] for sentence in twin["sentences"]]
    assert [row["rests_on"].split() for row in rows] == [s["rests_on"] for s in twin["sentences"]]


def test_the_bytes_are_the_same_each_time_with_sorted_keys(data: dict[str, dict[str, bytes]]) -> None:
    again = data_of(a_run("02_selfcheck", "de"), "selfcheck")
    assert again == data["de"]
    text = again["selfcheck.json"].decode("utf-8")
    made = json.loads(text)
    assert text == json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_a_notebook_that_says_two_things_of_one_number_is_refused(
    notebooks: dict[str, nbformat.NotebookNode],
) -> None:
    node = nbformat.from_dict(json.loads(json.dumps(notebooks["de"])))
    told = [
        carried["findings"]
        for cell in node.cells
        for output in cell.get("outputs", [])
        for carried in output.metadata.values()
        if carried.get("findings")
    ]
    told[0][0]["n"] = 99
    with pytest.raises(ExportError, match="say different things of"):
        data_of(node, "selfcheck")


def test_a_notebook_of_somebody_else_has_none(tmp_path: Path) -> None:
    cells = [nbformat.v4.new_markdown_cell("# Titel"), nbformat.v4.new_code_cell("1")]
    assert data_of(nbformat.v4.new_notebook(cells=cells), "x") == {}


def test_from_what_a_report_was_made_stands_in_the_metadata_of_each_format(shared: Path) -> None:
    import docx
    import pikepdf
    from shared import example_reports

    folder = example_reports(shared) / "2021" / "modellstadt"
    twin = json.loads((folder / "selfcheck.json").read_text(encoding="utf-8"))
    scheme = f"standard sha256:{twin['scheme']['sha256']}"
    instrument = f"selbstcheck-1 edition 1 sha256:{twin['instrument']['sha256']}"
    page = (folder / "selfcheck.html").read_text(encoding="utf-8")
    assert f'<meta name="weltoffen.scheme" content="{scheme}">' in page
    assert f'<meta name="weltoffen.instrument" content="{instrument}">' in page
    with pikepdf.open(folder / "selfcheck.pdf") as pdf, pdf.open_metadata() as metadata:
        said = str(metadata["pdf:Keywords"])
    assert f"scheme: {scheme}" in said
    assert f"instrument: {instrument}" in said
    properties = docx.Document(str(folder / "selfcheck.docx")).core_properties
    assert properties.comments == f"instrument: {instrument}; scheme: {scheme}"
    assert "municipality: modellstadt; wave: 2021; report: selfcheck" in properties.keywords
