"""Pictures in a Word document, as large as they say but not larger than their place."""

from __future__ import annotations

import io
from typing import Any

from docx.image.exceptions import UnrecognizedImageError
from docx.oxml.shape import CT_Inline
from docx.parts.story import StoryPart
from docx.shared import Cm, Emu

from weltoffen_eval.block_html import without_controls
from weltoffen_eval.errors import ExportError

_HEIGHT = 20.0  # centimetres, of the tallest


def picture_element(
    story: StoryPart, number: int, content: bytes, alternative: str, widest: float, scale: float = 1
) -> Any:
    """A picture, ``scale`` times as large as it says, at most ``widest`` centimetres wide.

    ``number``: of the picture in the document, which python-docx would look for in all that is written.

    Raises
    ------
    ExportError
        If its bytes are those of no picture that Word knows.
    """
    try:
        relation, image = story.get_or_add_image(io.BytesIO(content))
        width, height = image.scaled_dimensions(None, None)
        scale = min(scale, Cm(widest) / width, Cm(_HEIGHT) / height)
    except (UnrecognizedImageError, ZeroDivisionError) as error:
        raise ExportError(f"A picture cannot be read: {alternative[:80]}") from error
    if scale < 1:
        width, height = Emu(int(width * scale)), Emu(max(1, int(height * scale)))
    made: Any = CT_Inline.new_pic_inline(number, relation, image.filename, width, height)
    made.docPr.set("descr", without_controls(alternative))
    return made
