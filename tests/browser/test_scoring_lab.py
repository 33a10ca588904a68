"""The scoring lab in a real JupyterLab, started as a person starts it: controls are moved, numbers follow."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from places import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("projekt")
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    return folder


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    """What ``weltoffen lab`` prints."""
    around = {**os.environ, "WELTOFFEN_PROJECT": str(project), "HOME": str(project / "home")}
    command = [sys.executable, "-m", "weltoffen_eval.commands.main", "lab", "--no-browser", "--port", "0"]
    log = project / "log"
    with log.open("w") as out, (project / "errors").open("w") as errors:
        server = subprocess.Popen(command, cwd=project, env=around, stdout=out, stderr=errors)
    try:
        for _ in range(1200):
            if found := re.search(r"^http://\S+$", log.read_text(), re.MULTILINE):
                break
            assert server.poll() is None, (project / "errors").read_text()
            time.sleep(0.1)
        assert found
        yield found[0]
    finally:
        server.terminate()
        server.wait(timeout=600)


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """The lab with all cells run."""
    page = browser.new_page(viewport={"width": 1500, "height": 1400})
    page.set_default_timeout(120_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}&reset")
    page.get_by_text("| Idle").wait_for()
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).first.click()
    page.get_by_role("heading", name="Wie bewegt sich das Profil?").wait_for()
    yield page
    page.close()
    assert said == []


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
    standard = page.get_by_text("Eingestellt ist nichts anderes als im Schema „Standard“.")
    standard.wait_for()
    page.get_by_text("Gewichte der Fragen").click()
    picture = page.locator("figure svg").first.inner_html()
    field = page.get_by_label("als Zahl: Gewicht: MS01", exact=False)
    field.fill("3")
    field.press("Enter")
    page.get_by_text("weicht eine Einstellung ab").wait_for()
    assert page.locator("figure svg").first.inner_html() != picture
    # a slider by the keyboard: the first of the questions, at 3 already, one step further
    handle = page.locator(".noUi-handle:visible").first
    assert handle.get_attribute("aria-valuenow") == "3.0"
    handle.focus()
    handle.press("ArrowRight")
    page.wait_for_function("[...document.querySelectorAll('td')].some(cell => cell.textContent === '3,25')")
    assert field.input_value() == "3.25"
    # what cannot be is refused beside the control, and what was there stays
    field.fill("-1")
    field.press("Enter")
    page.get_by_role("alert").get_by_text("Möglich ist eine Zahl von 0 bis 1000000.").wait_for()
    for _ in range(2):
        page.get_by_role("button", name="Rückgängig").click()
    standard.wait_for()
    assert page.get_by_text("Möglich ist eine Zahl").count() == 0
    assert page.locator("figure svg").first.inner_html() == picture


def test_a_scheme_is_saved_found_again_after_reloading_and_the_notebook_holds_the_state(
    page: Any, address: str, project: Path
) -> None:
    page.get_by_text("Gewichte der Handlungsfelder").click()
    field = page.get_by_label("als Zahl: Gewicht: Management", exact=False)
    field.fill("2")
    field.press("Enter")
    page.get_by_text("ein Gesamtwert wird nicht gebildet").wait_for()
    page.get_by_text("Speichern und öffnen").click()
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
    page.goto(f"{address}&reset")
    page.get_by_text("| Idle").wait_for()
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).first.click()
    page.get_by_text("Eingestellt ist nichts anderes").wait_for()
    page.get_by_text("Speichern und öffnen").click()
    page.get_by_label("Gespeicherte Schemata").select_option("eigenes")
    page.get_by_role("button", name="Öffnen").click()
    page.get_by_text("weicht eine Einstellung ab").wait_for()
