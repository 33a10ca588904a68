"""The table [brand] of instrument.toml and study.toml: what it may say, and its logo inside the folder."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Annotated

from weltoffen_eval.errors import Fault
from weltoffen_eval.study import declared
from weltoffen_eval.study.brand import Brand
from weltoffen_eval.study.declared import DeclaredTable, required
from weltoffen_eval.study.languages import ByLanguage
from weltoffen_eval.study.logos import LogoError, logo_content
from weltoffen_eval.study.study_files import check_file, leads_out
from weltoffen_eval.study.toml_files import Section

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_LOGOS = (".svg", ".png")
#: Letters that stand beside a logo.
_LONGEST = 120


def _colour(section: Section) -> str:
    colour: str = section.text("value", "")
    if colour and not _COLOUR.fullmatch(colour):
        section.fault("value", repr(colour), 'a colour such as "#0b5a78"')
        return ""
    return colour


class BrandTable(DeclaredTable):
    """A table [brand]."""

    name: Annotated[ByLanguage, declared.title(_LONGEST)] = required()
    logo: Annotated[str, declared.text()] = ""
    logo_text: Annotated[ByLanguage, declared.title()] = ByLanguage()
    colour: Annotated[str, declared.checked(_colour)] = ""

    def as_brand(self, folder: Path, section: Section) -> Brand:
        """The brand; its logo is looked for in ``folder``, faults go to ``section``."""
        if self.logo and not self.logo_text:
            section.fault("brand logo_text", "nothing", "what the logo shows, in words", "Add logo_text = …")
        return Brand(self.name, _logo(self.logo, folder, section), self.logo_text, self.colour)


def _logo(path: str, folder: Path, section: Section) -> Path | None:
    if not path:
        return None
    refused = leads_out(folder, path)
    if refused:
        section.fault("brand logo", f"{path!r}, {refused}", "a path inside its folder, with /")
        return None
    if PurePosixPath(path).suffix.lower() not in _LOGOS:
        section.fault("brand logo", repr(path), "a drawing in SVG or a picture in PNG")
        return None
    faults: list[Fault] = []
    if not check_file(folder / path, path, faults, folder):
        section.fault("brand logo", f"{path!r}: {faults[0].found}", faults[0].expected, faults[0].advice)
        return None
    try:
        logo_content(folder / path)
    except LogoError as error:
        section.fault("brand logo", f"{path!r}: {error.found}", error.expected)
        return None
    return folder / path
