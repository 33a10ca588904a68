"""What axe-core finds in our page and in nbconvert's own, made from the same executed notebook."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from nbconvert import HTMLExporter
from playwright.sync_api import sync_playwright

from weltoffen_eval.publish.exporting.exports import export_notebook
from weltoffen_eval.publish.running.execution import run_notebook

ROOT = Path(__file__).resolve().parents[1]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
FLAGS = ["--no-sandbox", "--disable-background-networking"]


def main(notebook: str = "02_selfcheck") -> None:
    node = run_notebook(ROOT / "notebooks" / f"{notebook}.ipynb", {}, "Selbstcheck: Musterstadt")
    pages = {"weltoffen-html": export_notebook(node, "html").decode("utf-8")}
    for template in ("lab", "classic", "basic"):
        pages[f"nbconvert --template {template}"] = HTMLExporter(template_name=template).from_notebook_node(
            node
        )[0]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, page in pages.items():
            path = Path(folder) / "page.html"
            path.write_text(page, encoding="utf-8")
            print(f"{name}: {len(page) / 1000:.0f} kB, {look(chromium, path)}")
        chromium.close()


def look(chromium: Any, path: Path) -> str:
    """The rules that are violated with the number of places, and what the page asks the network for."""
    page = chromium.new_context(bypass_csp=True).new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    outside = [url for url in requests if not url.startswith(("data:", "file:"))]
    for folded in page.locator("details").all():
        folded.evaluate("element => element.open = true")
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    places = Counter({violation["id"]: len(violation["nodes"]) for violation in found})
    named = ", ".join(f"{rule} ({count})" for rule, count in places.most_common()) or "none"
    page.context.close()
    return f"{len(outside)} requests, {sum(places.values())} places violate {len(places)} rules: {named}"


if __name__ == "__main__":
    main(*sys.argv[1:])
