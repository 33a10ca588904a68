"""The scoring lab as a person has it: started by the command, opened in a browser, all cells run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from places import ROOT


def copy_project(folder: Path) -> Path:
    """A project with the notebooks and studies of ours, in which a lab may write."""
    for name in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    return folder


@contextmanager
def served(project: Path, study: str = "beispiel", python: str = sys.executable) -> Iterator[str]:
    """The address that ``weltoffen lab`` prints."""
    around = {**os.environ, "WELTOFFEN_PROJECT": str(project), "HOME": str(project / "home")}
    command = [
        python,
        "-m",
        "weltoffen_eval.commands.main",
        "lab",
        study,
        "--no-browser",
        "--port",
        "0",
    ]
    log = project / "log"
    with log.open("w") as out, (project / "errors").open("w") as errors:
        server = subprocess.Popen(command, cwd=project, env=around, stdout=out, stderr=errors)
    try:
        for _ in range(1800):
            if found := re.search(r"^http://\S+$", log.read_text(), re.MULTILINE):
                break
            assert server.poll() is None, (project / "errors").read_text()
            time.sleep(0.1)
        assert found
        yield found[0]
    finally:
        server.terminate()
        server.wait(timeout=600)


@contextmanager
def open_page(browser: Any, milliseconds: int) -> Iterator[Any]:
    """A page that waits so long for what it looks for, and on which nothing of ours may be an error."""
    page = browser.new_page(viewport={"width": 1500, "height": 1400})
    page.set_default_timeout(milliseconds)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    page.close()
    # of ipywidgets, where a saved notebook is opened again and not yet run
    assert [text for text in said if "widget model not found" not in text] == []


def run_all_cells(page: Any, address: str) -> None:
    """Open the lab and run it, until its results are there."""
    page.goto(f"{address}&reset")
    page.get_by_text("| Idle").wait_for()
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).first.click()
    page.get_by_role("heading", name="Wie bewegt sich das Profil?").wait_for()


def run_all_cells_by_keys(page: Any, address: str) -> None:
    """As before, without a mouse; then Tab leads on from the cell of the controls."""
    page.goto(f"{address}&reset")
    page.get_by_text("| Idle").wait_for()
    page.locator(".jp-Notebook .jp-Cell:focus").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="Wie bewegt sich das Profil?").wait_for()
    for _ in range(2):
        page.keyboard.press("ArrowUp")


def type_number(page: Any, name: str, text: str) -> Any:
    """Types a number as a person does, and leaves the field by Enter."""
    field = page.get_by_label(f"{name}, als Zahl")
    field.press("Control+a")
    field.press_sequentially(text)
    field.press("Enter")
    return field
