"""Pictures of a notebook: in its outputs, attached to its cells, written into an address, or beside it."""

from __future__ import annotations

import base64
import binascii
import io
import re
import stat
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from weltoffen_eval.drawings import DrawingError, allowed_drawing
from weltoffen_eval.errors import WeltoffenError

#: Kinds of pictures that every format can hold, the best first; others are drawn anew as the second.
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
OTHER_PICTURES = ("image/gif", "image/webp", "image/bmp", "image/tiff", "image/x-icon")
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "ICO")
#: A larger file beside the notebook is no picture of a report.
LARGEST = 25_000_000
_DATA_ADDRESS = re.compile(r"data:(?P<kind>image/[\w.+-]+)?(?P<more>(?:;[^;,]*)*),(?P<content>.*)", re.DOTALL)
_SIZES = re.compile(r"\b(?:width|height)=\"\s*([-+]?\d*\.?\d+(?:[eE][-+]?\d+)?)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//|\\\\")
Attachments = Mapping[str, Mapping[str, Any]]
#: Says something to who makes the report.
Remark = Callable[[str], None]


class PictureError(ValueError):
    """A picture that cannot be had or read; it says why."""


def find_picture(address: str, attachments: Attachments, folder: Path | None) -> tuple[bytes, str]:
    """The picture that an address names, as its bytes and its kind.

    Parameters
    ----------
    attachments : files attached to the cell, as nbformat has them
    folder : where the notebook lies; files below it are taken, and none if it is not known

    Raises
    ------
    PictureError
        If it is none of these; nothing is fetched from anywhere.
    """
    address = address.strip()
    if address.startswith("attachment:"):
        return _attached(address.removeprefix("attachment:"), attachments)
    found = _DATA_ADDRESS.fullmatch(address)
    if found:
        return _written_out(found)
    if _SCHEME.match(address):
        raise PictureError("it lies in the net and is not fetched; save it beside the notebook")
    return _beside(address, folder)


def _attached(name: str, attachments: Attachments) -> tuple[bytes, str]:
    files = attachments.get(name) or attachments.get(unquote(name))
    if not files:
        raise PictureError("no such file is attached to the cell; attach it again")
    kind = next((kind for kind in (*PICTURES, *OTHER_PICTURES) if kind in files), None)
    if kind is None:
        raise PictureError(f"what is attached is no picture but {', '.join(sorted(files))}")
    return read_bytes(files[kind], kind), kind


def _written_out(found: re.Match[str]) -> tuple[bytes, str]:
    kind = {"image/jpg": "image/jpeg"}.get(found["kind"] or "", found["kind"] or "")
    if ";base64" in found["more"].lower():
        return read_bytes(unquote(found["content"]), kind, encoded=True), kind
    return unquote_to_bytes(found["content"]), kind


def _beside(address: str, folder: Path | None) -> tuple[bytes, str]:
    if folder is None:
        raise PictureError("it lies outside of the notebook, whose place is not known; attach it to the cell")
    base = folder.resolve()
    for name in dict.fromkeys((address, unquote(re.split(r"[?#]", address)[0]))):
        try:
            path = (base / name).resolve()
            if not path.is_relative_to(base):
                raise PictureError("it lies outside of the folder of the notebook; copy it there")
            found = path.stat()
            if stat.S_ISREG(found.st_mode):
                if found.st_size > LARGEST:
                    raise PictureError(f"it has {found.st_size:,} bytes; at most {LARGEST:,} are taken")
                content = path.read_bytes()
                return content, kind_of(content)
        except (OSError, ValueError) as error:
            if isinstance(error, PictureError):
                raise
    raise PictureError("no such file lies beside the notebook; put it there")


def kind_of(content: bytes) -> str:
    """The kind of a picture as its first bytes tell it; nothing if they are none of a picture."""
    for start, kind in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"BM", "image/bmp"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"\0\0\1\0", "image/x-icon"),
    ):
        if content.startswith(start):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if b"<svg" in content[:4096] else ""


def read_bytes(value: Any, kind: str, encoded: bool = False) -> bytes:
    """The bytes of a picture as a notebook writes it: SVG as text or as base64, all others as base64."""
    text = "".join(value) if isinstance(value, list) else str(value)
    if kind == "image/svg+xml" and not encoded and "<svg" in text:
        return text.encode("utf-8", "replace")
    try:
        return base64.b64decode(re.sub(r"\s", "", text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise PictureError("its bytes are not written as base64") from error


def readable(content: bytes, kind: str, remark: Remark) -> tuple[bytes, str]:
    """The picture in a form that every format can hold: SVG by the allow-list, PNG or JPEG.

    Raises
    ------
    PictureError
        If its bytes are those of no picture.
    """
    kind = kind_of(content) or kind
    if kind == "image/svg+xml":
        try:
            drawing, left = allowed_drawing(content.decode("utf-8", "replace"))
        except DrawingError as error:
            raise PictureError(str(error)) from error
        if left:
            remark(f"a drawing (SVG) goes along without what is not allowed in one: {', '.join(left)}")
        _check_drawn(drawing)
        return drawing.encode("utf-8"), kind
    return _pixels(content, remark)


def _check_drawn(drawing: str) -> None:
    """A drawing without a size or the like stands in no PDF, so it stands in no format."""
    # only where a notebook has drawings of others; it is needed for two of the three formats anyway
    from weltoffen_eval.publish.exporting.typesetting import draw_pixels

    opening = drawing.split(">", 1)[0]
    # numbers beyond all measure end the drawing program itself
    sizes = [float(size) for size in _SIZES.findall(opening)]
    if any(not 1e-3 < size < 1e6 for size in sizes):
        raise PictureError("a drawing has no width and height that can be drawn")
    try:
        draw_pixels(drawing, points_per_inch=8)
    except WeltoffenError as error:
        raise PictureError("a drawing has no width and height that can be drawn") from error


def _pixels(content: bytes, remark: Remark) -> tuple[bytes, str]:
    # only where a notebook has pictures that we did not draw
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                image.load()
                if image.format == "PNG" and getattr(image, "n_frames", 1) == 1:
                    return content, "image/png"
                # Word knows JPEG by these marks, and other colours than these are not for screens
                if (
                    image.format == "JPEG"
                    and content[6:10] in (b"JFIF", b"Exif")
                    and image.mode in ("RGB", "L")
                ):
                    return content, "image/jpeg"
                if getattr(image, "n_frames", 1) > 1:
                    remark("a moving picture stands still: its first frame is shown")
                    image.seek(0)
                stream = io.BytesIO()
                image.convert("RGBA").save(stream, "PNG")
                return stream.getvalue(), "image/png"
    except Exception as error:  # a broken picture breaks in many ways
        raise PictureError(f"it cannot be read as a picture ({type(error).__name__})") from error
