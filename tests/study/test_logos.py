"""A logo is a small picture that every format can show; what acts or loads is left out, all else is a fault."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from foreign import LOGO, question
from PIL import Image

from weltoffen_eval.errors import Fault
from weltoffen_eval.publish.exporting.typesetting import draw_pixels
from weltoffen_eval.study.definition import read_study
from weltoffen_eval.study.logos import LogoError, logo_content

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
SIZED = f'{SVG}viewBox="0 0 40 20">'
BOMB = (
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + f"]>{SIZED}<text y='9'>&j;</text><rect width='4' height='4'/></svg>"
)


def png(width: int = 8, height: int = 8) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(stream, "PNG")
    return stream.getvalue()


def huge_png() -> bytes:
    """A few bytes that say they are 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


HARMLESS = {
    "plain": LOGO,
    "script": f'{SIZED}<script>alert(1)</script><rect width="4" height="4" onload="x()"/></svg>',
    "a picture elsewhere": f'{SIZED}<image href="https://example.org/x.png" width="4" height="4"/></svg>',
    "a file of the machine": f'{SIZED}<image xlink:href="file:///etc/passwd" width="4" height="4"/></svg>',
    "a style that loads": f"{SIZED}<style>@import url(https://example.org/x.css);</style></svg>",
    "foreign content": f'{SIZED}<foreignObject><iframe src="https://example.org"/></foreignObject></svg>',
    "width and height": f'{SVG}width="40mm" height="20mm"><rect width="4" height="4"/></svg>',
    "a byte order mark": f'\ufeff{SIZED}<rect width="4" height="4"/></svg>',
}


@pytest.mark.parametrize("drawing", HARMLESS.values(), ids=HARMLESS)
def test_a_drawing_is_shown_without_what_acts_or_loads(tmp_path: Path, drawing: str) -> None:
    path = tmp_path / "logo.svg"
    path.write_text(drawing, encoding="utf-8")
    made = logo_content(path).decode("utf-8")
    assert not any(word in made for word in ("script", "onload", "example.org", "passwd", "ENTITY", "iframe"))
    assert len(made) < 2_000
    assert draw_pixels(made, points_per_inch=8).startswith(b"\x89PNG")


REFUSED: dict[str, tuple[str, bytes]] = {
    "an entity of a file": (
        "logo.svg",
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{SIZED}<text>&x;</text></svg>'.encode(),
    ),
    "an entity that grows": ("logo.svg", BOMB.encode()),
    "no XML": ("logo.svg", b"<svg <"),
    "HTML": ("logo.svg", b"<html><body/></html>"),
    "nothing": ("logo.svg", b""),
    "UTF-16": ("logo.svg", LOGO.encode("utf-16")),
    "no size": ("logo.svg", f'{SVG}><rect width="4" height="4"/></svg>'.encode()),
    "a size of nothing": ("logo.svg", f'{SVG}viewBox="0 0 0 0"><rect width="4" height="4"/></svg>'.encode()),
    "a size in percent": ("logo.svg", f'{SVG}width="100%" height="100%"></svg>'.encode()),
    "a size beyond all measure": ("logo.svg", f'{SVG}width="1e30" height="1e30"></svg>'.encode()),
    "large": ("logo.svg", f"{SIZED}<!--{'x' * 300_000}--></svg>".encode()),
    "text called PNG": ("logo.png", b"GIF89a nothing"),
    "SVG called PNG": ("logo.png", LOGO.encode()),
    "PNG called SVG": ("logo.svg", png()),
    "half a PNG": ("logo.png", png(64, 64)[:60]),
    "a PNG of many pixels": ("logo.png", huge_png()),
    "a PNG that is long": ("logo.png", png(4_001, 1)),
}


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=REFUSED)
def test_what_no_format_could_show_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LogoError):
        logo_content(path)


def test_a_png_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "logo.PNG"
    path.write_bytes(png())
    assert logo_content(path) == png()


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("logo.svg", "a drawing is no SVG"),
        ("../logo.svg", "a path with '..'"),
        ("/etc/passwd", "a path that does not begin in the study folder"),
        ("out.svg", "a link that leads out"),
        ("pipe.svg", "a pipe"),
        ("gone.svg", "no such file"),
        ("folder.png", "a folder"),
        ("logo.gif", "'logo.gif'"),
    ],
)
def test_a_logo_that_is_none_is_a_fault_of_study_toml(tmp_path: Path, place: str, found: str) -> None:
    study = question(tmp_path / "study")
    (study / "logo.svg").write_text("<svg <", encoding="utf-8")
    (study / "out.svg").symlink_to("/etc/hostname")
    (study / "folder.png").mkdir()
    os.mkfifo(study / "pipe.svg")
    settings = (study / "study.toml").read_text(encoding="utf-8")
    brand = f'[brand]\nname = {{ de = "X" }}\nlogo = "{place}"\nlogo_text = {{ de = "Ein X" }}\n\n[words]'
    (study / "study.toml").write_text(settings.replace("[words]", brand, 1), encoding="utf-8")
    faults: list[Fault] = []
    read_study(study, faults)
    (fault,) = faults
    assert fault.file == "study.toml"
    assert found in fault.found
