"""TOML files read key by key: whatever is missing, misspelt or of the wrong kind becomes a fault."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import Fault, did_you_mean

_REQUIRED: Any = object()


class Section:
    """One table of a TOML file, which hands out its values checked and remembers what was asked for.

    ``place`` is the path of the table in the file (``[[scale]] 2``), for the messages. A value of the
    wrong kind is a fault and its default (or None) is handed out, so that reading goes on and all
    faults of a file are found at once. ``finish`` reports the keys that nobody asked for.
    """

    def __init__(self, file: str, values: dict[str, Any], faults: list[Fault], place: str = ""):
        self.file = file
        self.values = values
        self.faults = faults
        self.place = place
        self._known: list[str] = []

    def fault(self, key: str, found: str, expected: str, advice: str = "") -> None:
        column = f"{self.place} {key}".strip()
        self.faults.append(Fault(self.file, found, expected, advice, column=column))

    def _take(self, key: str, kind: type | tuple[type, ...], expected: str, default: Any) -> Any:
        self._known.append(key)
        if key not in self.values:
            if default is _REQUIRED:
                self.fault(key, "nothing", expected, f"Add {key} = …")
                return None
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(key, repr(value), expected)
            return None if default is _REQUIRED else default
        return value

    def text(self, key: str, default: Any = _REQUIRED) -> Any:
        value = self._take(key, str, "a text in quotes", default)
        if value == "" and default is _REQUIRED:
            self.fault(key, "an empty text", "a text")
        return value

    def number(
        self,
        key: str,
        default: Any = _REQUIRED,
        at_least: float | None = None,
        at_most: float | None = None,
    ) -> Any:
        limits = [f"at least {at_least:g}"] if at_least is not None else []
        limits += [f"at most {at_most:g}"] if at_most is not None else []
        expected = " ".join(["a number", *limits])
        value = self._take(key, (int, float), expected, default)
        low = at_least is not None and value is not None and not value >= at_least
        high = at_most is not None and value is not None and not value <= at_most
        if low or high or (value is not None and abs(value) == float("inf")):
            self.fault(key, repr(value), expected)
            return None if default is _REQUIRED else default
        return value

    def whole_number(self, key: str, default: Any = _REQUIRED, at_least: int = 0) -> Any:
        value = self._take(key, int, f"a whole number, at least {at_least}", default)
        if value is not None and value < at_least:
            self.fault(key, repr(value), f"a whole number, at least {at_least}")
            return None if default is _REQUIRED else default
        return value

    def boolean(self, key: str, default: Any = _REQUIRED) -> Any:
        return self._take(key, bool, "true or false", default)

    def date(self, key: str) -> datetime.date | None:
        value = self._take(key, datetime.date, "a date such as 2021-06-30", _REQUIRED)
        return value.date() if isinstance(value, datetime.datetime) else value

    def choice(self, key: str, options: Collection[str], default: Any = _REQUIRED) -> Any:
        expected = "one of " + ", ".join(options)
        value = self._take(key, str, expected, default)
        if value is not None and value is not default and value not in options:
            self.fault(key, repr(value), expected, did_you_mean(value, options).strip())
            return None if default is _REQUIRED else default
        return value

    def texts(self, key: str) -> list[str]:
        value = self._take(key, list, "a list of texts", [])
        if any(not isinstance(entry, str) for entry in value):
            self.fault(key, repr(value), "a list of texts")
            return []
        return list(value)

    def title(self, key: str) -> dict[str, str]:
        """A text by language; German is needed, others are optional."""
        value = self._take(key, dict, '{ de = "…" }', _REQUIRED) or {}
        wrong = [k for k, v in value.items() if k not in ("de", "en") or not isinstance(v, str)]
        if (value and not value.get("de")) or wrong:
            self.fault(key, repr(value), '{ de = "…" }, and en = "…" if there is one')
        return {k: v for k, v in value.items() if isinstance(v, str)}

    def texts_by_key(self, key: str) -> dict[str, str]:
        value = self._take(key, dict, 'a table such as { municipality = "Kommune" }', {})
        wrong = {k: v for k, v in value.items() if not isinstance(v, str)}
        if wrong:
            self.fault(key, repr(wrong), 'a table such as { municipality = "Kommune" }')
        return {k: v for k, v in value.items() if isinstance(v, str)}

    def section(self, key: str) -> Section:
        """The table ``key``, empty where it is not there."""
        value = self._take(key, dict, f"a table [{key}]", {})
        return Section(self.file, value, self.faults, f"{self.place} {key}".strip())

    def sections(self, key: str) -> list[Section]:
        """The tables ``[[key]]``, in their order."""
        value = self._take(key, list, f"tables [[{key}]]", [])
        made = []
        for number, entry in enumerate(value, start=1):
            if isinstance(entry, dict):
                place = f"{self.place} {key} {number}".strip()
                made.append(Section(self.file, entry, self.faults, place))
            else:
                self.fault(f"{key} {number}", repr(entry), f"a table [[{key}]]")
        return made

    def finish(self) -> None:
        for key in self.values:
            if key not in self._known:
                self.fault(
                    key,
                    "a key that is not known here",
                    "only " + ", ".join(dict.fromkeys(self._known)),
                    did_you_mean(key, self._known).strip(),
                )


def read_toml(path: Path, file: str, faults: list[Fault]) -> Section | None:
    """The file as a section; None, with a fault, where it is missing or no TOML."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return Section(file, tomllib.loads(text), faults)
    except FileNotFoundError:
        faults.append(Fault(file, "no such file", "a TOML file", "Create it."))
    except IsADirectoryError:
        faults.append(Fault(file, "a folder", "a TOML file"))
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        faults.append(
            Fault(file, "bytes that are no UTF-8", "a TOML file in UTF-8", "Save it as UTF-8.", row=row)
        )
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(file, str(error), "valid TOML", "See https://toml.io for the rules."))
    except OSError as error:
        faults.append(Fault(file, error.strerror or str(error), "a file that can be read"))
    return None
