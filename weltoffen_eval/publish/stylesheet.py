"""The style of all pages, with its fonts embedded."""

from __future__ import annotations

import base64
from functools import cache

from weltoffen_eval import paths


@cache
def stylesheet() -> str:
    """The style of all pages with its fonts embedded; it needs nothing from outside."""
    folder = paths.TEMPLATES / "weltoffen"
    fonts = ""
    for name, weight in (("Regular", 400), ("SemiBold", 600)):
        content = (paths.TEMPLATES / "fonts" / f"SourceSans3-{name}.woff2").read_bytes()
        encoded = base64.b64encode(content).decode("ascii")
        fonts += (
            f'@font-face{{font-family:"Source Sans 3";font-weight:{weight};'
            f"src:url(data:font/woff2;base64,{encoded}) format('woff2')}}\n"
        )
    return fonts + (folder / "style.css").read_text(encoding="utf-8")
