"""What the door costs and gives: numbers withheld, and persons who count in a number finer than the total.

``python benchmarks/disclosure.py [STUDY]``: of a study (all that persons were asked, and of that what the
administration answered too), internal and public, and of 1,000 random workshops (five perspectives of 0 to 12
persons).
"""

from __future__ import annotations

import sys
from itertools import product

import numpy as np

from weltoffen_eval.analysis.disclosure import ALL, DISTRIBUTION, MEAN, cells_of
from weltoffen_eval.analysis.person_answers import PersonAnswers
from weltoffen_eval.analysis.release import clearances_of
from weltoffen_eval.results.persons import persons_of, scored_waves
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.perspectives import PERSPECTIVES
from weltoffen_eval.study.responses.cleaning import clean_responses


def entries_of(of: PersonAnswers, level: str) -> list[str]:
    """All items or dimensions that persons were asked."""
    return list(of.items if level == "item" else dict.fromkeys(of.dimensions))


def compared_entries(of: PersonAnswers, level: str) -> list[str]:
    """Those with which `analyse --what gaps` compares: the administration answered, too."""
    answered = ~np.isnan(of.own)
    names = of.items if level == "item" else of.dimensions
    return list(dict.fromkeys(name for name, own in zip(names, answered, strict=True) if own))


def main() -> None:
    """Count, and print."""
    study = load_study(sys.argv[1] if len(sys.argv) > 1 else None)
    scheme = load_scheme(None, study)
    people = persons_of(list(scored_waves(study, clean_responses(study).responses, scheme)), scheme)
    finer = sum(sum(of.sizes.values()) for of in people if cells_of(of.sizes, scheme.min_group_size))
    persons = sum(sum(of.sizes.values()) for of in people)
    print(f"persons in a number finer than the total: {finer} of {persons}")
    for audience in ("internal", "public"):
        clearances = clearances_of(people, scheme, audience)
        for level, compared in product(("item", "dimension"), (False, True)):
            names = [
                (clearances[of.where], (level, entry))
                for of in people
                for entry in (compared_entries(of, level) if compared else entries_of(of, level))
            ]
            entries = [(of.levels[name], of.sizes[name]) for of, name in names]
            means = sum(levels[ALL] >= MEAN for levels, _ in entries)
            shares = sum(levels[ALL] == DISTRIBUTION for levels, _ in entries)
            cells = [shown for levels, _ in entries for group, shown in levels.items() if group != ALL]
            of_cells = sum(shown >= MEAN for shown in cells), sum(shown == DISTRIBUTION for shown in cells)
            told = " (administration answered)" * compared
            known = [n for _, sizes in entries for name, n in sizes.items() if name in PERSPECTIVES]
            small = sum(0 < n < scheme.min_group_size for n in known)
            print(
                f"{audience}, {level}{told}: {len(entries)}; mean of all {means}, distribution {shares}; "
                f"cells {of_cells[0]}, {of_cells[1]} of {len(cells)}; small perspectives {small}"
            )
    random = np.random.default_rng(1)
    counted = total = 0
    for sizes in random.integers(0, 13, (1000, 5)).tolist():
        total += sum(sizes)
        counted += sum(sizes) if cells_of(dict(zip(PERSPECTIVES, sizes, strict=False)), 5) else 0
    print(f"1,000 random workshops: {counted} of {total} ({100 * counted / max(total, 1):.1f} %)")


if __name__ == "__main__":
    main()
