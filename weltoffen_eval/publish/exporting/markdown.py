"""Markdown as Jupyter reads it: with nbconvert's own rules, to HTML that :mod:`markup` reads on."""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape
from typing import Any

from mistune.plugins import import_plugin
from mistune.util import striptags
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath, MathInlineParser

from weltoffen_eval.publish.exporting.formulas import formulas_marked
from weltoffen_eval.publish.exporting.markdown_links import bare_addresses
from weltoffen_eval.publish.exporting.markdown_notes import all_footnotes
from weltoffen_eval.publish.exporting.markdown_tables import tables

_PLUGINS = [name for name in MarkdownWithMath.DEFAULT_PLUGINS if name not in ("table", "url")]
#: What a formula has, and a price has not.
_OF_FORMULAS = re.compile(r"[\\^_={}<>+*/|]")


def slug(text: str) -> str:
    """An ASCII anchor made of a heading."""
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.lower().replace(umlaut, letters)
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:60] or "abschnitt"


def jupyter_anchor(text: str) -> str:
    """The id that Jupyter gives a heading: its text with hyphens for blanks."""
    return text.strip().replace(" ", "-")


def github_anchor(text: str) -> str:
    """The id that GitHub gives a heading: in small letters and without punctuation."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def markdown_html(source: str, name: str, back: str) -> str:
    """Markdown as HTML in which a formula is an element ``tex`` with its source as text.

    Parameters
    ----------
    name : begins the ids of footnotes, which every cell counts anew
    back : what the link from a footnote back into the text says
    """
    reader = MarkdownWithMath(
        _Renderer(name, back),
        inline=_Inline(hard_wrap=False),
        plugins=[*map(import_plugin, _PLUGINS), tables, all_footnotes, bare_addresses],
    )
    return str(reader.render(source))


class _Inline(MathInlineParser):
    """nbconvert's rules for text, but with prices in dollars that remain prices."""

    def parse_inline_math_tex(self, m: re.Match[str], state: Any) -> int | None:  # type: ignore[override]  # mistune takes None for no match
        body = m["math_inline_tex"]
        alone = body != body.strip() or state.src[m.end() : m.end() + 1].isdigit()
        if alone and not _OF_FORMULAS.search(body) and re.search(r"\d|\w\w", body):
            return None
        return super().parse_inline_math_tex(m, state)


class _Renderer(IPythonRenderer):
    """nbconvert's renderer, which names formulas and footnotes so that they can be told from text."""

    def __init__(self, name: str, back: str):
        super().__init__(escape=False, exclude_anchor_links=True)
        self.name, self.back = name, back
        self._referred: set[int] = set()

    def block_code(self, code: str, info: str | None = None) -> str:
        mermaid = ' class="mermaid"' if (info or "").startswith("mermaid") else ""
        return f"<pre{mermaid}>{escape(code)}</pre>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f'<img alt="{escape(unescape(striptags(text)))}" src="{escape(url)}">'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return f'<a href="{escape(url)}">{text}</a>'

    def block_html(self, html: str) -> str:
        return formulas_marked(html) + "\n"

    def inline_math(self, body: str) -> str:
        return _tex(body)

    def block_math(self, body: str) -> str:
        return _tex(body, True)

    def latex_environment(self, name: str, body: str) -> str:
        return _tex(f"\\begin{{{name}}}{body}\\end{{{name}}}", True)

    def footnote_ref(self, key: str, index: int) -> str:
        place = f"{self.name}-fn"
        # the way back leads to the first place, since an id stands once
        named = "" if index in self._referred else f' id="{place}ref-{index}"'
        self._referred.add(index)
        return f'<sup{named}><a href="#{place}-{index}">{index}</a></sup>'

    def footnote_item(self, text: str, key: str, index: int) -> str:
        place = f"{self.name}-fn"
        back = f' (<a href="#{place}ref-{index}">{escape(self.back)}</a>)'
        text = text.rstrip()
        text = text[:-4] + back + "</p>" if text.endswith("</p>") else text + back
        return f'<li id="{place}-{index}">{text}</li>\n'


def _tex(source: str, display: bool = False) -> str:
    block = ' display="block"' if display else ""
    return f"<tex{block}>{escape(source)}</tex>"
