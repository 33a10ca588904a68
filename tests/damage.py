"""Files damaged at random: bytes are cut out, put in or flipped; of a workbook also within one of its parts."""

from __future__ import annotations

import io
import random
import zipfile

SPLINTERS = [
    b'"', b",", b";", b"\n", b"\r", b"\t", b"\x00", b"\xff", b"nan", b"inf", b"-1", b"1e999", b"=1", b"\xc3", b"\xef\xbb\xbf",
    b"9" * 400, b"99999999999999999999", b"../", b"1.234", b"<", b">", b"&", b"&#0;", b"]]>", b"{", b"true", b'""', b"0", b"A1",
    b"A1:XFD1048576", b' r="A1"', b' t="s"', b' t="e"', b'{"ImportId"', b"Kommune", b"",
]  # fmt: skip


def damaged(content: bytes, chance: random.Random) -> bytes:
    """One to three damages at any place."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        begin = chance.randrange(len(made) + 1)
        match chance.randrange(5):
            case 0 if begin < len(made):
                made[begin] ^= 1 << chance.randrange(8)
            case 1:
                del made[begin : begin + chance.randint(1, 20)]
            case 2:
                del made[begin:]
            case 3:
                # a piece once more, somewhere else
                piece = made[begin : begin + chance.randint(1, 200)]
                at = chance.randrange(len(made) + 1)
                made[at:at] = piece
            case _:
                made[begin : begin + chance.randint(0, 5)] = chance.choice(SPLINTERS)
    return bytes(made)


def damaged_workbook(content: bytes, chance: random.Random) -> bytes:
    """A container that is damaged, or whole with one damaged part."""
    if chance.random() < 0.2:
        return damaged(content, chance)
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    # most of what is read stands in the tabs, the texts and the styles
    read = [name for name in parts if "sheet" in name or "sharedStrings" in name or "styles" in name]
    name = chance.choice(read if chance.random() < 0.8 else [*parts])
    parts[name] = damaged(parts[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        for other, part in parts.items():
            container.writestr(other, part)
    return stream.getvalue()
