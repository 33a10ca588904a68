"""Markdown of a notebook as parts: HTML in it is text, and a link leads only where a link may lead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import mistune

from weltoffen_eval.blocks import Column, Heading, Table
from weltoffen_eval.publish.parts import Part, Plain, Points, Prose, Quote, Run

Token = dict[str, Any]
#: Makes a part of a picture in Markdown: its alternative text and its address.
PictureReader = Callable[[str, str], Part]

_TARGETS = ("https://", "http://", "mailto:", "#")


def slug(text: str) -> str:
    """An ASCII anchor made of a heading."""
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.lower().replace(umlaut, letters)
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:60] or "abschnitt"


@cache
def _parser() -> Callable[[str], Any]:
    return mistune.create_markdown(renderer="ast", plugins=["table"])


def read_markdown(source: str, name: str, picture: PictureReader) -> list[Part]:
    """The parts of a Markdown cell; ``name`` begins the names of its tables."""
    return _Reader(name, picture).parts(_parser()(source))


class _Reader:
    def __init__(self, name: str, picture: PictureReader):
        self.name, self.picture = name, picture
        self.tables = 0

    def parts(self, tokens: Iterable[Token]) -> list[Part]:
        return [part for token in tokens for part in self.part(token)]

    def part(self, token: Token) -> list[Part]:
        children = token.get("children", [])
        match token["type"]:
            case "heading":
                text = plain(children)
                return [Heading(token["attrs"]["level"], text, slug(text))]
            case "list":
                entries = tuple(tuple(self.parts(entry["children"])) for entry in children)
                return [Points(entries, token["attrs"]["ordered"])]
            case "block_quote":
                return [Quote(tuple(self.parts(children)))]
            case "block_code":
                return [Plain(token["raw"].rstrip("\n"))]
            case "block_html":
                return [Prose((Run(token["raw"].strip()),))]
            case "table":
                return [self.table(children)]
            case "blank_line" | "thematic_break":
                return []
            case _:
                return self.prose(children)

    def prose(self, tokens: Iterable[Token]) -> list[Part]:
        """A paragraph; a picture in it stands by itself."""
        parts: list[Part] = []
        runs: list[Run] = []
        for token in tokens:
            if token["type"] == "image":
                parts += [Prose(tuple(runs))] if runs else []
                parts.append(self.picture(plain(token["children"]), token["attrs"]["url"]))
                runs = []
            else:
                runs += _runs(token, Run(""))
        return [*parts, Prose(tuple(runs))] if any(run.text.strip() for run in runs) else parts

    def table(self, children: list[Token]) -> Table:
        self.tables += 1
        head, *bodies = children
        columns = tuple(
            Column(plain(cell["children"]).strip() or f"Spalte {number}", cell["attrs"]["align"] == "right")
            for number, cell in enumerate(head["children"], start=1)
        )
        rows = tuple(
            tuple(plain(cell["children"]) for cell in row["children"])
            for body in bodies
            for row in body["children"]
        )
        return Table(f"Tabelle: {columns[0].title}", columns, rows, f"{self.name}-{self.tables}")


def _runs(token: Token, style: Run) -> list[Run]:
    children = token.get("children", [])
    match token["type"]:
        case "softbreak" | "linebreak":
            return [replace(style, text=" ")]
        case "codespan":
            return [replace(style, text=token["raw"], code=True)]
        case "strong":
            style = replace(style, strong=True)
        case "emphasis":
            style = replace(style, emphasis=True)
        case "link":
            target = token["attrs"]["url"]
            style = replace(style, target=target if target.lower().startswith(_TARGETS) else "")
        case _ if not children:
            return [replace(style, text=token.get("raw", ""))]
    return [run for child in children for run in _runs(child, style)]


def plain(tokens: Iterable[Token]) -> str:
    """The text of Markdown without its marks."""
    return "".join(run.text for token in tokens for run in _runs(token, Run("")))
