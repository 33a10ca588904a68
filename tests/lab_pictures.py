"""The pictures of the scoring lab in docs/scoring.md, taken of the lab as it runs.

Called by ``make lab-pictures``, after the lab has changed; writes docs/pictures/.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Any

import chromium
from live_lab import copy_project, run_all_cells, served, type_number
from PIL import Image
from places import ROOT
from playwright.sync_api import sync_playwright

FOLDER = ROOT / "docs" / "pictures"


def main() -> int:
    """Take all pictures; returns the exit code."""
    if chromium.PATH is None:
        print("make lab-pictures: no Chromium was found; install Debian's chromium.", file=sys.stderr)
        return 4
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        served(copy_project(Path(folder))) as address,
    ):
        browser = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.FLAGS)
        page = browser.new_page(viewport={"width": 1250, "height": 2600})
        page.set_default_timeout(300_000)
        run_all_cells(page, address)
        picture_all(page)
        browser.close()
    return 0


def picture_all(page: Any) -> None:
    """Whose answers; a weight that is changed; what it moves; how it is saved."""
    outputs = page.locator(".jp-OutputArea-output")
    controls = outputs.filter(has=page.get_by_label("Einstellen", exact=True))
    results = outputs.filter(has=page.get_by_role("heading", name="Wie bewegt sich das Profil?"))
    page.get_by_label("Kommune", exact=True).select_option("Musterstadt")
    page.get_by_text("(synthetisch): Musterstadt, Welle 2021").wait_for()
    page.get_by_label("Einstellen", exact=True).select_option("Gewichte der Fragen")
    type_number(page, "Gewicht: MS01 Leitbild", "3")
    page.get_by_role("status").get_by_text("weicht eine Einstellung ab").wait_for()
    take(controls, "lab-controls")
    end = results.get_by_role("heading", name="Welche einzelnen Antworten").bounding_box()
    take(results, "lab-results", end["y"] - results.bounding_box()["y"])
    page.get_by_label("Einstellen", exact=True).select_option("Speichern und öffnen")
    page.get_by_label("Kurzname der Datei").fill("leitbild-dreifach")
    page.get_by_label("Titel", exact=True).fill("Leitbild zählt dreifach")
    page.get_by_label("Warum (Notiz)").fill("Der Beirat möchte sehen, wie viel am Leitbild hängt.")
    take(controls, "lab-saving")


def take(part: Any, name: str, height: float = 0) -> None:
    """A part of the page as a small PNG, or its upper end."""
    part.page.wait_for_timeout(1500)
    picture = Image.open(io.BytesIO(part.screenshot()))
    if height:
        picture = picture.crop((0, 0, picture.width, int(height)))
    path = FOLDER / f"{name}.png"
    picture.convert("RGB").quantize(48).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
