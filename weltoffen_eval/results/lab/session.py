"""A session in the scoring lab: whose answers, which scheme, what was tried, and what it moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scheme_difference import SchemeDifference, differences
from weltoffen_eval.errors import CallError, did_you_mean
from weltoffen_eval.results.lab.answers import LabAnswers, read_answers
from weltoffen_eval.results.lab.saved import SavedScheme, save_scheme, saved_schemes
from weltoffen_eval.results.lab.settings import value_of, with_value
from weltoffen_eval.results.lab.silence import moves, why_nothing_moves
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import Study, load_study
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: So many schemes stand side by side at most, the standard among them.
MOST_BESIDE = 3


@dataclass(frozen=True)
class Tried:
    """What the last change did: its ``setting``, whether it ``moved`` a score, and else why not."""

    setting: str
    moved: bool
    reason: str = ""


class ScoringLab:
    """Tries other schemes on the answers of one wave; nothing is written but by :meth:`save`.

    ``standard``: the scheme against which everything is held. ``current``: that which is tried. ``beside``:
    schemes set aside, by name. ``tried``: what the last change did. ``listeners``, by name, are called then.
    """

    def __init__(self, study: Study, municipality: str = "", wave: str = "", scheme: str | None = None):
        self.study = study
        self._cleaned = read_answers(study)
        self.standard = load_scheme(scheme, study)
        self.listeners: dict[str, Callable[[], None]] = {}
        self.choose(municipality, wave)
        self._start(self.standard)

    # --- whose answers -------------------------------------------------------------------------------------

    @property
    def waves(self) -> list[str]:
        """The waves that have a questionnaire."""
        return [wave.id for wave in self.study.waves if wave.id in self.study.instruments]

    @property
    def instrument(self) -> Instrument:
        """The questionnaire of the wave."""
        return self.answers.instrument

    def choose(self, municipality: str = "", wave: str = "") -> None:
        """Look at another municipality, or another wave; without a name at the same, else the first there is.

        Raises
        ------
        CallError
            If it is none of the study, or gave no answers in this wave.
        """
        known = getattr(self, "answers", None)
        wave = wave or (known.wave.id if known else next(iter(self.waves), ""))
        answers = known if known and known.wave.id == wave else LabAnswers(self.study, self._cleaned, wave)
        if municipality and municipality not in answers.municipalities:
            advice = did_you_mean(municipality, answers.municipalities)
            raise CallError(f"{municipality!r} gave no answers in wave {wave} of {self.study.id}.{advice}")
        self.answers = answers
        same = getattr(self, "municipality", "")
        kept = same if same in answers.municipalities else answers.municipalities[0]
        self.municipality = municipality or kept
        self._tell()

    # --- what is tried ----------------------------------------------------------------------------------

    @property
    def current(self) -> ScoringScheme:
        """The scheme that is tried."""
        return self._history[self._place]

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
            self.tried = Tried(setting, False, "same_value")
            return self.tried
        moved = moves(self.answers.scores(self.current), self.answers.scores(made))
        reason = "" if moved else why_nothing_moves(setting, made, self.instrument, self.answers.given)
        self._add(made, Tried(setting, moved, reason))
        return self.tried

    @property
    def can_undo(self) -> bool:
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        return self._place < len(self._history) - 1

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

    def _start(self, scheme: ScoringScheme) -> None:
        self._history, self._place, self.tried = [scheme], 0, Tried("", True)
        self.beside: dict[str, ScoringScheme] = {}

    def _add(self, scheme: ScoringScheme, tried: Tried) -> None:
        self._history = [*self._history[: self._place + 1], scheme]
        self._place += 1
        self.tried = tried
        self._tell()

    def _move(self, by: int) -> None:
        self._place += by
        self.tried = Tried("", True)
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
        if not name.strip():
            raise CallError("A scheme that is set aside has a name.")
        if name not in self.beside and len(self.beside) >= MOST_BESIDE - 1:
            raise CallError(f"There are {MOST_BESIDE} schemes side by side already, the standard among them.")
        self.beside[name.strip()] = self.current
        self._tell()

    def clear_aside(self) -> None:
        """Give up the schemes that were set aside."""
        self.beside = {}
        self._tell()

    def saved(self) -> list[str]:
        """What :meth:`open` knows."""
        return saved_schemes(self.study)

    def save(self, scheme_id: str, title: str, note: str) -> SavedScheme:
        """Save the scheme that is tried, with a note that says why; see :func:`save_scheme`."""
        made = save_scheme(self.current, self.study, scheme_id, title, note)
        self._history[self._place] = made.scheme
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
