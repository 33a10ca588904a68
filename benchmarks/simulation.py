"""How often the tests across municipalities find what is not there, and how often intervals hold the truth.

Simulated gaps of 36 municipalities without any true gap, of several kinds; the tests that notebook 06 uses,
alone and as a family of seven. Then the coverage of the t-interval of persons' answers on a scale of five
options, of Wilson's interval, and of Feldt's and Bonett's. All of it is seeded.

Usage: simulation.py [rounds]
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable

import numpy as np

from weltoffen_eval.analysis.across import holm, wilcoxon_p
from weltoffen_eval.analysis.intervals import mean_interval, wilson_interval
from weltoffen_eval.analysis.reliability import cronbach_alpha

N, FIELDS = 36, 7
Random = np.random.Generator


def of_workshops(random: Random) -> np.ndarray:
    """Gaps as in a study: 6 to 25 persons on five options, an administration with an opinion of its own."""
    gaps = np.zeros((N, FIELDS))
    for municipality in range(N):
        persons = random.integers(6, 26)
        standing = random.normal(2, 0.6, FIELDS)
        items = np.clip(np.round(standing + random.normal(0, 1, (persons, 13, FIELDS))), 0, 4)
        own = np.clip(np.round(standing + random.normal(0, 1, (13, FIELDS))), 0, 4)
        gaps[municipality] = 25 * (items - own).mean(axis=(0, 1))
    return gaps


KINDS: dict[str, Callable[[Random], np.ndarray]] = {
    "normal": lambda random: random.normal(0, 10, (N, FIELDS)),
    "related fields (r = 0.5)": lambda random: random.normal(0, 7, (N, 1)) + random.normal(0, 7, (N, FIELDS)),
    "heavy tails (t, 3 df)": lambda random: random.standard_t(3, (N, FIELDS)),
    "in steps with ties": lambda random: np.round(random.normal(0, 1.5, (N, FIELDS))),
    "unequal spread": lambda random: random.normal(0, 1, (N, FIELDS)) * random.uniform(1, 20, (N, 1)),
    "workshops, five options": of_workshops,
}

ANSWERS = {
    "even": [0.2, 0.2, 0.2, 0.2, 0.2],
    "middle": [0.05, 0.25, 0.4, 0.25, 0.05],
    "skewed": [0.5, 0.25, 0.15, 0.07, 0.03],
    "divided": [0.4, 0.08, 0.04, 0.08, 0.4],
    "near consensus": [0.02, 0.03, 0.05, 0.1, 0.8],
}


def false_alarms(rounds: int) -> None:
    print(f"False alarms at 0.05, n = {N} municipalities, {rounds} rounds")
    print("| gaps | Wilcoxon, one field | Holm, any of seven fields |")
    print("|---|---|---|")
    for name, draw in KINDS.items():
        random = np.random.default_rng(1)
        single = family = 0
        for _ in range(rounds):
            gaps = draw(random)
            tested = {str(field): wilcoxon_p(gaps[:, field].tolist()) for field in range(FIELDS)}
            single += tested["0"] <= 0.05
            family += min(holm(tested).values()) <= 0.05
        print(f"| {name} | {single / rounds:.3f} | {family / rounds:.3f} |", flush=True)


def coverage(rounds: int) -> None:
    print(f"\nCoverage of the 95 % t-interval of a mean, {rounds} rounds (of those that have an interval)")
    sizes = (10, 15, 20, 40)
    print("| answers | " + " | ".join(f"n = {n}" for n in sizes) + " |")
    print("|---" * (len(sizes) + 1) + "|")
    points = np.arange(5) * 25.0
    for name, shares in ANSWERS.items():
        random, found = np.random.default_rng(2), []
        truth = float(points @ np.array(shares))
        for n in sizes:
            inside = given = 0
            for _ in range(rounds):
                interval = mean_interval(random.choice(points, n, p=shares).tolist(), 0, 100)
                if not interval.reason:
                    given += 1
                    inside += interval.low <= truth <= interval.high
            found.append(f"{inside / given:.3f}")
        print(f"| {name} | " + " | ".join(found) + " |", flush=True)

    print(f"\nCoverage of Wilson's 95 % interval of a share, {rounds} rounds")
    print("| share | " + " | ".join(f"n = {n}" for n in (5, *sizes)) + " |")
    print("|---" * (len(sizes) + 2) + "|")
    for share in (0.05, 0.2, 0.5, 0.9):
        random, found = np.random.default_rng(3), []
        for n in (5, *sizes):
            times = random.binomial(n, share, rounds)
            held = [wilson_interval(int(k), n) for k in times]
            found.append(f"{np.mean([i.low <= share <= i.high for i in held]):.3f}")
        print(f"| {share} | " + " | ".join(found) + " |", flush=True)

    print(f"\nCoverage of the 95 % intervals of alpha, 13 items, n = {N}, {rounds} rounds")
    print("| answers | Feldt | Bonett |")
    print("|---|---|---|")
    for name, cut in (("normal", False), ("five options", True)):
        truth = _alpha(np.random.default_rng(4), 200_000, cut)
        random = np.random.default_rng(5)
        held = np.zeros(2)
        for _ in range(rounds):
            alpha = cronbach_alpha(_items(random, N, cut))
            held += [i.low <= truth <= i.high for i in (alpha.feldt, alpha.bonett)]
        print(f"| {name} | {held[0] / rounds:.3f} | {held[1] / rounds:.3f} |", flush=True)


def _items(random: Random, n: int, cut: bool) -> np.ndarray:
    points = random.normal(0, 0.7, (n, 1)) + random.normal(0, 1, (n, 13))
    return np.clip(np.round(2 + points), 0, 4) * 25 if cut else points


def _alpha(random: Random, n: int, cut: bool) -> float:
    raw = cronbach_alpha(_items(random, n, cut)).raw
    assert not math.isnan(raw)
    return raw


def main(rounds: str = "1000") -> None:
    false_alarms(int(rounds))
    coverage(4 * int(rounds))


if __name__ == "__main__":
    main(*sys.argv[1:])
