"""The reports there are, each as data: its notebook, whom it is about, what it needs and is made from.

A new report is an entry here, a notebook, a folder in ``display``, a title in ``sentences/*/runs.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError, did_you_mean

Scope = Literal["municipality_wave", "municipality", "study"]
#: Every parameter of a notebook with its type, in the order in which notebooks declare them.
PARAMETERS: Mapping[str, type] = dict.fromkeys(
    ("study", "municipality", "wave", "scheme", "audience", "language"), str
)
#: Those that a scope leaves out.
_WITHOUT: Mapping[Scope, tuple[str, ...]] = {
    "municipality_wave": (),
    "municipality": ("wave",),
    "study": ("municipality", "wave"),
}
#: Those under which a report is filed: a notebook that does not use them shows the same under every name.
_NAMED = ("study", "municipality", "wave")
#: The language in which notebooks are written.
NATIVE = "de"


class Need(NamedTuple):
    """Files of a kind at a setting, without setting at any; ``earlier``: answers in a wave before."""

    kind: str
    setting: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A report that a run can make.

    ``notebook``: its file, without ending. ``scope``: what one report is about. ``needs``: alternatives, each
    a set of what must have come. ``inputs``: what makes it stale, of ``inputs.INPUTS`` or kinds of file.
    ``after``: reports it links to. ``parts``: tags of cells that are exported alone too; ``papers``: of cells
    that are exported alone only, in Word, for people to finish them. ``formats``, ``audiences``: in and for
    which it can be made. ``title``: id of its title in the catalogue of ``runs``. ``file_title``,
    ``part_titles``: the same, of it and of its parts, in a public file name (ASCII). ``parameters``: those
    that a run sets, with their types; without them those of its scope. ``imports``: modules of its notebook,
    imported once for all; ``late_imports``: those that take long, so that a worker imports them only where
    such a report is to be made. ``last``: the index shows it after the others, for it tells of the data and
    not what they say. ``on_demand``: made only where it is named. ``of_members``: only of a Landkreis of
    which a member lets itself be seen beside others. ``numbers``: what computes them anew
    (``results.recomputed``). ``absent``: why a report that was there is not made any more.
    """

    name: str
    notebook: str
    scope: Scope
    needs: tuple[frozenset[Need], ...]
    inputs: tuple[str, ...]
    title: str
    file_title: str
    after: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    part_titles: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("html", "pdf", "docx")
    audiences: tuple[str, ...] = ("internal",)
    parameters: Mapping[str, type] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
    last: bool = False
    on_demand: bool = False
    late_imports: tuple[str, ...] = ()
    of_members: bool = False
    numbers: str = "of_profile"
    absent: str = "no sheet of the administration that holds an answer"

    def __post_init__(self) -> None:
        if not self.parameters:
            hidden = _WITHOUT[self.scope]
            of_scope = {name: kind for name, kind in PARAMETERS.items() if name not in hidden}
            object.__setattr__(self, "parameters", of_scope)
        if not self.part_titles:
            object.__setattr__(self, "part_titles", self.parts)

    @property
    def file(self) -> str:
        """The name of the notebook's file."""
        return f"{self.notebook}.ipynb"

    def speaks(self, language: str) -> bool:
        """Whether there are sentences of it in a language."""
        return language == NATIVE or (paths.SENTENCES / language / f"{self.name}.toml").is_file()

    def title_in(self, language: str) -> str:
        """Its title in a language."""
        return titles(language)[self.title.rpartition(".")[2]]


_ANSWERED = (frozenset({Need("responses", "questionnaire")}),)
_RATED_OR_NOTED = tuple(
    frozenset({Need(kind, "workshop")}) for kind in ("responses", "field_ratings", "notes")
)
_MODULES = (
    "weltoffen_eval.display.selfcheck.report",
    "weltoffen_eval.display.quality.report",
    "weltoffen_eval.results.profiles",
)

