"""Random small studies, what leaves of them, and what an outsider knows of their persons."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from small import TITLE

from weltoffen_eval.analysis.agreement import average_deviation, van_der_eijk_a
from weltoffen_eval.analysis.attack_counts import Said
from weltoffen_eval.analysis.disclosure import ALL
from weltoffen_eval.analysis.disclosure_attack import Bound, attack
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.gaps import gap_findings
from weltoffen_eval.analysis.known_persons import KnownPersons
from weltoffen_eval.analysis.person_answers import PersonAnswers
from weltoffen_eval.analysis.release import release
from weltoffen_eval.analysis.scheme import ScoringScheme

SCHEME = ScoringScheme("t", TITLE)
PERSPECTIVES = ("politics", "civil_society", "business", "residents")
POINTS = np.array([0.0, 25.0, 50.0, 75.0, 100.0])
CODES = ("1", "2", "3", "4", "5")


def random_study(seed: int) -> list[PersonAnswers]:
    """One municipality in two waves: one to four perspectives of 1 to 12 persons, some items skipped."""
    random = np.random.default_rng(seed)
    items = int(random.integers(1, 5))
    ids = tuple(f"i{n}" for n in range(items))
    waves = ("2021", "2024")
    # in some a question is not comparable
    compared = frozenset(ids[1:] if seed % 7 in (1, 4) else ids)
    return [_wave(random, ids, wave, n, compared) for n, wave in enumerate(waves)]


def _wave(
    random: np.random.Generator, ids: tuple[str, ...], wave: str, number: int, compared: frozenset[str]
) -> PersonAnswers:
    names = random.choice(PERSPECTIVES, int(random.integers(1, 5)), replace=False)
    who = tuple(str(name) for name in sorted(names) for _ in range(int(random.integers(1, 13))))
    # every workshop leans its own way, some to an end of the scale
    lean = random.dirichlet(np.full(5, random.choice([0.3, 1.0, 3.0])), len(ids))
    points = np.column_stack([random.choice(POINTS, len(who), p=chances) for chances in lean])
    points[random.random(points.shape) < random.choice([0.0, 0.1, 0.3])] = np.nan
    own = random.choice(POINTS, len(ids))
    changes = {"changed_from" if number else "changed_to": compared}
    return PersonAnswers(
        municipality="m", wave=wave, setting="workshop", items=ids, dimensions=("d",) * len(ids), points=points,
        own=own, applicable=np.ones(points.shape, dtype=bool), perspectives=who, lowest=np.zeros(len(ids)),
        highest=np.full(len(ids), 100.0), category=np.full(len(ids), 25.0), **changes,
    )  # fmt: skip


def known(of: PersonAnswers) -> KnownPersons:
    """Who answered what, not how."""
    return KnownPersons(
        municipality=of.municipality, wave=of.wave, setting=of.setting, perspectives=of.perspectives,
        items=of.items, dimensions=of.dimensions, answered=~np.isnan(of.points), applicable=of.applicable,
        own=of.own, lowest=of.lowest, highest=of.highest, codes=(CODES,) * len(of.items), changed_from=of.changed_from,
        changed_to=of.changed_to,
    )  # fmt: skip


def wanted(study: Sequence[PersonAnswers]) -> list[Finding]:
    """Everything that could be told: gaps, answers by number, agreement, and the change of all together."""
    found = []
    for of in study:
        found += gap_findings(of, SCHEME)
        for column, item in enumerate(of.items):
            for group, rows in of.groups(SCHEME.min_group_size).items():
                given = of.points[rows, column]
                given = given[~np.isnan(given)]
                if len(given):
                    found += _of_answers(of, item, group, given)
    changes = [_mean_of_all(of, of.changed_from | of.changed_to) for of in study]
    found.append(
        Finding(
            "change", changes[1][0] - changes[0][0], wave="2024", variant="2021", setting="workshop",
            municipality="m", level="dimension", id="d", perspective=ALL, n=float(changes[0][1] + changes[1][1]),
        )
    )  # fmt: skip
    return found


def _of_answers(of: PersonAnswers, item: str, group: str, given: np.ndarray) -> list[Finding]:
    counts = [int((given == point).sum()) for point in POINTS]
    about = {
        "wave": of.wave, "setting": of.setting, "municipality": of.municipality, "level": "item", "id": item,
        "perspective": group, "n": float(len(given)),
    }  # fmt: skip
    numbers = [
        Finding("n", float(count), variant=code, **about)  # type: ignore[arg-type]
        for code, count in zip(CODES, counts, strict=True)
    ]
    return [
        *numbers,
        Finding("average_deviation", average_deviation(given / 25.0), **about),  # type: ignore[arg-type]
        Finding("van_der_eijk_a", van_der_eijk_a(counts), **about),  # type: ignore[arg-type]
    ]


def _mean_of_all(of: PersonAnswers, items: set[str]) -> tuple[float, int]:
    weights = of.changed_weights("d", items)
    values = (weights * np.nan_to_num(of.points)).sum(axis=1)[weights.any(axis=1)]
    return (float(values.mean()) if len(values) else float("nan")), len(values)


def attacked(study: Sequence[PersonAnswers], audience: str) -> list[Bound]:
    """The attack on what leaves for an audience; the audience "" has the door open."""
    findings = wanted(study)
    if audience:
        findings = release(findings, study, scheme=SCHEME, audience=audience).findings
    return attack([known(of) for of in study], [Said(finding, source="twin") for finding in findings])


def truth(study: Sequence[PersonAnswers], bound: Bound) -> float:
    """What the group of a bound said, as the study has it."""
    (of,) = [one for one in study if one.wave == bound.wave]
    rows = [n for n, name in enumerate(of.perspectives) if name in bound.group.split("+")]
    if bound.level == "item":
        given = of.points[rows, of.items.index(bound.id)]
        return float(np.nanmean(given))
    weights = of.compared_weights("d")[rows]
    values = (weights * np.nan_to_num(of.points[rows])).sum(axis=1)[weights.any(axis=1)]
    return float(values.mean())
