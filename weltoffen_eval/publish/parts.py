"""What a notebook holds besides our blocks: prose from Markdown, code, pictures of somebody else's making."""

from __future__ import annotations

from dataclasses import dataclass

from weltoffen_eval.blocks import Block


@dataclass(frozen=True)
class Run:
    """A stretch of text of one kind; ``target``: an address (http, https, mailto), ``#anchor`` or nothing."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    target: str = ""


@dataclass(frozen=True)
class Prose:
    """A paragraph."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Points:
    """A list, ``ordered`` or not; every entry holds parts of its own, further lists among them."""

    entries: tuple[tuple[Part, ...], ...]
    ordered: bool = False


@dataclass(frozen=True)
class Quote:
    """Words of somebody else."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Plain:
    """Text with its own line breaks: what a cell printed, a piece of code."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A picture that we did not draw: ``media_type`` image/png, image/jpeg or image/svg+xml.

    ``alternative`` is never empty; ``described`` tells whether its author wrote it.
    """

    content: bytes
    media_type: str
    alternative: str
    described: bool = True


Part = Block | Prose | Points | Quote | Plain | Picture
