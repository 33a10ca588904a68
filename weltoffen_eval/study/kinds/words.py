"""Words of closed lists: each by its id or by a German word, without regard to case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from weltoffen_eval.raw.table import folded


@dataclass(frozen=True)
class ClosedList:
    """A closed list: ids, each with the German words for it; the first is shown in messages."""

    german: Mapping[str, tuple[str, ...]]

    def read(self, text: str) -> str | None:
        """The id that a text means; None where it means none."""
        return self._by_spelling.get(folded(text))

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        spellings = ((folded(word), key) for key, words in self.german.items() for word in (key, *words))
        # what two would mean is the first
        return dict(reversed([*spellings]))

    @property
    def expected(self) -> str:
        """What a cell may hold, in words, for messages."""
        return f"one of {', '.join(self.german)} ({', '.join(words[0] for words in self.german.values())})"


NOTES = ClosedList(
    {
        "strength": ("Stärke", "Stärken"),
        "need": ("Bedarf", "Bedarfe"),
        "idea": ("Idee", "Ideen"),
        "dissent": ("Widerspruch",),
        "remark": ("Anmerkung", "Anmerkungen"),
    }
)
STATUS = ClosedList(
    {
        "planned": ("geplant",),
        "under_way": ("in Arbeit",),
        "done": ("umgesetzt", "erledigt"),
        "dropped": ("nicht weiterverfolgt",),
    }
)
INFLUENCE = ClosedList({"municipality": ("Kommune",), "other": ("andere", "nicht durch die Kommune")})
SETTINGS = ClosedList(
    {
        "questionnaire": ("Fragebogen", "Selbstcheck"),
        "workshop": ("Workshop", "Selbstcheck-Workshop"),
        "dialogue": ("Dialog", "Dialogveranstaltung"),
        "report": ("Bericht", "Abschlussbericht"),
    }
)
#: What a measure may go back to, before the colon.
ORIGINS = ClosedList(
    {
        "item": ("Frage",),
        "gap": ("Unterschied", "Handlungsfeld"),
        "statement": ("Aussage",),
        "question": ("Leitfrage",),
        "outcome": ("Ergebnis",),
    }
)
YES_OR_NO = ClosedList({"yes": ("ja",), "no": ("nein",)})
_CONSENSUS = ClosedList({"consensus": ("Konsens",)})
_EXISTING = ClosedList({"existing": ("vorhanden", "vorhandene Mittel")})


def yes_or_no(text: str) -> bool | None:
    """True for yes, False for no; None for anything else."""
    read = YES_OR_NO.read(text)
    return None if read is None else read == "yes"


def coder(text: str) -> str:
    """Who gave a code: as written, or ``consensus``."""
    return _CONSENSUS.read(text) or text


def resources(text: str) -> str:
    """From what a measure is paid: ``existing``, or words as they stand."""
    return _EXISTING.read(text) or text


def origin(text: str) -> str | None:
    """What a measure goes back to, as ``item:MS03``; None where it is not written so."""
    kind, colon, of = text.partition(":")
    read = ORIGINS.read(kind)
    return f"{read}:{of.strip()}" if colon and read is not None and of.strip() else None
