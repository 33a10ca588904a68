"""Pictures are found where a notebook has them, read in a form that every format holds, and never fetched."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from weltoffen_eval.publish.exporting.pictures import (
    LARGEST,
    PictureError,
    find_picture,
    kind_of,
    read_bytes,
    readable,
)


def picture(form: str, mode: str = "RGB") -> bytes:
    stream = io.BytesIO()
    Image.new(mode, (2, 3)).save(stream, form)
    return stream.getvalue()


PNG = picture("PNG")
WRITTEN = base64.b64encode(PNG).decode("ascii")


def test_a_picture_is_attached_written_out_or_beside_the_notebook(tmp_path: Path) -> None:
    (tmp_path / "ein bild.png").write_bytes(PNG)
    attached = {"ein bild.png": {"image/png": WRITTEN}}
    for address in ("attachment:ein%20bild.png", f"data:image/png;base64,{WRITTEN}", "ein%20bild.png?x#y"):
        assert find_picture(address, attached, tmp_path) == (PNG, "image/png")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://example.org/a.png", "in the net"),
        ("//example.org/a.png", "in the net"),
        ("file:///etc/passwd", "in the net"),
        (r"\\server\a.png", "in the net"),
        ("../a.png", "outside of the folder"),
        ("link.png", "outside of the folder"),
        ("a\0.png", "no such file"),
        ("folder", "no such file"),
        ("large.png", "at most"),
        ("attachment:a.png", "attach it again"),
        ("attachment:b.csv", "no picture but text/csv"),
        ("data:image/png;base64,?", "not written as base64"),
    ],
)
def test_nothing_else_is_taken(tmp_path: Path, address: str, said: str) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    folder = tmp_path / "notebooks"
    (folder / "folder").mkdir(parents=True)
    (folder / "link.png").symlink_to(tmp_path / "a.png")
    with (folder / "large.png").open("wb") as stream:
        stream.truncate(LARGEST + 1)
    with pytest.raises(PictureError, match=said):
        find_picture(address, {"b.csv": {"text/csv": ""}}, folder)


def test_a_notebook_whose_place_is_not_known_has_no_files_beside_it() -> None:
    with pytest.raises(PictureError, match="not known"):
        find_picture("a.png", {}, None)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "ICO"])
def test_the_kind_is_what_the_first_bytes_say(form: str) -> None:
    known = {"ICO": "image/x-icon"}.get(form, f"image/{form.lower()}")
    assert kind_of(picture(form)) == known
    assert readable(picture(form), "image/svg+xml", print)[1] == (
        "image/jpeg" if form == "JPEG" else "image/png"
    )


def test_what_formats_cannot_hold_is_drawn_anew() -> None:
    assert readable(PNG, "image/png", print)[0] == PNG
    for content in (picture("JPEG", "CMYK"), picture("BMP")):
        made, kind = readable(content, "", print)
        assert (kind, Image.open(io.BytesIO(made)).size) == ("image/png", (2, 3))


def test_a_moving_picture_stands_still_and_that_is_said() -> None:
    stream = io.BytesIO()
    red, blue = (Image.new("RGB", (2, 2), colour) for colour in ("red", "blue"))
    red.save(stream, "GIF", save_all=True, append_images=[blue])
    said: list[str] = []
    made, kind = readable(stream.getvalue(), "image/gif", said.append)
    assert kind == "image/png"
    assert Image.open(io.BytesIO(made)).getpixel((0, 0)) == (255, 0, 0, 255)
    assert said == ["a moving picture stands still: its first frame is shown"]


def test_a_drawing_goes_along_without_what_acts() -> None:
    said: list[str] = []
    made, kind = readable(
        b'<svg xmlns="http://www.w3.org/2000/svg"><script/><path d="M0"/></svg>', "", said.append
    )
    assert (kind, b"script" in made, b"path" in made) == ("image/svg+xml", False, True)
    assert said == ["a drawing (SVG) goes along without what is not allowed in one: script"]


@pytest.mark.parametrize("content", [b"", b"no picture", PNG[:40], b"<svg"])
def test_what_is_no_picture_says_so(content: bytes) -> None:
    with pytest.raises(PictureError):
        readable(content, "image/png", print)


def test_a_drawing_is_written_as_text_or_as_base64() -> None:
    text = "<svg>ä</svg>"
    assert read_bytes([text[:5], text[5:]], "image/svg+xml") == text.encode()
    assert read_bytes(base64.b64encode(text.encode()).decode(), "image/svg+xml") == text.encode()
