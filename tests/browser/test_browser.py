"""Reports in a real browser: they open from disk, load nothing, run nothing, and can be read on a phone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from places import ROOT

from weltoffen_eval.publish.execution import export_notebook, run_notebook
from weltoffen_eval.publish.pages import Entry, error_page, index_page


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One page of every kind, as files on disk."""
    os.environ["WELTOFFEN_PROJECT"] = str(ROOT)
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "error": error_page("Selbstcheck: Musterstadt", "cell 3: ZeroDivisionError"),
        "index": index_page(
            "Studie", "synthetisch", [Entry("Musterstadt", (("Selbstcheck", "selfcheck.html"),), ("x",))]
        ),
    }
    for name, stem in (
        ("selfcheck", "02_selfcheck"),
        ("data_quality", "01_data_quality"),
        ("lab", "scoring_lab"),
    ):
        node = run_notebook(ROOT / "notebooks" / f"{stem}.ipynb", {}, "Musterstadt")
        made[name] = export_notebook(node, "html")
    paths = {}
    for name, content in made.items():
        paths[name] = folder / f"{name}.html"
        paths[name].write_bytes(content)
    return paths


NAMES = ["selfcheck", "data_quality", "lab", "index", "error"]


def open_page(browser: Any, path: Path, **options: Any) -> tuple[Any, list[str], list[str]]:
    context = browser.new_context(offline=True, **options)
    page = context.new_page()
    requests: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    return page, requests, said


@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_from_disk_and_asks_for_nothing_else(
    browser: Any, pages: dict[str, Path], name: str
) -> None:
    page, requests, said = open_page(browser, pages[name])
    assert [url for url in requests if not url.startswith("data:")] == [pages[name].as_uri()]
    assert said == []
    assert page.locator("script").count() == 0
    assert page.locator("h1").count() == 1
    faces = page.evaluate("async () => (await document.fonts.load('16px \"Source Sans 3\"')).length")
    assert faces == 1, "the embedded font"
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_on_a_narrow_screen(browser: Any, pages: dict[str, Path], name: str, scheme: str) -> None:
    page, _, _ = open_page(browser, pages[name], viewport={"width": 320, "height": 640}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_at_wcag_2_1_aa_and_best_practices(
    browser: Any, pages: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, _, _ = open_page(
        browser, pages[name], viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    for folded in page.locator("details").all():
        folded.evaluate("element => element.open = true")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": tags})
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
    assert len(found.response["passes"]) >= 10, "axe has looked at the page"
    page.context.close()


@pytest.mark.parametrize("name", ["selfcheck", "data_quality", "lab"])
def test_the_contents_lead_to_the_headings(browser: Any, pages: dict[str, Path], name: str) -> None:
    page, _, _ = open_page(browser, pages[name])
    links = page.locator("nav a")
    targets = [link.get_attribute("href").removeprefix("#") for link in links.all()]
    headings = page.locator("main h2")
    assert targets == [heading.get_attribute("id") for heading in headings.all()]
    assert links.all_inner_texts() == headings.all_inner_texts()
    page.context.close()


def test_no_text_of_a_figure_is_cut_off_or_lies_on_another(browser: Any, pages: dict[str, Path]) -> None:
    page, _, _ = open_page(browser, pages["selfcheck"], viewport={"width": 1200, "height": 900})
    cut = page.evaluate(
        """() => [...document.querySelectorAll('figure svg')].flatMap(svg => {
            const frame = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].filter(text => {
              const box = text.getBoundingClientRect();
              return box.left < frame.left - 1 || box.right > frame.right + 1
                  || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
            }).map(text => text.textContent);
        })"""
    )
    assert cut == []
    page.context.close()


def test_a_report_is_small(pages: dict[str, Path]) -> None:
    assert all(path.stat().st_size < 400_000 for path in pages.values())
