"""The scoring lab in a browser: from a slider's move to new numbers and a new picture.

For each size a synthetic study is made, its lab is started by ``weltoffen lab`` and opened in Chromium; then
a weight is moved by a key, ten times. Timed is, within the page, from the move until the line above the
controls says what it did, and until the results (tables, pictures) are drawn anew.

Usage: lab_in_browser.py [SIZE ...]     (36 and 3600 municipalities; needs Chromium)
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import chromium  # noqa: E402
from live_lab import copy_project, run_all_cells, served  # noqa: E402

from weltoffen_eval.study.example.generator import write_study  # noqa: E402

#: Seconds that a change may take.
AIMS = {36: 0.3, 3600: 1.0}
MOVES = 10
#: Waits for a key; tells after how many milliseconds the numbers, and the picture, are others.
TIMER = """() => new Promise(done => {
  const slider = document.activeElement, told = document.querySelector('[role=status]');
  const picture = () => document.querySelector('figure svg');
  const before = told.textContent, drawn = picture();
  slider.addEventListener('input', () => {
    const begin = performance.now();
    let said = 0;
    const look = () => {
      if (!said && told.textContent !== before) said = performance.now() - begin;
      if (said && picture() && picture() !== drawn) done([said, performance.now() - begin]);
      else requestAnimationFrame(look);
    };
    look();
  }, { once: true });
  window.timed = true;
})"""


def measure(browser: Any, folder: Path, size: int) -> None:
    project = copy_project(folder / str(size))
    write_study(project / "data" / "raw" / f"s{size}", size, study_id=f"s{size}", workshop=False)
    with served(project, f"s{size}") as address:
        page = browser.new_page(viewport={"width": 1500, "height": 3000})
        page.set_default_timeout(300_000)
        run_all_cells(page, address)
        slider = page.get_by_label("Gewicht: MS01 Leitbild", exact=True)
        said, drawn = [], []
        for _ in range(MOVES):
            slider.focus()
            page.evaluate(f"() => {{ window.timed = false; window.took = ({TIMER})(); }}")
            page.wait_for_function("() => window.timed")
            page.keyboard.press("ArrowRight")
            one, other = page.evaluate("() => window.took")
            said.append(one / 1000)
            drawn.append(other / 1000)
            page.wait_for_timeout(500)
        page.close()
    print(
        f"{size} municipalities, {MOVES} moves: said after {statistics.median(said):.2f} s, drawn after "
        f"{statistics.median(drawn):.2f} s, at most {max(drawn):.2f} s; aim {AIMS.get(size, '–')} s",
        flush=True,
    )


def main(*sizes: str) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.FLAGS)
        for size in sizes or ("36", "3600"):
            measure(browser, Path(folder), int(size))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
