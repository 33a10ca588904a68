"""The page of faults is one file that loads nothing, and text from the data does not become part of it."""

from __future__ import annotations

from weltoffen_eval.blocks import Column, Heading, Paragraph, Table
from weltoffen_eval.publish.exporting.fault_pages import fault_page

HOSTILE = "</table><script>alert(1)</script>"


def test_the_page_is_called_as_its_heading_and_shows_text_as_text() -> None:
    table = Table(HOSTILE, (Column("Zeile"), Column("Spalte")), (("2", HOSTILE),), "places-1")
    page = fault_page([Heading(1, "Bitte prüfen", "faults"), Paragraph(HOSTILE), table]).decode("utf-8")
    assert "<title>Bitte prüfen</title>" in page
    assert '<html lang="de">' in page
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3
    assert "http" not in page.replace("http-equiv", "")
