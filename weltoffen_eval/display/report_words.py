"""What every report can say of itself, in the reader's language, and of what it is."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from weltoffen_eval.analysis.scheme import Band, ScoringScheme, are_usual
from weltoffen_eval.blocks import Entry, Note, Sentence
from weltoffen_eval.display.language import Label, Language
from weltoffen_eval.display.manner import Manner, manner_of
from weltoffen_eval.display.sentences import Catalogue, Given, load_catalogue
from weltoffen_eval.display.shown import note
from weltoffen_eval.program import lock_hash, program_tree
from weltoffen_eval.study.definition import Study, Wave
from weltoffen_eval.study.kinds.given import Given as Row
from weltoffen_eval.study.kinds.given import GivenFiles
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.register_records import read_date

#: The catalogue of what all reports say.
COMMON = "common"
#: Terms behind which a hash stands.
HASHES = ("questionnaire_sha256", "scheme_sha256", "program_tree", "lock_sha256")
#: Kinds of file of which several columns are shown; of the others one is.
_SEVERAL_TEXTS = ("events", "measures")


class ReportWords(ABC):
    """The sentences of a report, and words for what stands in instrument and scheme.

    ``report``: its name, as its sentences are called.
    """

    report: str

    @property
    @abstractmethod
    def study(self) -> Study:
        """Of what it tells."""

    @property
    @abstractmethod
    def reader(self) -> str:
        """The language in which it is written."""

    @property
    def audience(self) -> str:
        """For whom it is: internal or public."""
        return "internal"

    @property
    def scoring(self) -> ScoringScheme | None:
        """By which scheme its answers have their points, where it shows any."""
        return None

    @cached_property
    def manner(self) -> Manner | None:
        """How the study speaks, where it is not of what is in place in administrations."""
        return manner_of(self.study, self.reader, self.scoring)

    @property
    def of_others(self) -> bool:
        """Whether the study is not of administrations."""
        return self.manner is not None and self.manner.of_others

    @property
    def other_cells(self) -> tuple[str, ...]:
        """The folders from which Markdown cells have other texts."""
        return tuple(self.manner.folders) if self.manner is not None else ()

    def band(self, printed: int) -> Band | None:
        """In which words the scheme puts points as they are printed; None where none fit the answers."""
        return self.scoring.band(printed) if self.scoring is not None and self.bands else None

    @property
    def bands(self) -> tuple[Band, ...]:
        """The words of the scheme for points; the usual ones are of what is in place, and of nothing else."""
        found = self.scoring.bands if self.scoring is not None else ()
        by_points = self.manner is not None and self.manner.by_points
        return () if by_points and are_usual(found) else found

    @cached_property
    def own(self) -> Catalogue:
        """What this report alone can say."""
        return self.catalogue(self.report)

    @cached_property
    def common(self) -> Catalogue:
        """What all reports can say."""
        return self.catalogue(COMMON)

    def catalogue(self, name: str) -> Catalogue:
        """The sentences of a name, as this study says them."""
        return load_catalogue(name, self.reader, self.manner)

    @property
    def language(self) -> Language:
        return self.common.language

    @property
    def nothing(self) -> str:
        """What stands in the place of what nobody wrote down."""
        return self.word("cells", "not_documented")

    @property
    def synthetic(self) -> Note | None:
        """That the data are invented, where they are; in the report's own words, where it has some."""
        if not self.study.synthetic:
            return None
        words = self.own if "synthetic" in self.own.declared else self.common
        return note(self.word("labels", "synthetic"), words.say("synthetic"))

    def word(self, table: str, term: str) -> str:
        """The reader's word for a term."""
        return self.language.word(table, term)

    def label(self, texts: Mapping[str, str]) -> Label:
        """A text of the instrument or scheme in the reader's language, else in the first there is."""
        return self.language.of(texts)

    def title(self, texts: Mapping[str, str]) -> str:
        """As :meth:`label`, the text alone."""
        return self.language.of(texts).text

    def foreign(self, texts: Mapping[str, str]) -> str:
        """The language of such a text where it is not the reader's, else nothing."""
        return self.language.foreign(self.language.of(texts))

    def text(self, name: str, /, **given: Given) -> str:
        """The text of a heading, a caption, a label of this report."""
        return self.own.text(name, **given)

    def ended(self, text: str) -> str:
        """What people wrote, as a sentence that ends."""
        return text if text.endswith((".", "!", "?", "…", "“", ")")) else f"{text}."

    def as_given(self, text: str) -> Entry:
        """What people wrote in the language of their study, which is named where it is not the reader's."""
        if not text or self.study.language == self.reader:
            return Entry(text)
        return Entry(text, sentences=(Sentence(text, foreign=((0, len(text), self.study.language),)),))

    def until(self, text: str) -> str:
        """Until when, as people wrote it; a day in full, as all dates of a report."""
        day = read_date(text)
        return self.language.date(day) if day is not None else text

    def given_texts(self, shown: Iterable[tuple[Row, str]], files: GivenFiles) -> list[dict[str, Any]]:
        """Texts that people gave and where each stands: rows and their columns; ``files``: all of them.

        The id is kind and row, the column where a row has several, and a number where the same row of another
        file has it already. A file may be called after who sent it, so it is not for the public.
        """
        public = self.audience == "public"
        found: dict[str, dict[str, Any]] = {}
        for row, column in shown:
            alike = (one for one in files.rows if (one.kind, one.row) == (row.kind, row.row))
            places = list(dict.fromkeys((one.file, one.tab) for one in alike))
            number = places.index((row.file, row.tab)) + 1 if (row.file, row.tab) in places else 1
            parts = [
                f"{row.kind}-{row.row}",
                *([column] if row.kind in _SEVERAL_TEXTS else []),
                *([str(number)] if number > 1 else []),
            ]
            name = "-".join(parts)
            found[name] = {
                "id": name,
                "text": str(getattr(row.values, column)),
                "file": "" if public else row.file,
                "tab": "" if public else row.tab,
                "row": row.row,
                "column": column,
            }
        return list(found.values())

    def about(
        self,
        last: Wave,
        instrument: Instrument | None,
        scheme: ScoringScheme,
        provenance: Mapping[str, object],
        municipality: str = "",
        wave: str = "",
        last_day: datetime.date | None = None,
    ) -> dict[str, object]:
        """Of what a report is, as its twin says it; ``last``: the wave whose date is that of the data.

        ``instrument``: None in a study without questionnaire. ``last_day``: the last of which it tells, where
        that comes after the date of the wave.
        """
        asked = (
            {"id": instrument.id, "edition": instrument.edition, "sha256": instrument.sha256}
            if instrument is not None
            else None
        )
        return {
            "report": self.report,
            "study": self.study.id,
            "municipality": municipality,
            "wave": wave,
            "language": self.reader,
            "audience": self.audience,
            **self._status_of(municipality, last_day or last.date),
            "date": last.date.isoformat(),
            "software": str(provenance["software"]),
            "program_tree": program_tree(),
            "lock_sha256": lock_hash(),
            "instrument": asked,
            "scheme": {"id": scheme.id, "sha256": scheme.sha256},
        }

    def rules(self, instrument: Instrument | None, scheme: ScoringScheme) -> list[tuple[str, str]]:
        """By which questionnaire and which scheme the numbers are, as terms with what they are here."""
        asked = []
        if instrument is not None and instrument.id:
            asked.append(("questionnaire", self.edition(instrument)))
            asked += [("questionnaire_sha256", instrument.sha256)] if instrument.sha256 else []
        return [*asked, ("scheme", self.title(scheme.title)), ("scheme_sha256", scheme.sha256)]

    def edition(self, instrument: Instrument) -> str:
        """The title of a questionnaire and its edition."""
        title = self.title(instrument.title)
        return self.common.text("edition", title=title, edition=str(instrument.edition))

    def made_with(self, about: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The program and its parameters, as terms with what they are here; ``about``: of the report."""
        parameters = {
            **{name: about[name] for name in ("study", "municipality", "wave")},
            "scheme": about["scheme"]["id"],
            **{name: about[name] for name in ("audience", "language")},
        }
        told = ", ".join(f"{name} = {value}" for name, value in parameters.items() if value)
        named = [(name, str(about[name])) for name in ("software", "program_tree", "lock_sha256")]
        return [*(pair for pair in named if pair[1]), ("parameters", told)]

    def _status_of(self, municipality: str, data: datetime.date) -> dict[str, str]:
        """Whether what everybody may read of such data is released, and since when; for the ledger."""
        entry = self.study.register.by_key.get(municipality)
        if entry is None or self.audience != "public":
            return {}
        if not entry.released(data):
            return {"status": "draft"}
        since = {"released_on": entry.released_on.isoformat()} if entry.released_on else {}
        return {"status": "released", **since}