#: In the order in which they are made and shown.
# fmt: off
KINDS = (
    Kind(
        name="data_quality",
        notebook="01_data_quality",
        scope="municipality_wave",
        needs=_ANSWERED,
        inputs=("answers", "register", "questionnaire", "scheme"),
        title="runs.data_quality",
        file_title="Datenqualitaet",
        imports=_MODULES,
        last=True,
    ),
    Kind(
        name="selfcheck",
        notebook="02_selfcheck",
        scope="municipality_wave",
        needs=_ANSWERED,
        # the only one of a municipality that compares it, with others and with the wave before
        inputs=("answers", "earlier", "register", "questionnaire", "scheme", "reference", "left_out"),
        title="runs.selfcheck",
        file_title="Selbstcheck",
        parts=("summary",),
        part_titles=("Kurzfassung",),
        audiences=("internal", "public"),
        imports=_MODULES,
    ),
    Kind(
        name="workshop",
        notebook="03_workshop",
        scope="municipality_wave",
        needs=_RATED_OR_NOTED,
        inputs=(
            "answers", "all_waves", "register", "questionnaire", "scheme",
            "field_ratings", "notes", "participants", "events", "measures",
        ),
        title="runs.workshop",
        numbers="of_workshop",
        file_title="Workshop",
        absent="no answers, ratings or notes of a workshop",
        audiences=("internal", "public"),
        late_imports=(
            "weltoffen_eval.display.workshop.report", "weltoffen_eval.results.workshop", "scipy.special",
        ),
    ),
    Kind(
        name="workshop_kit",
        notebook="workshop_kit",
        scope="municipality_wave",
        needs=_ANSWERED,
        inputs=("answers", "register", "questionnaire", "scheme"),
        title="runs.workshop_kit",
        file_title="Workshopmaterial",
        imports=("weltoffen_eval.display.workshop_kit.report", "weltoffen_eval.results.profiles"),
        on_demand=True,
    ),
    Kind(
        name="dialogue",
        notebook="04_dialogue",
        scope="municipality_wave",
        needs=(frozenset({Need("statements", "dialogue")}), frozenset({Need("outcomes", "dialogue")})),
        # the questionnaire for the names of its fields and questions, to which an intention may go back
        inputs=(
            "events", "participants", "statements", "codes", "codebook", "questions", "outcomes", "notes",
            "measures", "register", "scheme", "questionnaire",
        ),
        title="runs.dialogue",
        numbers="of_dialogue",
        file_title="Dialogdokumentation",
        absent="no statements or outcomes of a dialogue",
        audiences=("internal", "public"),
        late_imports=(
            "weltoffen_eval.display.dialogue.report", "weltoffen_eval.results.dialogue", "scipy.special",
        ),
    ),
    Kind(
        name="final_report",
        notebook="05_final_report",
        scope="municipality",
        needs=(
            frozenset({Need("measures")}),
            frozenset({Need("outcomes")}),
            frozenset({Need("statements", "dialogue")}),
            *_RATED_OR_NOTED,
            frozenset({Need("responses", "questionnaire"), Need("earlier")}),
        ),
        inputs=(
            "answers", "earlier", "all_waves", "register", "questionnaire", "scheme", "field_ratings",
            "notes", "participants", "statements", "codes", "codebook", "questions", "outcomes", "events",
            "measures",
        ),
        after=("selfcheck", "workshop", "dialogue"),
        papers=("council_paper", "plain_language"),
        title="runs.final_report",
        numbers="of_course",
        file_title="Abschlussbericht",
        absent="no measures, outcomes, workshop or dialogue, and no second self-check",
        audiences=("internal", "public"),
        late_imports=(
            "weltoffen_eval.display.final_report.report", "weltoffen_eval.results.course", "scipy.special",
        ),
    ),
    # these two need scipy too, for which every run would wait, so what they import is not imported before
    Kind(
        name="all_municipalities",
        notebook="06_all_municipalities",
        scope="study",
        needs=_ANSWERED,
        inputs=("answers", "earlier", "register", "questionnaire", "scheme", "left_out"),
        title="runs.all_municipalities",
        numbers="of_study",
        file_title="Alle_Kommunen",
    ),
    Kind(
        name="instrument_quality",
        notebook="07_instrument_quality",
        scope="study",
        needs=_ANSWERED,
        inputs=("answers", "register", "questionnaire", "scheme", "left_out"),
        title="runs.instrument_quality",
        numbers="of_study",
        file_title="Guete_des_Fragebogens",
    ),
    Kind(
        name="district",
        notebook="08_district",
        scope="municipality_wave",
        needs=_ANSWERED,
        inputs=("answers", "members", "register", "questionnaire", "scheme"),
        title="runs.district",
        numbers="of_members",
        file_title="Landkreis_und_Gemeinden",
        of_members=True,
        late_imports=("weltoffen_eval.display.district.report", "weltoffen_eval.results.profiles"),
        absent="no member of the Landkreis that lets itself be seen beside others",
    ),
)
# fmt: on


@cache
def titles(language: str) -> Mapping[str, str]:
    """The titles of all reports in a language, by the name of the kind."""
    # read without the catalogue, whose language (Babel) every run would wait for
    path = Path(paths.SENTENCES / language / "runs.toml")
    text = path.read_text(encoding="utf-8") if path.is_file() or "/" not in language else ""
    return {name: entry["text"] for name, entry in tomllib.loads(text).items()}


def choose_kinds(wanted: Sequence[str]) -> tuple[Kind, ...]:
    """The kinds named by notebook or by the name of their report; without a name all but those on demand.

    Raises
    ------
    CallError
        If there is none of a name.
    """
    known = {name: kind for kind in KINDS for name in (kind.file, kind.notebook, kind.name)}
    for name in wanted:
        if name not in known:
            names = ", ".join(kind.name for kind in KINDS)
            raise CallError(f"There is no notebook {name!r}; a run has {names}.{did_you_mean(name, known)}")
    chosen = [known[name] for name in wanted]
    return tuple(kind for kind in KINDS if kind in chosen or not (wanted or kind.on_demand))


def check_kinds(kinds: Sequence[Kind]) -> None:
    """Raise CallError where a notebook does not take what a run will set."""
    from weltoffen_eval.publish.running.parameters import check_parameters

    for kind in kinds:
        check_parameters(paths.notebook_file(kind.file), kind.parameters, _NAMED)
