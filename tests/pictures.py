"""The reports as pictures, so that anybody can look: pages at three widths, light and dark, and PDF pages.

Called by ``make pictures``; writes the folder ``pictures/``.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import chromium
import pypdfium2
from places import ROOT
from playwright.sync_api import sync_playwright

from weltoffen_eval.commands.main import main as weltoffen

FOLDER = ROOT / "pictures"
REPORTS = ("selfcheck", "data_quality")


def main() -> int:
    """Make the reports of Musterstadt and picture them; returns the exit code."""
    if chromium.PATH is None:
        print("make pictures: no Chromium was found; install Debian's chromium.", file=sys.stderr)
        return 4
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        code = weltoffen(
            ["run", "beispiel", "-m", "musterstadt", "-w", "2021", "--format", "html,pdf", "--out", folder]
        )
        if code:
            return code
        reports = Path(folder) / "beispiel"
        browser = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.FLAGS)
        picture_page(browser, reports / "index.html", "index")
        for name in REPORTS:
            path = reports / "2021" / "musterstadt" / name
            picture_page(browser, path.with_suffix(".html"), name)
            picture_pdf(path.with_suffix(".pdf"), name)
        browser.close()
    print(f"{len(list(FOLDER.iterdir()))} pictures: {FOLDER}")
    return 0


def picture_page(browser: Any, path: Path, name: str) -> None:
    """A page at three widths, light, and at the widest dark too."""
    for width, scheme in ((320, "light"), (768, "light"), (1280, "light"), (1280, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.goto(path.as_uri())
        page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)
        context.close()


def picture_pdf(path: Path, name: str) -> None:
    """Every page of a PDF, about 100 points per inch."""
    with pypdfium2.PdfDocument(str(path)) as pdf:
        for number, page in enumerate(pdf, start=1):
            page.render(scale=1.4).to_pil().save(FOLDER / f"{name}-page-{number:02d}.png")


if __name__ == "__main__":
    sys.exit(main())
