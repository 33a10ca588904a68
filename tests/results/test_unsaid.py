"""What a page says and its twin does not: each entry of a list is read by itself, and the page is named by its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from weltoffen_eval.results.attacked_folders import attack_folders
from weltoffen_eval.results.unsaid import unsaid_of

TWIN = {
    "schema": "weltoffen-report/1", "report": "workshop", "municipality": "m", "wave": "2021",
    "instrument": {"id": "unknown"}, "findings": [], "sentences": [], "figures": [], "tables": [], "given": [],
}  # fmt: skip


def said_in(folder: Path, page: str) -> list[str]:
    path = folder / "2021" / "m" / "workshop.json"
    path.parent.mkdir(parents=True)
    path.with_suffix(".html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    path.write_text(json.dumps(TWIN), encoding="utf-8")
    return [one.what for one in unsaid_of(path, TWIN)]


#: As a table of contents of ours: no entry speaks of persons with a number, all together they would.
CONTENTS = """<nav><ol><li><a href="#a">Das Wichtigste</a><ol>
<li><a href="#b">Stärken (drei von 29 Kriterien)</a></li><li><a href="#c">Was Teilnehmende sagen</a></li>
</ol></li></ol></nav>"""


def test_entries_of_a_list_are_no_sentence_together(tmp_path: Path) -> None:
    assert said_in(tmp_path, CONTENTS) == []


@pytest.mark.parametrize(
    "page",
    [
        "<ul><li>Wer da war<ul><li>Zwei Personen, 38 Punkte</li></ul></li></ul>",
        "<ul><li><p>Zwei Personen,<br> <b>38</b> Punkte</p><p>Und mehr.</p></li></ul>",
        "<ul><li>Zwei Personen,<ul><li>unter anderem</li></ul> 38 Punkte</li></ul>",
    ],
    ids=["an entry within", "a paragraph within", "before and behind a list"],
)
def test_what_an_entry_says_itself_is_named_once(tmp_path: Path, page: str) -> None:
    (said,) = said_in(tmp_path, page)
    assert said.startswith("Zwei Personen,")
    assert said.endswith("38 Punkte")


def test_a_page_is_named_by_its_place_in_the_folder(tmp_path: Path) -> None:
    said_in(tmp_path, "<p>Zwei Personen aus der Politik sehen das mit 38 Punkten anders.</p>")
    other = {
        **TWIN,
        "findings": [{"key": "m/2021/workshop/participants/item/X1/score", "value": 50.0, "n": 8}],
    }
    (tmp_path / "2021" / "m" / "workshop.json").write_text(json.dumps(other), encoding="utf-8")
    (one,) = attack_folders(tmp_path).unsaid
    assert (one.file, one.kind) == ("2021/m/workshop.html", "text")
