"""Cells one by one: of everything that a cell shows the best form is taken, and what is left out is remarked."""

from __future__ import annotations

from typing import Any

import nbformat.v4 as nb
import pytest

from weltoffen_eval.blocks import Note
from weltoffen_eval.publish.exporting.cells import CellReader
from weltoffen_eval.publish.exporting.frame_words import Words
from weltoffen_eval.publish.exporting.parts import Part, Plain, Prose, Run


def read(cell: Any, strict: bool = False) -> tuple[list[Part], list[str], list[str]]:
    errors: list[str] = []
    remarks: list[str] = []
    reader = CellReader(Words("de"), None, errors.append, remarks.append, strict)
    return list(reader.read(cell, 3)), errors, remarks


def shows(data: dict[str, Any], **metadata: Any) -> Any:
    return nb.new_code_cell(outputs=[nb.new_output("display_data", data, metadata=metadata)])


def printed(*pieces: tuple[str, str]) -> Any:
    return nb.new_code_cell(outputs=[nb.new_output("stream", name=name, text=text) for name, text in pieces])


def words(text: str) -> list[Part]:
    return [Prose((Run(text),))]


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        ({"text/plain": "a"}, [Plain("a")]),
        ({"text/plain": "a", "text/html": "<p>b"}, words("b")),
        ({"text/plain": "a", "text/markdown": "b"}, words("b")),
        ({"text/plain": "a", "text/html": "<span></span>"}, []),
        ({}, []),
    ],
)
def test_of_all_forms_the_one_that_jupyter_shows(data: dict[str, Any], parts: list[Part]) -> None:
    assert read(shows(data)) == (parts, [], [])


def test_data_of_scrapbook_are_shown_only_where_that_is_said() -> None:
    assert read(shows({"text/plain": "a"}, scrapbook={"display": False}))[0] == []
    assert read(shows({"text/plain": "a"}, scrapbook={"display": True}))[0] == [Plain("a")]


def test_pieces_of_one_stream_are_one_and_a_line_is_written_over() -> None:
    assert read(printed(("stdout", "10 %"), ("stdout", "\r20 %\n")))[0] == [Plain("20 %\n")]
    assert read(printed(("stdout", " \n")))[0] == []


def test_warnings_are_not_shown_and_a_strict_reading_does_not_speak_of_it() -> None:
    parts, errors, (remark,) = read(printed(("stderr", "W: old\nmore")))
    assert (parts, errors) == ([], [])
    assert remark == "Cell 3 wrote warnings or the like (stderr), which the report does not show: W: old"
    assert read(printed(("stderr", "W")), strict=True) == ([], [], [])


@pytest.mark.parametrize(("tags", "meant"), [([], False), (["raises-exception"], True)])
def test_an_error_stands_in_the_report_and_is_one_where_nobody_meant_it(tags: list[str], meant: bool) -> None:
    output = nb.new_output("error", ename="E", evalue="\x1b[31mx\x1b[0m\ny", traceback=[])
    parts, errors, remarks = read(nb.new_code_cell(outputs=[output], metadata={"tags": tags}))
    assert parts == [Note("Zelle 3 des Notebooks endete mit einem Fehler (E: x y).", "Fehler")]
    assert (len(errors), len(remarks)) == ((0, 1) if meant else (1, 0))


@pytest.mark.parametrize("tag", ["remove-cell", "remove_output"])
def test_what_its_author_takes_out_is_left_out_and_remarked(tag: str) -> None:
    cell = printed(("stdout", "a"))
    cell.metadata["tags"] = [tag]
    assert read(cell) == ([], [], ["Cell 3 is left out, as its tag says."])


@pytest.mark.parametrize(
    ("kind", "source", "parts", "remarked"),
    [
        ("", "a", [Plain("a")], 0),
        ("", " ", [], 0),
        ("", "---\ntitle: x\n---\n", [], 1),
        ("text/html", "<p>a", words("a"), 0),
        ("text/markdown", "*a*", [Prose((Run("a", emphasis=True),))], 0),
        ("text/latex", r"\newpage", [], 1),
    ],
)
def test_a_raw_cell_is_shown_as_far_as_it_is_meant_for_a_page(
    kind: str, source: str, parts: list[Part], remarked: int
) -> None:
    made, errors, remarks = read(nb.new_raw_cell(source, metadata={"raw_mimetype": kind} if kind else {}))
    assert (made, errors, len(remarks)) == (parts, [], remarked)
