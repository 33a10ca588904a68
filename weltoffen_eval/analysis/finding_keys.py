"""Keys of findings: seven parts that name a number within its study, always written alike.

``municipality/wave/setting/who/level/id/quantity`` with ``who = perspective[:unit][=respondent]`` and
``quantity = name[=variant][~other]``. ``@`` stands where a part does not apply, or for all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from urllib.parse import unquote

from weltoffen_eval.errors import WeltoffenError

#: Stands where a part does not apply, or for all; no id begins with it.
ALL = "@"
#: What a printed number may be of its finding; the key alone names the finding, and its value.
FIELDS = ("value", "low", "high", "n", "n_applicable")
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")
_PART = r"(?:[A-Za-z0-9_.-]|%[0-9A-F]{2})+"
_WHO = re.compile(
    rf"(?P<perspective>{_PART}(?:\+{_PART})*)(?::(?P<unit>{_PART}))?(?:=(?P<respondent>{_PART}))?"
)
_QUANTITY = re.compile(
    rf"(?P<quantity>{_PART})(?:=(?P<variant>{_PART}))?(?:~(?P<other>{_PART}(?:\+{_PART})*))?"
)


class UnknownKeyError(WeltoffenError):
    """A text that is no key of a finding."""


@dataclass(frozen=True, kw_only=True)
class FindingKey:
    """The parts of a key as they are called in the study; empty where a part does not apply, or for all.

    ``perspective`` and ``other`` may join several by ``+``. ``unit`` is given only where it is not the one
    that is expected of setting and perspective; ``respondent`` only of institutions, for a person has no key.
    """

    quantity: str
    municipality: str = ""
    wave: str = ""
    setting: str = ""
    perspective: str = ""
    unit: str = ""
    respondent: str = ""
    level: str = ""
    id: str = ""
    variant: str = ""
    other: str = ""

    def __str__(self) -> str:
        who = _joined(self.perspective) or ALL
        if self.unit:
            who += f":{_encoded(self.unit)}"
        if self.respondent:
            who += f"={_encoded(self.respondent)}"
        quantity = _last(self.quantity)
        if self.variant:
            quantity += f"={_last(self.variant)}"
        if self.other:
            quantity += "~" + _joined(self.other).replace(".", "%2E")
        before = (_encoded(part) or ALL for part in (self.municipality, self.wave, self.setting))
        return "/".join((*before, who, _encoded(self.level) or ALL, _encoded(self.id) or ALL, quantity))


#: The parts of a key by name.
KEY_PARTS = tuple(part.name for part in fields(FindingKey))


# a report names each of its keys several times
@lru_cache(maxsize=50_000)
def read_key(text: str) -> tuple[FindingKey, str]:
    """The parts of a key, and which field of its finding is meant (``value`` where none is named).

    Raises
    ------
    UnknownKeyError
        If the text is not written as :class:`FindingKey` writes it.
    """
    parts = text.split("/")
    if len(parts) != 7:
        raise UnknownKeyError(f"{text!r} is no key of a number: it has {len(parts)} parts instead of 7.")
    *before, who, level, name, last = parts
    last, dot, field = last.partition(".")
    said_by = _WHO.fullmatch(who) if who != ALL else None
    what = _QUANTITY.fullmatch(last)
    if (said_by is None and who != ALL) or what is None or (dot and field not in FIELDS):
        raise UnknownKeyError(f"{text!r} is no key of a number; see its grammar in docs/methods.md.")
    given = {**(said_by.groupdict() if said_by else {}), **what.groupdict()}
    given |= dict(zip(("municipality", "wave", "setting"), before, strict=True), level=level, id=name)
    key = FindingKey(
        **{part: "" if value in (None, ALL) else unquote(value) for part, value in given.items()}
    )
    if str(key) != "/".join((*parts[:6], last)):
        raise UnknownKeyError(f"{text!r} is no key of a number: it is written {key}.")
    return key, field or FIELDS[0]


def _encoded(text: str) -> str:
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8")), text)


def _joined(text: str) -> str:
    return "+".join(_encoded(part) for part in text.split("+"))


def _last(text: str) -> str:
    """In the last part the dot leads to a field, so that of an id is encoded."""
    return _encoded(text).replace(".", "%2E")
