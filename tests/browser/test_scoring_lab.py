"""The scoring lab in a real JupyterLab, started as a person starts it: controls are moved, numbers follow."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from live_lab import copy_project, open_page, run_all_cells, served, type_number

pytestmark = pytest.mark.slow

#: Whether a cell of a table says so.
CELL = "said => [...document.querySelectorAll('td')].some(cell => cell.textContent === said)"
_NAME = """element => (element.getAttribute('aria-label') || element.labels?.[0]?.textContent
  || element.textContent).trim()"""
#: The names of all controls that can be seen, and of that which has the focus.
CONTROLS = f"""() => [...document.querySelectorAll('.jp-OutputArea-output :is(input, select, textarea, button)')]
  .filter(element => element.offsetParent && !element.disabled).map({_NAME})"""
NAMED = f"() => ({_NAME})(document.activeElement)"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("projekt"))


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    with served(project) as found:
        yield found


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """The lab with all cells run."""
    with open_page(browser, 300_000) as page:
        run_all_cells(page, address)
        yield page


def test_only_this_machine_and_only_who_has_the_token_gets_in(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")
    base, _, token = address.partition("/lab/")
    token = token.partition("token=")[2]
    assert len(token) >= 24
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{base}/api/contents")
    assert refused.value.code == 403
    refused.value.close()
    with urllib.request.urlopen(f"{base}/api/contents?token={token}") as answer:
        assert answer.status == 200


def test_a_control_is_moved_and_numbers_and_picture_follow_and_it_is_undone(page: Any) -> None:
    standard = page.get_by_role("status").get_by_text(
        "Eingestellt ist nichts anderes als im Schema „Standard“."
    )
    standard.wait_for()
    page.get_by_label("Einstellen", exact=True).select_option("Gewichte der Fragen")
    picture = page.locator("figure svg").first.inner_html()
    field = type_number(page, "Gewicht: MS01 Leitbild", "3")
    page.get_by_role("status").get_by_text("weicht eine Einstellung ab").wait_for()
    page.wait_for_function(CELL, arg="3")
    assert page.locator("figure svg").first.inner_html() != picture
    # a slider by the keyboard: at 3 already, one step further
    slider = page.get_by_label("Gewicht: MS01 Leitbild", exact=True)
    assert (slider.get_attribute("type"), slider.input_value()) == ("range", "3")
    slider.press("ArrowRight")
    page.wait_for_function(CELL, arg="3,25")
    assert (field.input_value(), slider.get_attribute("aria-valuetext")) == ("3,25", "3,25")
    # and by the mouse, to where it ends
    slider.click(position={"x": slider.bounding_box()["width"] - 2, "y": 5})
    page.wait_for_function(CELL, arg="5")
    # what cannot be is refused beside the control, and what was there stays
    type_number(page, "Gewicht: MS01 Leitbild", "-1")
    page.get_by_role("alert").get_by_text("Möglich ist eine Zahl von 0 bis 1000000.").wait_for()
    assert (field.get_attribute("aria-invalid"), field.input_value()) == ("true", "-1")
    for _ in range(3):
        page.get_by_role("button", name="Rückgängig").click()
    standard.wait_for()
    assert page.get_by_text("Möglich ist eine Zahl").count() == 0
    page.wait_for_function("before => document.querySelector('figure svg').innerHTML === before", arg=picture)
    # nothing is asked that concerns other servers
    assert page.get_by_text("official Jupyter news").count() == 0


def test_another_study_is_chosen_within_the_lab(page: Any) -> None:
    page.get_by_label("Studie", exact=True).select_option("egi-chile")
    page.get_by_role("heading", name="Bewertungslabor: E-Government der Gemeinden in Chile").wait_for()
    page.get_by_text("E-Government der Gemeinden in Chile: ").wait_for()
    page.get_by_label("Einstellen", exact=True).select_option("Gewichte der Handlungsfelder")
    type_number(page, "Gewicht: E-Government", "2")
    page.get_by_role("status").get_by_text("Daneben gibt es nichts, wogegen gewichtet würde.").wait_for()


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(page: Any) -> None:
    """Group by group: every control in it is met by Tab, and axe finds nothing in what is ours."""
    from axe_playwright_python.sync_playwright import Axe

    chosen = page.get_by_label("Einstellen", exact=True)
    groups = chosen.locator("option").evaluate_all("options => options.map(option => option.value)")
    assert len(groups) == 8
    met: set[str] = set()
    for group in groups:
        chosen.select_option(group)
        page.wait_for_timeout(1000)
        found = Axe().run(page, context=".jp-OutputArea-output")
        assert [(v["id"], v["nodes"][0]["html"][:300]) for v in found.response["violations"]] == []
        assert len(found.response["passes"]) >= 10, "axe has looked at the page"
        wanted = page.evaluate(CONTROLS)
        assert "" not in wanted
        page.get_by_label("Studie", exact=True).focus()
        seen = [page.evaluate(NAMED)]
        for _ in wanted:
            page.keyboard.press("Tab")
            seen.append(page.evaluate(NAMED))
        assert set(wanted) <= set(seen), set(wanted) - set(seen)
        met |= set(wanted)
    assert {"Studie", "Welle", "Kommune", "Gewicht: MS01 Leitbild", "Gewicht: MS01 Leitbild, als Zahl"} <= met
    sliders = {name for name in met if f"{name}, als Zahl" in met}
    # seven fields, fifteen questions of the first, a share, criteria and answers
    assert len(sliders) > 7 + 15 + 1 + 5, "each has a field beside it"


def test_a_scheme_is_saved_found_again_after_reloading_and_the_notebook_holds_the_state(
    page: Any, address: str, project: Path
) -> None:
    page.get_by_label("Einstellen", exact=True).select_option("Gewichte der Handlungsfelder")
    type_number(page, "Gewicht: Management und Steuerung", "2")
    page.get_by_role("status").get_by_text("ein Gesamtwert wird nicht gebildet").wait_for()
    page.get_by_label("Einstellen", exact=True).select_option("Speichern und öffnen")
    page.get_by_label("Kurzname der Datei").fill("eigenes")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_text("Bitte schreiben Sie in die Notiz").wait_for()
    page.get_by_label("Warum (Notiz)").fill("Zum Ausprobieren.")
    page.get_by_label("Warum (Notiz)").press("Tab")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_text("weltoffen run --scheme eigenes").wait_for()
    saved = project / "data" / "raw" / "beispiel" / "schemes" / "eigenes.toml"
    assert '"management" = 2\n' in saved.read_text(encoding="utf-8")
    page.keyboard.press("Control+s")
    notebook = project / "lab" / "beispiel.ipynb"
    for _ in range(600):
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        if "weicht eine Einstellung ab" in json.dumps(cells[-1], ensure_ascii=False):
            break
        time.sleep(0.1)
    else:
        raise AssertionError("the saved notebook does not hold the state")
    run_all_cells(page, address)
    page.get_by_role("status").get_by_text("Eingestellt ist nichts anderes").wait_for()
    page.get_by_label("Einstellen", exact=True).select_option("Speichern und öffnen")
    page.get_by_label("Gespeicherte Schemata").select_option("eigenes")
    page.get_by_role("button", name="Öffnen").click()
    page.get_by_role("status").get_by_text("weicht eine Einstellung ab").wait_for()
