"""The logo of a brand: a drawing or picture that every format can show, without what acts or loads."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path

from weltoffen_eval.drawings import DrawingError, allowed_drawing

#: A report holds its logo, and is to stay below 400 kB.
LARGEST = 250_000
#: Pixels of a side; more than any page shows.
LONGEST_SIDE = 4_000
_NUMBER = r"\s*([-+]?\d*\.?\d+(?:[eE][-+]?\d+)?)\s*"
_OPENING = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(rf'\s(?:width|height)="{_NUMBER}(?:px|pt|pc|mm|cm|in|em|ex)?\s*"')
_VIEW = re.compile(rf'\sviewBox="{_NUMBER}[,\s]{_NUMBER}[,\s]{_NUMBER}[,\s]{_NUMBER}"')


class LogoError(ValueError):
    """A file that can be no logo; ``found`` and ``expected`` say why."""

    def __init__(self, found: str, expected: str):
        super().__init__(f"{found}; expected is {expected}")
        self.found, self.expected = found, expected


def logo_content(path: Path) -> bytes:
    """The bytes of a logo as reports hold them: a PNG as it is, a drawing with nothing but what draws.

    Raises
    ------
    LogoError
        If it is no picture of its ending, too large, or a drawing without a size.
    """
    size = path.stat().st_size
    if size > LARGEST:
        raise LogoError(f"{size:,} bytes", f"at most {LARGEST:,}, since every report holds it")
    content = path.read_bytes()
    return _drawing(content) if path.suffix.lower() == ".svg" else _picture(content)


def _drawing(content: bytes) -> bytes:
    try:
        drawing, _ = allowed_drawing(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LogoError("a drawing that is no UTF-8", "an SVG in UTF-8") from error
    except DrawingError as error:
        raise LogoError(str(error), "a drawing in SVG") from error
    opening = _OPENING.search(drawing)
    tag = opening[0] if opening else ""
    view = _VIEW.search(tag)
    sizes = [float(number) for number in (view.groups()[2:] if view else ())]
    sides = [float(number) for number in _SIZE.findall(tag)]
    if (not view and len(sides) < 2) or any(not 1e-2 < side < 1e5 for side in (*sizes, *sides)):
        raise LogoError("a drawing without a size", "an SVG with viewBox, or width and height")
    return drawing.encode("utf-8")


def _picture(content: bytes) -> bytes:
    # only where there is such a logo
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG",)) as image:
                sides = image.size
                if max(sides) <= LONGEST_SIDE:
                    image.load()
    except Exception as error:  # a broken picture breaks in many ways
        raise LogoError("no picture in PNG that can be read", "a PNG") from error
    if max(sides) > LONGEST_SIDE:
        raise LogoError(
            f"a picture of {sides[0]:,} × {sides[1]:,} pixels", f"at most {LONGEST_SIDE:,} a side"
        )
    return content
