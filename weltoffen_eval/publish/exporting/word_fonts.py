"""The font of a Word document travels with it, so that what fits its place here fits it everywhere."""

from __future__ import annotations

import uuid
from functools import cache

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement

from weltoffen_eval.publish.exporting.fonts import TEXT, cut

FONT = "Source Sans 3"
FONT_ENDING = ".odttf"
#: For programs that take no embedded font, one that most machines have.
_FONT_INSTEAD = "Calibri"
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_CUTS = (("embedRegular", 400), ("embedBold", 600))


def embed_fonts(document: Document) -> None:
    """Puts the text's font into the document, and says which to take where that is of no use."""
    package = document.part.package
    table = next(part for part in package.iter_parts() if part.partname.endswith("fontTable.xml"))
    entries = ""
    for number, (name, weight) in enumerate(_CUTS, start=1):
        content, key = _obfuscated(weight)
        font = Part(PackURI(f"/word/fonts/font{number}{FONT_ENDING}"), _OBFUSCATED, content, package)
        relation = table.relate_to(font, RELATIONSHIP_TYPE.FONT)
        entries += f'<w:{name} r:id="{relation}" w:fontKey="{{{key}}}"/>'
    entry = (
        f'<w:font w:name="{FONT}"><w:altName w:val="{_FONT_INSTEAD}"/><w:charset w:val="00"/>'
        f'<w:family w:val="swiss"/><w:pitch w:val="variable"/>{entries}</w:font></w:fonts>'
    )
    table._blob = table.blob.replace(b"</w:fonts>", entry.encode())
    settings = document.settings.element
    # the schema has an order: right behind the zoom
    zoom = settings.find(f"{{{settings.nsmap['w']}}}zoom")
    settings.insert(0 if zoom is None else settings.index(zoom) + 1, OxmlElement("w:embedTrueTypeFonts"))


@cache
def _obfuscated(weight: int) -> tuple[bytes, str]:
    """The file of a cut as Word wants it, and its key (ISO/IEC 29500-4, 17.8.1)."""
    content = cut(TEXT, weight).read_bytes()
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{TEXT}-{weight}")
    mask = key.bytes[::-1]
    start = bytes(byte ^ mask[n % 16] for n, byte in enumerate(content[:32]))
    return start + content[32:], str(key).upper()
