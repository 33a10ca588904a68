"""What the door costs and gives: numbers withheld, and persons who count in a number finer than the total.

``python benchmarks/disclosure.py [STUDY]``: of a study (all that persons were asked, and of that what the
administration answered too), internal and public, and of 1,000 random workshops (five perspectives of 0 to 12
persons). Then what all that leaves tells of each perspective below the minimum, as the attack bounds it where
it is known who answered what: with the door open but for sizes, and with the door as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, product

import numpy as np

from weltoffen_eval.analysis.agreement import average_deviation
from weltoffen_eval.analysis.attack_counts import Said
from weltoffen_eval.analysis.change import compare_waves
from weltoffen_eval.analysis.disclosure import ALL, DISTRIBUTION, MEAN, cells_of
from weltoffen_eval.analysis.disclosure_attack import Bound, attack
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.gaps import gap_findings
from weltoffen_eval.analysis.known_persons import KnownPersons
from weltoffen_eval.analysis.person_answers import PersonAnswers
from weltoffen_eval.analysis.release import clearances_of
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.results.agreement_table import agreements
from weltoffen_eval.results.assumed_persons import Scale, scales_of
from weltoffen_eval.results.persons import ScoredWave, persons_of, scored_waves
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.statistics_table import changes, gaps
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.merging import merging_of
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


def known_of(
    people: Sequence[PersonAnswers], scales: Mapping[str, Mapping[str, Scale]]
) -> list[KnownPersons]:
    """Who answered what, not how."""
    return [
        KnownPersons(
            municipality=of.municipality, wave=of.wave, setting=of.setting, perspectives=of.perspectives,
            items=of.items, dimensions=of.dimensions, answered=~np.isnan(of.points), applicable=of.applicable,
            own=of.own, lowest=of.lowest, highest=of.highest,
            codes=tuple(scales[of.wave][item].codes for item in of.items),
            changed_from=of.changed_from, changed_to=of.changed_to,
        )
        for of in people
    ]  # fmt: skip


def by_size_alone(
    people: Sequence[PersonAnswers], waves: Sequence[ScoredWave], scheme: ScoringScheme
) -> list[Finding]:
    """Gaps, changes and agreement of all groups that are large enough, without the door."""
    found = [finding for of in people for finding in gap_findings(of, scheme)]
    for (_, before, earlier), (_, after, later) in pairwise(waves):
        found += compare_waves(earlier, later, (before, after), scheme).findings
    for of in people:
        for column, item in enumerate(of.items):
            places = of.points[:, column] / of.category[column]
            places = places[~np.isnan(places)]
            if len(places) >= scheme.min_group_size:
                about = Finding("average_deviation", average_deviation(places), n=float(len(places)))
                found.append(
                    about.having(
                        municipality=of.municipality, wave=of.wave, setting=of.setting, level="item", id=item,
                        perspective=ALL,
                    )
                )  # fmt: skip
    return found


def print_bounds(bounds: Iterable[Bound], told: str) -> None:
    """Of small perspectives: how many there are, and how much room the attack leaves them."""
    for level in ("item", "dimension"):
        small = [b for b in bounds if b.level == level and "+" not in b.group and "," not in b.group]
        room = [bound.high - bound.low for bound in small]
        print(
            f"{told}, {level}: {len(small)} small perspectives; less than a category "
            f"{sum(bound.recovered for bound in small)}, exactly {sum(r < 0.01 for r in room)}, "
            f"less than half the scale {sum(r < 50 - 1e-6 for r in room)}"
        )


def main() -> None:
    """Count, and print."""
    study = load_study(sys.argv[1] if len(sys.argv) > 1 else None)
    scheme = load_scheme(None, study)
    cleaned = clean_responses(study)
    responses = cleaned.responses
    merging = merging_of(study, cleaned.records).as_self_check(study.report)
    waves = list(scored_waves(study, responses, scheme, merging))
    people = persons_of(waves, scheme)
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
            counts = [n for _, sizes in entries for name, n in sizes.items() if name in PERSPECTIVES]
            small = sum(0 < n < scheme.min_group_size for n in counts)
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
    known = known_of(people, {wave: scales_of([instrument]) for wave, instrument, _ in waves})
    before = [Said(finding) for finding in by_size_alone(people, waves, scheme)]
    print_bounds(attack(known, before), "by size alone")
    for audience in ("internal", "public"):
        said = [
            Said(finding)
            for analysis in (gaps, agreements, changes)
            for finding in analysis(study, responses, scheme, merging, audience)
        ]
        print_bounds(attack(known, said), audience)


if __name__ == "__main__":
    main()
