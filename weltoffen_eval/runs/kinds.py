"""The notebooks of a run: which there are, how each is called, and the parameters that a run sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError, did_you_mean

#: Every parameter with its type, in the order in which notebooks declare them.
PARAMETERS = dict.fromkeys(("study", "municipality", "wave", "scheme", "audience", "language"), str)
#: Those under which a report is filed: a notebook that does not use them shows the same under every name.
_NAMED = ("study", "municipality", "wave")


@dataclass(frozen=True)
class Kind:
    """A notebook file, the name of its report, its German title; ``of_study``: about all municipalities."""

    file: str
    name: str
    title: str
    of_study: bool = False

    @property
    def parameters(self) -> dict[str, type]:
        """The parameters that a run sets."""
        hidden = ("municipality", "wave", "audience", "language") if self.of_study else ()
        return {name: kind for name, kind in PARAMETERS.items() if name not in hidden}


#: Those of a study are left out of a run of chosen municipalities or waves.
KINDS = (
    Kind("01_data_quality.ipynb", "data_quality", "Datenqualität"),
    Kind("02_selfcheck.ipynb", "selfcheck", "Selbstcheck"),
    Kind("06_all_municipalities.ipynb", "all_municipalities", "Alle Kommunen", of_study=True),
    Kind("07_instrument_quality.ipynb", "instrument_quality", "Güte des Fragebogens", of_study=True),
)


def choose_kinds(wanted: Sequence[str]) -> tuple[Kind, ...]:
    """The notebooks named by file or by the name of their report; all without a name.

    Raises
    ------
    CallError
        If there is none of a name.
    """
    known = {
        name: kind for kind in KINDS for name in (kind.file, kind.file.removesuffix(".ipynb"), kind.name)
    }
    for name in wanted:
        if name not in known:
            names = ", ".join(kind.name for kind in KINDS)
            raise CallError(f"There is no notebook {name!r}; a run has {names}.{did_you_mean(name, known)}")
    chosen = [known[name] for name in wanted]
    return tuple(kind for kind in KINDS if not wanted or kind in chosen)


def check_kinds(kinds: Sequence[Kind]) -> None:
    """Raise CallError where a notebook does not take what a run will set."""
    from weltoffen_eval.publish.running.parameters import check_parameters

    for kind in kinds:
        check_parameters(paths.notebooks_folder() / kind.file, kind.parameters, _NAMED)
