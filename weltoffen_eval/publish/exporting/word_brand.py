"""The head of a Word document: logo and name of a brand, before the title."""

from __future__ import annotations

from collections.abc import Callable

from docx.shared import RGBColor
from docx.text.paragraph import Paragraph

from weltoffen_eval.publish.exporting.brand_head import BrandHead
from weltoffen_eval.publish.exporting.typesetting import draw_pixels

_LOGO_WIDTH = 4.0  # centimetres


def write_brand(
    brand: BrandHead,
    text: Callable[[str, str, str], Paragraph],
    picture: Callable[[bytes, str, float], None],
) -> None:
    """Write it at the end of the document; ``text`` and ``picture`` are how its writer does so."""
    if brand.logo:
        drawing = brand.logo_type == "image/svg+xml"
        logo = draw_pixels(brand.logo.decode("utf-8")) if drawing else brand.logo
        picture(logo, brand.logo_text, _LOGO_WIDTH)
    name = text(brand.name, "Weltoffen Lead", brand.language).runs[0]
    name.bold, name.font.color.rgb = True, RGBColor.from_string(brand.light[1:].upper())
