"""What a run is to make, and how: as it was called, whoever called it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError, did_you_mean
from weltoffen_eval.publish.exporting.formats import FORMATS
from weltoffen_eval.runs.kinds import Kind, check_kinds

AUDIENCES = ("internal", "public")
#: Seconds that a notebook may take.
TIME_LIMIT = 600.0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a run is to make.

    ``folder``: of the study. ``scheme``: as named, None for the study's own. ``municipalities``, ``waves``:
    only these, all where empty. ``language``: of the reports, None for the study's. ``out``: in place of
    reports/. ``named``: whether the kinds were asked for by name, so that none may silently be left out.
    """

    folder: Path
    kinds: tuple[Kind, ...]
    scheme: str | None = None
    municipalities: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("html",)
    audience: str = "internal"
    language: str | None = None
    attach: bool = False
    time_limit: float = TIME_LIMIT
    out: Path | None = None
    named: bool = False

    @property
    def part(self) -> bool:
        """Whether only chosen municipalities or waves are wanted."""
        return bool(self.municipalities or self.waves)

    @property
    def public(self) -> bool:
        """Whether what is made is for everybody."""
        return self.audience == "public"

    @property
    def open_kinds(self) -> tuple[Kind, ...]:
        """Those of the kinds that are made for the audience."""
        return tuple(kind for kind in self.kinds if self.audience in kind.audiences)

    def includes(self, kind: Kind) -> bool:
        """Whether a kind is part of such a run: what is about more than was asked for is not."""
        if kind.scope == "study":
            return not self.part
        return kind.scope == "municipality_wave" or not self.waves


def in_order(formats: Iterable[str]) -> tuple[str, ...]:
    """The formats in their order, each once; what is none comes first, to be refused."""
    named = list(formats)
    return (*(form for form in named if form not in FORMATS), *(form for form in FORMATS if form in named))


def ending_of(asked: Asked, language_of_study: str) -> str:
    """What the folder of such reports has behind the name of the study."""
    other = "" if asked.language in (None, language_of_study) else f"-{asked.language}"
    return other + ("-public" if asked.public else "")


def check_asked(asked: Asked) -> None:
    """Raise CallError for what is wrong in a call or in a notebook, before anything is started."""
    if asked.attach and "pdf" not in asked.formats:
        raise CallError("--attach is for PDF; add pdf to --format.")
    for known, words, what in (
        (FORMATS, asked.formats, "format"),
        (AUDIENCES, (asked.audience,), "audience"),
        (paths.languages(), (asked.language,) if asked.language is not None else (), "language"),
    ):
        for word in words:
            if word not in known:
                names = ", ".join(known)
                meant = did_you_mean(word, known)
                raise CallError(f"The {what} {word!r} is not known; there are {names}.{meant}")
    if not asked.time_limit > 0:
        raise CallError(f"--time-limit is {asked.time_limit:g}; it must be more than 0 seconds.")
    closed = [kind.name for kind in asked.kinds if kind not in asked.open_kinds]
    if closed and (asked.named or not asked.open_kinds):
        raise CallError(
            f"There is no report for the audience {asked.audience!r} of {', '.join(closed)}: it shows what "
            "only those who take part may see. Call it without --audience."
        )
    check_kinds([kind for kind in asked.open_kinds if asked.includes(kind)])


@dataclass(frozen=True)
class How:
    """How reports are made: all or only what is stale, on how many processes, or on which cluster."""

    fresh: bool = False
    workers: int | None = None
    scheduler: str | None = None
