"""The style of the pages: colours that can be told apart, fonts that hold the letters of a page."""

from __future__ import annotations

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from weltoffen_eval import paths
from weltoffen_eval.display import style
from weltoffen_eval.publish.exporting import fonts
from weltoffen_eval.publish.exporting import stylesheet as module
from weltoffen_eval.publish.exporting.fonts import characters
from weltoffen_eval.publish.exporting.stylesheet import stylesheet

CSS = (paths.TEMPLATES / "weltoffen" / "style.css").read_text(encoding="utf-8")


def palettes() -> dict[str, dict[str, str]]:
    """The colours by name, light and dark."""
    light, dark = re.findall(r":root \{([^}]*)\}", CSS)[:2]
    return {
        name: dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", text))
        for name, text in (("light", light), ("dark", dark))
    }


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    # WCAG 2.1: black on white is 21:1; #767676 on white is the well-known limit of 4.54:1
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_a_contrast_of_4_5_and_marks_of_3(scheme: str) -> None:
    colours = palettes()[scheme]
    for ground in ("paper", "wash"):
        for text in ("ink", "soft", "mark", "accent"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["range"], colours["paper"]) >= 3
    # the dot on its range, for whom the hue is the same: by its lightness
    assert contrast(colours["mark"], colours["range"]) >= 2


def test_figures_are_drawn_in_the_colours_of_the_page() -> None:
    light = palettes()["light"]
    assert {name: light[variable.removeprefix("--")] for name, variable in style._VARIABLES.items()} == {
        name: name for name in style._VARIABLES
    }


def test_the_style_sheet_is_small() -> None:
    assert len(CSS.encode("utf-8")) < 20_000


def test_the_embedded_cuts_hold_what_is_said_of_them() -> None:
    for name, _ in module._CUTS:
        with TTFont(module.FONTS / f"SourceSans3-{name}.woff2") as font:
            assert set(font.getBestCmap()) == module._latin()
    assert module._latin() <= characters()


def test_a_page_of_western_letters_needs_no_further_font() -> None:
    assert stylesheet("Größe „x“ – é") == stylesheet("")
    assert stylesheet("").count("@font-face") == 2


def test_rare_letters_come_with_the_page_and_only_they() -> None:
    made = stylesheet("Łódź 😀")
    assert made.count("@font-face") == 4
    assert "unicode-range:U+141,U+17A;" in made, "ó is a western letter, the font has no emoji"
    found = re.search(r"data:font/woff;base64,([^)]+)\)", made)
    assert found is not None
    with TTFont(io.BytesIO(base64.b64decode(found[1]))) as font:
        assert set(font.getBestCmap()) == {0x141, 0x17A}
    assert stylesheet("Łódź 😀") == made


def test_the_signs_of_our_own_sentences_are_cut_as_any_other() -> None:
    cuts = sorted(fonts.FONTS.glob("*.woff"))
    assert cuts
    for made in cuts:
        font, weight, *codes = made.stem.split("-")
        path = fonts.FONTS / f"{font}-{weight}.ttf"
        assert made.read_bytes() == module._subset(path, tuple(int(code, 16) for code in codes), ["*"])


def test_the_template_of_the_pdf_knows_every_font_in_its_order() -> None:
    source = (paths.TEMPLATES / "typst" / "report.typ").read_text(encoding="utf-8")
    named = re.findall(r'"([^"]+)"', source[source.index("#let families") : source.index("#set text(font")])
    families = []
    for font in (fonts.TEXT, *fonts._INSTEAD):
        with TTFont(fonts.cut(font, 400), lazy=True) as opened:
            families.append(opened["name"].getBestFamilyName())
    assert named == families


def test_signs_of_everyday_use_come_with_the_page() -> None:
    made = stylesheet("≤ → ✓ العربية")
    assert "unicode-range:U+2192,U+2264,U+2713;" in made
    assert made.count("@font-face") == 2 + 2 * 2
