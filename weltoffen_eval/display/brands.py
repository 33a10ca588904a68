"""The brand of a questionnaire or study as a report carries it along to its exporters."""

from __future__ import annotations

import base64
from typing import Any

from weltoffen_eval.display.language import Language
from weltoffen_eval.study.brand import Brand
from weltoffen_eval.study.logos import logo_content

_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


def brand_data(brand: Brand | None, language: Language) -> dict[str, Any]:
    """Name, logo and colour as plain data; empty where there is no brand."""
    if brand is None:
        return {}
    name = language.of(brand.name)
    data = {"name": name.text, "language": language.foreign(name), "colour": brand.colour}
    if brand.logo is None:
        return data
    return {
        **data,
        "logo": base64.b64encode(logo_content(brand.logo)).decode("ascii"),
        "logo_type": _TYPES[brand.logo.suffix.lower()],
        "logo_text": language.of(brand.logo_text).text,
    }
