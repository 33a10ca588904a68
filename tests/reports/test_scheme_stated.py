"""Each report says by which scheme it was made: its title and its hash, in the page and in the twin."""

from __future__ import annotations

import json
import re
from pathlib import Path

from shared import example_pages, example_reports

from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study


def test_each_page_states_the_scheme_and_its_hash_and_its_twin_too(shared: Path) -> None:
    scheme = load_scheme(None, load_study("beispiel"))
    folders = example_reports(shared), example_pages(shared)
    pages = [page for folder in folders for page in folder.rglob("*.html") if page.name != "index.html"]
    assert {"selfcheck", "data_quality", "workshop", "dialogue", "final_report", "all_municipalities"} <= {
        page.stem for page in pages
    }
    for page in pages:
        twin = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
        assert twin["scheme"] == {"id": scheme.id, "sha256": scheme.sha256}, page
        # the summary is the first page of a report that states it
        if page.stem != "summary":
            text = page.read_text(encoding="utf-8")
            assert re.search(rf"Bewertungsschema</dt>\s*<dd>{scheme.title['de']}</dd>", text), page
            # a council reads no hash
            assert page.stem == "final_report" or scheme.sha256 in text, page
