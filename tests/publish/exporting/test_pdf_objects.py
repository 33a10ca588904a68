"""Objects of a PDF lie closer together and say the same; what Typst did not write is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
import typst

from weltoffen_eval.errors import ExportError
from weltoffen_eval.publish.exporting.pdf_objects import read_objects, write_objects
from weltoffen_eval.publish.exporting.pdf_tags import complete_tags


@pytest.fixture(scope="module")
def set_by_typst(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    source = tmp_path_factory.mktemp("typst") / "page.typ"
    source.write_text(
        '#set document(title: "Titel")\n= Kopf\n' + "#table(columns: 2, table.header[a][b], [1], [2])\n" * 60,
        encoding="utf-8",
    )
    return bytes(typst.compile(str(source), format="pdf", pdf_standards=["a-2a"], timestamp=0))


def said(pdf: bytes) -> list[bytes]:
    """What every object says, and the content of its stream."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        objects = [opened.get_object(number, 0) for number in range(1, len(read_objects_of(opened)) + 1)]
        return [one.read_raw_bytes() if isinstance(one, pikepdf.Stream) else one.unparse() for one in objects]


def read_objects_of(opened: pikepdf.Pdf) -> range:
    """As many as Typst wrote: what holds others together, and their table, come behind."""
    behind = [
        one
        for one in opened.objects
        if isinstance(one, pikepdf.Stream) and str(one.get("/Type")) in ("/ObjStm", "/XRef")
    ]
    return range(len(opened.objects) - len(behind))


def test_every_object_says_what_it_said_in_less_room(set_by_typst: bytes) -> None:
    closer = write_objects(read_objects(set_by_typst))
    assert closer == write_objects(read_objects(set_by_typst)), "the same bytes each time"
    assert len(closer) < 0.5 * len(set_by_typst)
    assert said(closer) == said(set_by_typst)
    with pikepdf.open(io.BytesIO(closer)) as opened:
        assert opened.check_pdf_syntax() == []
        assert str(opened.docinfo["/Title"]) == "Titel"
        first, changed = (bytes(entry) for entry in opened.trailer.ID)
    with pikepdf.open(io.BytesIO(set_by_typst)) as opened:
        # the document is the same, the file is not
        assert bytes(opened.trailer.ID[0]) == first != changed


def test_a_pdf_that_typst_did_not_write_is_refused(tmp_path: Path) -> None:
    written = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(written)
    with pytest.raises(ExportError, match=r"Typst wrote its (end|table of objects) otherwise"):
        read_objects(written.getvalue())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"2 0 obj\n", b"3 0 obj\n", "object 2"),
        (b"/S/TR/P ", b"/S/TR/Q ", r"the element \d+"),
        (b"/StructTreeRoot", b"/StructTreeRuht", "no tree of tags"),
    ],
)
def test_an_object_that_is_written_in_another_way_is_named(
    set_by_typst: bytes, old: bytes, new: bytes, fault: str
) -> None:
    assert old in set_by_typst
    with pytest.raises(ExportError, match=fault):
        complete_tags(set_by_typst.replace(old, new))
