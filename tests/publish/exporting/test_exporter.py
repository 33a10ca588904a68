"""nbconvert with our exporters on files that make no report: a sentence that names the file, no traceback."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from weltoffen_eval.errors import ExportError
from weltoffen_eval.publish.exporting.exporter import NotConverted
from weltoffen_eval.publish.exporting.html import WeltoffenHTMLExporter
from weltoffen_eval.publish.exporting.pdf import WeltoffenPDFExporter
from weltoffen_eval.publish.exporting.word import WeltoffenDOCXExporter

CELL = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Titel"}
CODE = {"cell_type": "code", "id": "b", "metadata": {}, "source": "1", "execution_count": None, "outputs": []}


def notebook(*cells: object, **more: object) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **more}).encode()


# what stands in the file, and what is said of it
BROKEN = {
    "nothing": (b"", "this is no notebook: Expecting value: line 1 column 1 (char 0)"),
    "no JSON": (b"# Titel", "this is no notebook: Expecting value: line 1 column 1 (char 0)"),
    "cut off": (notebook(CELL)[:-9], "this is no notebook: "),
    "other letters": ("Köln".encode("cp1252"), "this is no notebook: it is not written in UTF-8"),
    "brackets": (b"[" * 99_999, "this is no notebook: "),
    "an empty object": (b"{}", "this is no notebook: nothing says which nbformat it has"),
    "a list": (b"[1]", "this is no notebook: nothing says which nbformat it has"),
    "a format that is none": (
        b'{"nbformat": "x"}',
        "this is no notebook: nothing says which nbformat it has",
    ),
    "a format of the future": (notebook(nbformat=9), "this is a damaged notebook: "),
    "no cells": (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "this is a damaged notebook: "),
    "cells in words": (notebook(cells="x"), "this is a damaged notebook: "),
    "a cell in words": (notebook("x"), "this is a damaged notebook: "),
    "a cell of no kind": (notebook({"source": ""}), "this is a damaged notebook: "),
    "a cell without source": (notebook(CELL, {**CELL, "source": None}), "this is a damaged notebook: "),
    "a cell without metadata": (notebook({**CELL, "metadata": 1}), "this is a damaged notebook: "),
    "outputs in words": (notebook({**CODE, "outputs": ["x"]}), "this is a damaged notebook: "),
    "metadata in words": (notebook(metadata=1), "this is a damaged notebook: "),
    "an old format without cells": (b'{"nbformat": 3, "metadata": {}}', "this is a damaged notebook: "),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_notebook_is_told_in_a_sentence_that_names_the_file(tmp_path: Path, kind: str) -> None:
    content, said = BROKEN[kind]
    path = tmp_path / "kaputt.ipynb"
    path.write_bytes(content)
    for made in (WeltoffenHTMLExporter, WeltoffenPDFExporter, WeltoffenDOCXExporter):
        with pytest.raises(ExportError) as refused:
            made().from_filename(str(path))
        assert isinstance(refused.value, SystemExit)
        assert str(refused.value.code).startswith(f"{path}: {said}")
        assert len(str(refused.value.code).splitlines()) == 1


def test_a_file_that_is_not_there_and_a_folder_are_told_as_such(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "x.ipynb", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(NotConverted, match=f"cannot be read: {said}"):
            WeltoffenHTMLExporter().from_filename(str(path))


def test_an_event_loop_outlives_a_file_that_makes_no_report(tmp_path: Path) -> None:
    def convert() -> None:
        WeltoffenHTMLExporter().from_filename(str(tmp_path / "x.ipynb"))

    async def convert_here() -> None:
        convert()

    async def told() -> list[BaseException | None]:
        ways = (asyncio.create_task(convert_here()), asyncio.to_thread(convert))
        return list(await asyncio.gather(*ways, return_exceptions=True))

    refused = asyncio.run(told())
    assert [type(error) for error in refused] == [ExportError, ExportError]
    assert all("x.ipynb cannot be read" in str(error) for error in refused)


def test_what_a_strict_exporter_refuses_is_a_sentence_too() -> None:
    broken = {**CODE, "outputs": [{"output_type": "error", "ename": "E", "evalue": "x", "traceback": []}]}
    with pytest.raises(NotConverted, match=r"^the notebook: .+"):
        WeltoffenHTMLExporter(strict=True).from_file(io.StringIO(notebook(CELL, broken).decode()))


@pytest.mark.filterwarnings("ignore")
def test_what_jupyter_lets_pass_is_converted() -> None:
    without_ids = {key: value for key, value in CELL.items() if key != "id"}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [CELL]}]}
    for content in (notebook(without_ids, nbformat_minor=4), notebook(without_ids), json.dumps(old).encode()):
        page, _ = WeltoffenHTMLExporter().from_file(io.StringIO(content.decode()))
        assert "Titel</h1>" in page


@pytest.mark.slow
def test_the_command_of_nbconvert_ends_with_the_sentence_alone(tmp_path: Path) -> None:
    (tmp_path / "kaputt.ipynb").write_bytes(b"{}")
    call = [sys.executable, "-m", "nbconvert", "--to", "weltoffen-html", "--log-level=ERROR", "kaputt.ipynb"]
    ended = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == "kaputt.ipynb: this is no notebook: nothing says which nbformat it has.\n"
    assert not (tmp_path / "kaputt.html").exists()
