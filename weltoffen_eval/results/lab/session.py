"""A session in the scoring lab: whose answers, which scheme, what was tried, and what it moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weltoffen_eval import paths
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scheme_difference import SchemeDifference, differences
from weltoffen_eval.errors import CallError
from weltoffen_eval.results.lab.answers import LabAnswers, waves_answered
from weltoffen_eval.results.lab.bench import Tried, chosen, lay_out
from weltoffen_eval.results.lab.saved import SavedScheme, save_scheme, saved_schemes
from weltoffen_eval.results.lab.settings import value_of, with_value
from weltoffen_eval.results.lab.silence import moves, why_nothing_moves
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import Study, load_study
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: So many schemes stand side by side at most, the standard among them.
MOST_BESIDE = 3


class ScoringLab:
    """Tries other schemes on the answers of one wave; nothing is written but by :meth:`save`.

    ``listeners``, by name, are called after each change.
    """

    def __init__(self, study: Study, municipality: str = "", wave: str = "", scheme: str | None = None):
        self.listeners: dict[str, Callable[[], None]] = {}
        self._bench = lay_out(study, municipality, wave, scheme)
        self._benches = {study.folder: self._bench}

    # --- whose answers -------------------------------------------------------------------------------------

    @property
    def study(self) -> Study:
        return self._bench.study

    @property
    def answers(self) -> LabAnswers:
        """Those of the wave that is looked at."""
        return self._bench.answers

    @property
    def municipality(self) -> str:
        return self._bench.municipality

    @property
    def waves(self) -> list[str]:
        """The waves in which somebody answered a questionnaire."""
        return waves_answered(self.study, self._bench.cleaned)

    @property
    def instrument(self) -> Instrument:
        """The questionnaire of the wave."""
        return self.answers.instrument

    @property
    def study_name(self) -> str:
        """As commands name the study: by its name, or by its folder."""
        return paths.study_name(self.study.folder) or str(self.study.folder)

    @property
    def studies(self) -> list[str]:
        """Names for :meth:`choose_study`: of the project, of the package, and folders that were opened."""
        opened = (paths.study_name(folder) or str(folder) for folder in self._benches)
        return list(dict.fromkeys([*paths.study_names(), *opened]))

    def choose_study(self, study: str) -> None:
        """Look at another study, under its own scheme; at one that was here before as it was left.

        Raises
        ------
        CallError
            If there is no such study, or nobody answered a questionnaire in it.
        RefusedError
            With all faults, if it cannot be read. Nothing is changed then.
        """
        loaded = load_study(study)
        bench = self._benches.get(loaded.folder) or lay_out(loaded, "", "", None)
        self._benches[loaded.folder] = self._bench = bench
        self._tell()

    def choose(self, municipality: str = "", wave: str = "") -> None:
        """Look at another municipality, or another wave; without a name at the same, else the first there is.

        Raises
        ------
        CallError
            If it is none of the study, or gave no answers in this wave.
        """
        bench, known = self._bench, self.answers
        same = not wave or known.wave.id == wave
        answers = known if same else LabAnswers(bench.study, bench.cleaned, wave)
        whose = chosen(answers, municipality, bench.municipality)
        bench.answers, bench.municipality = answers, whose
        self._tell()

    # --- what is tried ----------------------------------------------------------------------------------

    @property
    def current(self) -> ScoringScheme:
        """The scheme that is tried."""
        return self._bench.history[self._bench.place]

    @property
    def standard(self) -> ScoringScheme:
        """The scheme against which everything is held."""
        return self._bench.standard

    @property
    def tried(self) -> Tried:
        """What the last change did."""
        return self._bench.tried

    @property
    def beside(self) -> dict[str, ScoringScheme]:
        """The schemes that were set aside, by name."""
        return self._bench.beside

    def value(self, setting: str) -> Any:
        """What holds for a setting, such as ``weights.item.MS03``."""
        return value_of(self.current, self.instrument, setting)

    def change(self, setting: str, value: Any) -> Tried:
        """Change one setting; what was undone before is given up.

        Raises
        ------
        SettingError
            If there is no such setting, or it cannot have this value; nothing is changed.
        """
        made = with_value(self.current, self.instrument, setting, value)
        if self.value(setting) == value_of(made, self.instrument, setting):
            self._bench.tried = Tried(setting, False, "same_value")
            return self.tried
        moved = moves(self.answers.scores(self.current), self.answers.scores(made))
        reason = "" if moved else why_nothing_moves(setting, made, self.instrument, self.answers.given)
        self._add(made, Tried(setting, moved, reason))
        return self.tried

    @property
    def can_undo(self) -> bool:
        return self._bench.place > 0

    @property
    def can_redo(self) -> bool:
        return self._bench.place < len(self._bench.history) - 1

    def undo(self) -> None:
        """Take the last change back, if there is one."""
        self._move(-1 if self.can_undo else 0)

    def redo(self) -> None:
        """Make the change again that was taken back, if there is one."""
        self._move(1 if self.can_redo else 0)

    def reset(self) -> None:
        """Back to the standard; that too can be undone."""
        if differences(self.standard, self.current):
            self._add(self.standard, Tried("", True))

    def open(self, name: str) -> None:
        """Try a saved scheme, by id or path; that too can be undone."""
        self._add(load_scheme(name, self.study), Tried("", True))

    def _add(self, scheme: ScoringScheme, tried: Tried) -> None:
        bench = self._bench
        bench.history = [*bench.history[: bench.place + 1], scheme]
        bench.place += 1
        bench.tried = tried
        self._tell()

    def _move(self, by: int) -> None:
        self._bench.place += by
        self._bench.tried = Tried("", True)
        self._tell()

    def _tell(self) -> None:
        for listener in list(self.listeners.values()):
            listener()

    # --- what is kept -----------------------------------------------------------------------------------

    def set_aside(self, name: str) -> None:
        """Keep the scheme that is tried beside the others; of one name, the later.

        Raises
        ------
        CallError
            If there are as many as can stand side by side, or it has no name.
        """
        name = name.strip()
        if not name:
            raise CallError("A scheme that is set aside has a name.")
        if name not in self.beside and len(self.beside) >= MOST_BESIDE - 1:
            raise CallError(f"There are {MOST_BESIDE} schemes side by side already, the standard among them.")
        self.beside[name] = self.current
        self._tell()

    def clear_aside(self) -> None:
        """Give up the schemes that were set aside."""
        self._bench.beside = {}
        self._tell()

    def saved(self) -> list[str]:
        """What :meth:`open` knows."""
        return saved_schemes(self.study)

    def save(self, scheme_id: str, title: str, note: str) -> SavedScheme:
        """Save the scheme that is tried, with a note that says why; see :func:`save_scheme`."""
        made = save_scheme(self.current, self.study, scheme_id, title, note)
        self._bench.history[self._bench.place] = made.scheme
        self._tell()
        return made

    @property
    def differences(self) -> list[SchemeDifference]:
        """What differs from the standard."""
        return differences(self.standard, self.current)


def open_lab(
    study: str = "beispiel", municipality: str = "", wave: str = "", scheme: str | None = None
) -> ScoringLab:
    """The scoring lab of a study; without a name at its first wave and municipality.

    Raises
    ------
    CallError
        If there is no such study, wave, municipality or scheme.
    RefusedError
        With all faults, if the study or the scheme cannot be read.
    """
    return ScoringLab(load_study(study), municipality, wave, scheme)
