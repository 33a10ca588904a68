"""The attack over folders of published files: what follows from them, and what their twins do not say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from weltoffen_eval.analysis.disclosure_attack import Bound, attack
from weltoffen_eval.results.assumed_persons import WHOLE, Scale, assumed_persons, scales_of
from weltoffen_eval.results.published import read_published
from weltoffen_eval.results.unsaid import Unsaid, unsaid_of
from weltoffen_eval.study.questionnaire.files import instrument_folder, instrument_names, load_instrument


class Attacked(NamedTuple):
    """The narrowest intervals of what small groups said, and what is said without a twin."""

    bounds: list[Bound]
    unsaid: list[Unsaid]

    @property
    def recovered(self) -> list[Bound]:
        """Those that are narrower than one answer."""
        return [bound for bound in self.bounds if bound.recovered]


def attack_folders(folder: Path, earlier: Sequence[Path] = ()) -> Attacked:
    """Attack a folder of published files, together with what was published before.

    Raises
    ------
    PublishedError
        If a folder is not there or holds nothing that could be read.
    """
    published = read_published([folder, *earlier])
    persons = assumed_persons(published.said, _scales(published.instruments))
    bounds = [bound for bound in attack(persons, published.said) if not bound.id.startswith(WHOLE)]
    unsaid = [
        one._replace(file=path.relative_to(folder).with_name(one.file).as_posix())
        for path, twin in published.twins.items()
        if folder in path.parents
        for one in unsaid_of(path, twin)
    ]
    return Attacked(sorted(bounds, key=_narrowest), unsaid)


def _scales(instruments: set[str]) -> dict[str, Scale]:
    """Of the questionnaires that are shipped; of others the items are taken to have five answers."""
    known = sorted(instruments & set(instrument_names()))
    return scales_of(load_instrument(instrument_folder(name)) for name in known)


def _narrowest(bound: Bound) -> tuple[object, ...]:
    room = (bound.high - bound.low) / bound.category
    return (
        not bound.recovered, room, bound.municipality, bound.wave, bound.setting, bound.level,
        bound.id, bound.group,
    )  # fmt: skip
