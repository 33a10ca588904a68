"""Words round a report and on pages that are none: from the catalogue, in the reader's language."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from places import ROOT

from weltoffen_eval.display.sentence_list import example_of
from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.publish.exporting.frame_words import Words
from weltoffen_eval.publish.exporting.group_lists import group_lists
from weltoffen_eval.publish.exporting.index import write_index
from weltoffen_eval.publish.exporting.pages import STATES, IndexReport, IndexRow, error_page, index_page
from weltoffen_eval.publish.keeping.manifest import Absent, Manifest

#: Words of which German sentences are made, and letters that other words here do not have.
_GERMAN = re.compile(r"[äöüßÄÖÜ„]|\b(?:und|nicht|der|die|das|Kommunen?|Berichte?|Fragen?|Punkte|Werte?)\b")


def test_words_are_in_the_language_of_the_report_else_in_english() -> None:
    assert (Words("de-AT").own, Words("de-AT")("contents")) == ("de", "Inhalt")
    assert (Words("en-GB").own, Words("fr")("contents")) == ("en", "Contents")
    assert Words("de")("table_of_cell", cell=3) == "Tabelle aus Zelle 3"


def test_pages_are_german_while_there_are_no_others() -> None:
    assert Words("en", "pages").own == "de"
    assert Words(catalogue="pages")("municipalities", count=1, unit="Kommune", states="x") == "1 Kommune: x."
    assert b"Kommunen: ." not in index_page("T", [], [])
    assert b"1 Kommune: 1" in index_page("T", [IndexRow("a", "A", "done")], [])


@pytest.mark.parametrize(("catalogue", "language"), [("frame", "de"), ("frame", "en"), ("pages", "de")])
def test_the_words_of_pages_are_those_that_the_catalogue_checks(catalogue: str, language: str) -> None:
    checked, words = load_catalogue(catalogue, language), Words(language, catalogue)
    for name, declared in checked.declared.items():
        assert words(name, **declared.example) == example_of(checked, name)


def test_every_word_of_the_catalogue_of_pages_is_printed(tmp_path: Path) -> None:
    told = IndexReport("B", (("HTML", "a.html"),))
    entries = [IndexRow(state, state, state, ((told,), ())) for state in STATES]
    pages = [index_page("T", of, ["", "2021"], of_study=[told]) for of in (entries[:1], entries * 5)]
    pages += [error_page("T", "r", "n.ipynb", state) for state in ("failed", "refused", "skipped")]
    pages += [group_lists(draw, 7) for draw in ({"a": 1}, {"a": 1, "b": 3})]
    manifest = Manifest(tmp_path)
    for number, state in enumerate(("failed", "refused", "skipped")):
        (tmp_path / f"{state}.html").write_bytes(b"")
        manifest.absent[f"2021/k{number}/selfcheck"] = Absent(state, files=(f"{state}.html",))
    write_index(manifest)
    pages.append((tmp_path / "index.html").read_bytes())
    whole = "\n".join(page.decode("utf-8") for page in pages)
    for name, worded in load_catalogue("pages", "de").worded.items():
        patterns = [re.sub(r"\\\{\w+\\\}", ".*", re.escape(text)) for text in worded.texts.values()]
        # a file that was taken away is tried in the tests of the index
        if name != "files_missing":
            assert any(re.search(pattern, whole) for pattern in patterns), name


@pytest.mark.parametrize("room", ["display", "publish"])
def test_code_holds_no_german(room: str) -> None:
    found = []
    for path in sorted((ROOT / "weltoffen_eval" / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        said = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in documented)
        # a single letter is one that is looked for, such as in names of files
        found += [
            f"{path.name}:{node.lineno}: {node.value[:60]}"
            for node in said
            if isinstance(node.value, str) and len(node.value) > 1 and _GERMAN.search(node.value)
        ]
    assert not found


def test_templates_hold_no_german() -> None:
    for path in (ROOT / "weltoffen_eval" / "templates" / "weltoffen").glob("*.j2"):
        assert not _GERMAN.search(path.read_text(encoding="utf-8").replace("Weltoffene Kommune", "")), path
