"""What a report says in text, alternative text or metadata, and its twin does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree, html

from weltoffen_eval.analysis.finding_keys import UnknownKeyError, read_key
from weltoffen_eval.results.fixed_sentences import fixed_sentences, in_sentences

_NUMBER = re.compile(r"(?<![\w.,])[-−]?\d+(?:[.,]\d+)?(?![\w]|[.,]\d)")
#: A name with its indices, as ICC(1,1).
_INDEX = re.compile(r"(?<=\w)\([^()]*\)")
#: Attributes that are read to people or by machines, beside the text.
_READ = ("alt", "title", "aria-label", "aria-description", "content", "summary")
_ALTERNATIVES = ("alt", "aria-label", "aria-description")
#: Elements that hold a text of their own; lists within them are read entry by entry.
_HOLDING = ("p", "li", "dd", "figcaption")
_WITHIN = (*_HOLDING, "ul", "ol", "dl")


class Unsaid(NamedTuple):
    """What is said in a file without its twin: of which kind (text, alternative text, metadata), and what."""

    file: str
    kind: str
    what: str


def keyed_texts(page: Path) -> Iterator[tuple[list[str], str]]:
    """Keys of the numbers behind a text or an alternative text of a page, and the text."""
    for element in html.document_fromstring(page.read_bytes()).iter():
        if isinstance(element.tag, str) and (keys := element.get("data-rests-on", "").split()):
            yield keys, " ".join(element.text_content().split())
            yield from ((keys, element.get(name)) for name in _ALTERNATIVES if element.get(name))


def texts_by_id(page: Path) -> dict[str, str]:
    """The text of everything on a page that has an id, white space as one space."""
    elements = html.document_fromstring(page.read_bytes()).iter()
    return {
        element.get("id"): " ".join(element.text_content().split())
        for element in elements
        if isinstance(element.tag, str) and element.get("id")
    }


def unsaid_of(twin_path: Path, twin: Mapping[str, Any]) -> list[Unsaid]:
    """What the page beside a twin says that the twin does not."""
    page = twin_path.with_suffix(".html")
    if not page.is_file():
        return []
    tree = html.document_fromstring(page.read_bytes())
    keys = {str(finding["key"]) for finding in twin.get("findings", [])}
    told = _texts(twin)
    waves = _waves(twin, keys)
    found = [Unsaid(page.name, "metadata", key) for key in _keys_in(tree) if key not in keys]
    by_id = {
        str(entry["id"]): str(entry.get("text", entry.get("alternative", "")))
        for name in ("sentences", "figures", "given")
        for entry in twin.get(name, [])
    }
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        found += _alternatives(element, told, page.name, waves)
        if element.get("data-rests-on") and element.tag not in ("td", "th"):
            text = " ".join(element.text_content().split())
            if (
                element.tag != "figure"
                and text
                and " ".join(by_id.get(element.get("id", ""), text).split()) != text
            ):
                found.append(Unsaid(page.name, "text", text))
    found += [Unsaid(page.name, "text", text) for text in _sentences_of_persons(tree, told, waves)]
    return list(dict.fromkeys(found))


def _texts(twin: Mapping[str, Any]) -> str:
    parts = [
        str(entry.get(name, ""))
        for group, name in (("sentences", "text"), ("figures", "alternative"), ("given", "text"))
        for entry in twin.get(group, [])
    ]
    return "\n".join(" ".join(part.split()) for part in parts)


def _keys_in(tree: Any) -> Iterator[str]:
    """Keys of numbers anywhere in attributes and comments."""
    for element in tree.iter():
        texts: Iterable[str] = (
            element.attrib.values() if isinstance(element.tag, str) else [element.text or ""]
        )
        for text in texts:
            for word in str(text).split():
                if word.count("/") == 6:
                    try:
                        yield str(read_key(word)[0])
                    except UnknownKeyError:
                        continue


def _waves(twin: Mapping[str, Any], keys: Iterable[str]) -> set[str]:
    """Years of waves: no number that anybody said."""
    waves = {str(twin.get("wave", "")), *(key.split("/")[1] for key in keys if key.count("/") == 6)}
    return {wave for wave in waves if re.fullmatch(r"\d{4}", wave)}


def _numbers(text: str, waves: set[str]) -> set[str]:
    return set(_NUMBER.findall(_INDEX.sub("", text))) - waves


def _alternatives(element: Any, told: str, file: str, waves: set[str]) -> Iterator[Unsaid]:
    """Texts for who does not see, with a number that the twin does not say."""
    texts = [element.get(name, "") for name in _ALTERNATIVES]
    if etree.QName(element).localname in ("desc", "title") and element.getparent() is not None:
        inside = etree.QName(element.getparent()).localname
        texts += [element.text or ""] if inside != "head" else []
    for text in (" ".join(text.split()) for text in texts):
        if text and text not in told and not _numbers(text, waves) <= set(_NUMBER.findall(told)):
            yield Unsaid(file, "alternative text", text)


def _sentences_of_persons(tree: Any, told: str, waves: set[str]) -> Iterator[str]:
    """Sentences of persons with a number, that are none of the twin's."""
    for element in tree.iter(*_HOLDING):
        for sentence in in_sentences(_own_text(element)):
            said = sentence in told or sentence in fixed_sentences()
            if _OF_PERSONS.search(sentence) and _numbers(sentence, waves) and not said:
                yield sentence


def _own_text(element: Any) -> str:
    """The text of an element without entries and paragraphs within it, which are read by themselves."""
    parts = [element.text or ""]
    for child in element:
        if child.tag not in _WITHIN and isinstance(child.tag, str):
            parts.append(_own_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


#: Words for persons and groups that are protected.
_OF_PERSONS = re.compile(
    r"Teilnehm|Person|Befragt|Politik|Wirtschaft|Zivilgesellschaft|Bürger|Einwohn|participant|person|"
    r"politic|business|civil society|resident"
)
