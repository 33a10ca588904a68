"""Pages in a real browser: they open from disk, load nothing, run nothing, and can be read on a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from dialogues import hostile_dialogue
from executed import executed
from places import REFERENCE
from samples import foreign
from shared import example_pages, example_reports, extreme_reports, hostile_reports

from weltoffen_eval.blocks import Block
from weltoffen_eval.display.fault_list import list_faults
from weltoffen_eval.errors import Fault
from weltoffen_eval.publish.exporting.exports import export_notebook
from weltoffen_eval.publish.exporting.fault_pages import fault_page
from weltoffen_eval.publish.exporting.group_lists import group_lists
from weltoffen_eval.publish.exporting.html import WeltoffenHTMLExporter
from weltoffen_eval.publish.exporting.pages import IndexReport, IndexRow, error_page, index_page
from weltoffen_eval.study.definition import load_study

SELFCHECK = IndexReport("Selbstcheck", (("HTML", "a.html"), ("PDF", "a.pdf"), ("Word", "a.docx")))
FAILED = IndexReport("Selbstcheck", (("Fehlerseite", "c.html"),), "konnte nicht erstellt werden")
ENTRIES = [
    IndexRow("musterstadt", "Musterstadt", "done", ((SELFCHECK,), (SELFCHECK,))),
    IndexRow("loewenstedt", "Löwenstedt", "part", ((FAILED,), (SELFCHECK,)), ("ein früherer Stand",)),
    IndexRow("grossau", "Großau", "failed", ((FAILED,), ())),
    IndexRow("leerstadt", "Leerstadt", "none", ((), (IndexReport("", remark="kein Bogen der Verwaltung"),))),
    *(IndexRow(f"m{n}", f"{chr(65 + n)}dorf", "done", ((SELFCHECK,), ())) for n in range(20)),
]
WAVES = ("2024", "2021")


def faulty() -> tuple[Block, ...]:
    """What Bestadt has to mend: some in a table of three columns, some in one of two, with long words."""
    study = load_study(REFERENCE / "example" / "study")
    at = Fault(
        "verwaltung.csv",
        "",
        "",
        row=3,
        column="A1",
        municipality="bestadt",
        kind="not_an_answer",
        text="x" * 80,
        item="A1",
    )
    kinds = ("not_an_answer", "ags_against_name", "column_unknown", "row_hidden", "later")
    long = replace(at, column="https://" + "x" * 80, file="x" * 80 + ".xlsx", tab="Ö" * 31)
    return list_faults(
        study, [replace(fault, kind=kind) for fault in (at, long) for kind in kinds], "bestadt"
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> dict[str, Path]:
    """One page of every kind, as files on disk."""
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "error": error_page("Selbstcheck: Musterstadt", "cell 3: ZeroDivisionError"),
        "public_error": error_page("Selbstcheck: Musterstadt", ""),
        "index": index_page(
            "Studie", ENTRIES, WAVES, note="synthetisch", of_study=[SELFCHECK], brand="Weltoffene Kommune"
        ),
        "faults": fault_page(faulty()),
        "groups": group_lists({"P01": 1, "<b>P02</b>": 2, "Ö" * 90: 2}, 20240915),
        "foreign": str(WeltoffenHTMLExporter().from_notebook_node(foreign())[0]).encode("utf-8"),
        "lab": export_notebook(executed(shared, "scoring_lab", {}), "html"),
        "hostile_dialogue": export_notebook(
            executed(
                shared,
                "04_dialogue",
                {"study": str(hostile_dialogue(folder / "hostile_dialogue")), "municipality": "dialogstadt"},
            ),
            "html",
        ),
        "public": export_notebook(executed(shared, "02_selfcheck", {"audience": "public"}), "html"),
        "workshop_kit": export_notebook(executed(shared, "workshop_kit", {}), "html"),
        "workshop_small": export_notebook(
            executed(shared, "03_workshop", {"municipality": "silbenhausen"}), "html"
        ),
        "district": export_notebook(
            executed(shared, "08_district", {"municipality": "kreis-skizzenstadt", "wave": "2024"}), "html"
        ),
    }
    paths = {}
    for name, content in made.items():
        paths[name] = folder / f"{name}.html"
        paths[name].write_bytes(content)
    modules = example_reports(shared)
    ours, extreme, hostile = example_pages(shared), extreme_reports(shared), hostile_reports(shared)
    return {
        **paths,
        "selfcheck": ours / "2021" / "musterstadt" / "selfcheck.html",
        "data_quality": ours / "2021" / "musterstadt" / "data_quality.html",
        "workshop": modules / "2024" / "musterstadt" / "workshop.html",
        "dialogue": modules / "2024" / "musterstadt" / "dialogue.html",
        "final_report": modules / "musterstadt" / "final_report.html",
        "all_municipalities": ours / "_study" / "all_municipalities.html",
        "instrument_quality": ours / "_study" / "instrument_quality.html",
        "hostile": hostile / "2021" / "m9" / "selfcheck.html",
        "hostile_data": hostile / "2021" / "m0" / "data_quality.html",
        "hostile_all": hostile / "_study" / "all_municipalities.html",
        "hostile_quality": hostile / "_study" / "instrument_quality.html",
        "long": extreme / "2021" / "lang" / "selfcheck.html",
        "one_answer": extreme / "2021" / "eine" / "selfcheck.html",
    }


REPORTS = [
    "selfcheck", "public", "data_quality", "workshop", "workshop_small", "workshop_kit", "dialogue", "hostile_dialogue", "final_report", "district", "lab", "all_municipalities",
    "instrument_quality", "hostile", "hostile_data", "hostile_all", "hostile_quality", "long", "one_answer", "foreign",
]  # fmt: skip
NAMES = [*REPORTS, "index", "error", "public_error", "groups", "faults"]
#: Wide and narrow, and a usual screen at 200 % zoom: half as wide, every pixel twice.
SCREENS = {
    "1280": {"viewport": {"width": 1280, "height": 900}},
    "320": {"viewport": {"width": 320, "height": 640}},
    "zoom200": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
}


class Opened(NamedTuple):
    """A page with the addresses that it asked for and what it said on the console."""

    page: Any
    requests: list[str]
    said: list[str]


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def open_page(browser: Any) -> Open:
    """Opens a file in a page that is as after its start; to make one for each test takes a second each."""
    made: dict[str, Opened] = {}

    def open_in(path: Path, scheme: str = "light", **options: Any) -> Opened:
        kept = str(sorted(options.items()))
        if kept not in made:
            page = browser.new_context(offline=True, **options).new_page()
            made[kept] = Opened(page, [], [])
            page.on("request", lambda request: made[kept].requests.append(request.url))
            page.on("console", lambda message: made[kept].said.append(message.text))
            page.on("pageerror", lambda error: made[kept].said.append(str(error)))
        opened = made[kept]
        # what the page of another test says on leaving is not said by this one
        opened.page.goto("about:blank")
        opened.requests.clear()
        opened.said.clear()
        opened.page.emulate_media(media="screen", color_scheme=scheme)
        opened.page.goto(path.as_uri())
        return opened

    return open_in


@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_from_disk_and_asks_for_nothing_else(
    open_page: Open, pages: dict[str, Path], name: str
) -> None:
    page, requests, said = open_page(pages[name])
    assert [url for url in requests if not url.startswith("data:")] == [pages[name].as_uri()]
    assert said == []
    # the index may search; a report runs nothing
    assert page.locator("script").count() == (1 if name == "index" else 0)
    assert page.locator("h1").count() == 1
    faces = page.evaluate("async () => (await document.fonts.load('16px \"Source Sans 3\"')).length")
    assert faces == 1, "the embedded font"


#: At 200 % zoom those that are laid out otherwise than others; all in check-slow.
ZOOMED = ("selfcheck", "workshop_kit", "all_municipalities", "lab", "foreign", "index", "error")


@pytest.mark.parametrize(
    ("name", "screen"),
    [
        *((name, "320") for name in NAMES),
        *(pytest.param(name, "zoom200", marks=[pytest.mark.slow] * (name not in ZOOMED)) for name in NAMES),
    ],
)
def test_nobody_scrolls_sideways_to_read(
    open_page: Open, pages: dict[str, Path], name: str, screen: str
) -> None:
    page, _, _ = open_page(pages[name], **SCREENS[screen])
    unfold(page)
    width = SCREENS[screen]["viewport"]["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # nor inside of a table
    wide = page.evaluate(
        "[...document.querySelectorAll('.table')].filter(t => t.scrollWidth > t.clientWidth + 1).map(t => t.id)"
    )
    assert wide == []


def unfold(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")


#: In check-slow every page in every look, but for those of reports that differ in their data only. In the suite every
#: other page in one look, one after the other, so that each look has pages of several templates; and where there is something
#: that no other has, figures of all kinds or another template, narrow and dark too.
EVERY_LOOK = [(screen, scheme) for scheme in ("light", "dark") for screen in SCREENS]
NARROW_AND_DARK = ("320", "dark")
#: Pages of templates of which another page is looked at, made of other data.
OTHER_DATA = ("hostile", "long", "one_answer")
NARROW_TOO = ("selfcheck", "index")
LOOKS = [
    pytest.param(
        name, *look,
        marks=[] if not name.startswith(OTHER_DATA) and (number % len(EVERY_LOOK) == place or (look == NARROW_AND_DARK and name in NARROW_TOO)) else [pytest.mark.slow],
    )
    for number, name in enumerate(NAMES)
    for place, look in enumerate(EVERY_LOOK)
    if not name.startswith(OTHER_DATA) or number % len(EVERY_LOOK) == place or look == NARROW_AND_DARK
]  # fmt: skip


@pytest.mark.parametrize(("name", "screen", "scheme"), LOOKS)
def test_axe_finds_nothing_at_wcag_2_1_aa_and_best_practices(
    open_page: Open, pages: dict[str, Path], name: str, screen: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, _, _ = open_page(pages[name], scheme, bypass_csp=True, **SCREENS[screen])
    unfold(page)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": tags, "resultTypes": ["violations"]})
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
    assert len(found.response["passes"]) >= 10, "axe has looked at the page"


def test_the_index_is_searched_by_name_and_key_without_network(
    open_page: Open, pages: dict[str, Path]
) -> None:
    page, _, _ = open_page(pages["index"])
    rows = page.locator("tbody tr")
    assert rows.count() == len(ENTRIES)
    for typed, found in (
        ("muster", ["Musterstadt"]),
        ("lowen", ["Löwenstedt"]),
        ("loewen", ["Löwenstedt"]),
        ("GROSSAU", ["Großau"]),
        ("stadt leer", ["Leerstadt"]),
        ("<script>", []),
        ("", [entry.name for entry in ENTRIES]),
    ):
        page.get_by_label("Name suchen").fill(typed)
        shown = [row.locator("th").inner_text().split()[0] for row in rows.all() if row.is_visible()]
        assert shown == found, typed
        assert page.locator("#found").inner_text() == (f"{len(found)} von {len(ENTRIES)}" if typed else "")
        assert page.locator("#letters").is_visible() == (typed == "")


def test_the_index_lists_all_where_no_script_runs(open_page: Open, pages: dict[str, Path]) -> None:
    page, _, _ = open_page(pages["index"], java_script_enabled=False)
    assert page.locator("tbody tr").count() == len(ENTRIES)
    assert not page.get_by_label("Name suchen").is_visible()
    assert page.locator(".state").all_inner_texts() == ["unvollständig", "nicht erstellt", "kein Bericht"]


def test_the_numbers_can_be_saved_from_the_page(
    open_page: Open, pages: dict[str, Path], tmp_path: Path
) -> None:
    page, _, said = open_page(pages["selfcheck"], accept_downloads=True)
    with page.expect_download() as waiting:
        page.get_by_text("Alle Punkte ungerundet als Datei").click()
    assert waiting.value.suggested_filename == "musterstadt-2021-scores.csv"
    waiting.value.save_as(tmp_path / "werte.csv")
    assert (tmp_path / "werte.csv").read_text(encoding="utf-8").startswith("municipality,wave,setting,")
    assert said == []


def test_what_is_folded_stands_on_paper(open_page: Open, pages: dict[str, Path], tmp_path: Path) -> None:
    page, _, _ = open_page(pages["selfcheck"])
    page.emulate_media(media="print")
    hidden = page.evaluate(
        "[...document.querySelectorAll('figure table')].filter(t => !t.checkVisibility() || !t.offsetHeight).length"
    )
    assert hidden == 0
    assert not page.locator("nav").is_visible()


@pytest.mark.parametrize("name", ["selfcheck", "data_quality", "lab"])
def test_the_contents_lead_to_the_headings(open_page: Open, pages: dict[str, Path], name: str) -> None:
    page, _, _ = open_page(pages[name])
    links = page.locator("nav a")
    targets = [link.get_attribute("href").removeprefix("#") for link in links.all()]
    headings = page.locator("main h2, main h3")
    assert targets == [heading.get_attribute("id") for heading in headings.all()]
    assert links.all_inner_texts() == headings.all_inner_texts()


@pytest.mark.parametrize("name", ["selfcheck", "workshop", "hostile", "long", "one_answer", "lab"])
def test_no_text_of_a_figure_is_cut_off_or_lies_on_another(
    open_page: Open, pages: dict[str, Path], name: str
) -> None:
    page, _, _ = open_page(pages[name], viewport={"width": 1200, "height": 900})
    cut, over = page.evaluate(
        """() => {
          const cut = [], over = [];
          for (const svg of document.querySelectorAll('figure svg')) {
            const frame = svg.getBoundingClientRect();
            const boxes = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
            for (const [said, box] of boxes)
              if (box.left < frame.left - 1 || box.right > frame.right + 1
                  || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) cut.push(said);
            boxes.forEach(([said, a], number) => boxes.slice(number + 1).forEach(([other, b]) => {
              const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
              const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
              if (wide > 1 && high > Math.min(a.height, b.height) * 0.45) over.push([said, other]);
            }));
          }
          return [cut, over];
        }"""
    )
    assert cut == []
    assert over == []


def test_letters_of_a_figure_can_be_read_on_a_phone(open_page: Open, pages: dict[str, Path]) -> None:
    page, _, _ = open_page(pages["selfcheck"], **SCREENS["320"])
    heights = page.evaluate(
        "[...document.querySelectorAll('figure svg text')].map(text => text.getBoundingClientRect().height)"
    )
    # the box of a line is about 1.26 times as high as its letters are large
    assert min(heights) / 1.26 >= 8.5
