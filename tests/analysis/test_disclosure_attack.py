"""Planted leaks of every kind that is known; what was withheld is known by hand, for the test wrote it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from weltoffen_eval.analysis.attack_counts import Said
from weltoffen_eval.analysis.disclosure_attack import Bound, attack
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.known_persons import EVERYBODY, KnownPersons

CODES = ("1", "2", "3", "4", "5")
#: Where every planted secret lies: the answers of politics, fewer than five persons.
SECRET = "politics"


def workshop(
    sizes: dict[str, int], *, items: int = 1, municipality: str = "m", wave: str = "w", own: float = 50.0
) -> KnownPersons:
    """Persons who all answered every item of five options; the administration said ``own``."""
    names = tuple(name for name, size in sizes.items() for _ in range(size))
    return KnownPersons(
        municipality=municipality, wave=wave, setting="workshop", perspectives=names,
        items=tuple(f"i{n}" for n in range(items)), dimensions=("d",) * items,
        answered=np.ones((len(names), items), dtype=bool), applicable=np.ones((len(names), items), dtype=bool),
        own=np.full(items, own), lowest=np.zeros(items), highest=np.full(items, 100.0), codes=(CODES,) * items,
    )  # fmt: skip


def said(
    of: KnownPersons, quantity: str, value: float, group: str, entry: str = "i0", **more: object
) -> Said:
    level = "dimension" if entry == "d" else "item"
    half, source = float(more.pop("half", 0.0)), str(more.pop("source", "a.json"))  # type: ignore[arg-type]
    other = "administration" if "gap" in quantity or quantity.startswith("share_") else ""
    n = float(of.rows_of(group).sum())
    where = Finding(
        quantity, value, municipality=of.municipality, wave=of.wave, setting=of.setting, level=level, id=entry,
        perspective=group, other=other, n=n,
    )  # fmt: skip
    return Said(replace(where, **more), half, source)  # type: ignore[arg-type]


def mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def told(bounds: list[Bound], group: str = SECRET, entry: str = "i0", municipality: str = "m") -> Bound:
    (found,) = [
        b for b in bounds if (b.group, b.id, b.municipality, b.wave) == (group, entry, municipality, "w")
    ]
    return found


class Answers:
    """Random answers of a small group and of a larger one, none at an end of the scale unless it is meant."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.few = int(self.random.integers(1, 5))
        self.many = int(self.random.integers(5, 8))
        self.secret = self.points(self.few)
        self.others = self.points(self.many)
        self.all = [*self.secret, *self.others]
        self.of = workshop({SECRET: self.few, "residents": self.many})

    def points(self, n: int) -> list[float]:
        return [float(p) for p in self.random.choice([0.0, 25.0, 50.0, 75.0, 100.0], n)]


def difference_of_groups(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    return [a.of], [
        said(a.of, "score", mean(a.all), EVERYBODY),
        said(a.of, "score", mean(a.others), "residents"),
    ]


def difference_of_formats(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """Whole points in the table, the cell as gap in the twin."""
    return [a.of], [
        said(a.of, "score", round(mean(a.all), 2), EVERYBODY, half=0.005, source="tables/t.csv"),
        said(a.of, "gap", mean(a.others) - 50, "residents"),
    ]


def difference_of_releases(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    return [a.of], [
        said(a.of, "gap", mean(a.others) - 50, "residents", source="earlier/a.json"),
        said(a.of, "gap", math.nan, "residents", reason="disclosure"),
        said(a.of, "gap", mean(a.all) - 50, EVERYBODY),
    ]


def difference_of_waves(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """The wave before is told, and the change; of the wave itself nothing but the large cell."""
    before = workshop({"residents": 6}, wave="v")
    earlier = mean(a.points(6))
    return [a.of, before], [
        said(before, "score", earlier, EVERYBODY),
        said(a.of, "change", mean(a.all) - earlier, EVERYBODY, variant="v", n=float(len(a.all) + 6)),
        said(a.of, "score", mean(a.others), "residents"),
    ]


def end_of_scale(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    a.secret, a.others = [100.0] * a.few, [100.0] * a.many
    return [a.of], [said(a.of, "score", 100.0, EVERYBODY)]


def whole_number_mean(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """Means in whole points: only one mean of a few whole answers rounds to each."""
    return [a.of], [said(a.of, "score", float(np.floor(mean(a.secret) + 0.5)), SECRET, half=0.5)]


def counts_beside_means(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """How many chose each answer, of all and of the others."""
    found = []
    for group, values in ((EVERYBODY, a.all), ("residents", a.others)):
        found += [
            said(a.of, "n", float(values.count(25.0 * k)), group, variant=code)
            for k, code in enumerate(CODES)
        ]
    return [a.of], found


def shares_beside_means(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """Below, equal and above what the administration says; all lie above, and their mean at the first answer above."""
    a.secret = [75.0] * a.few
    return [a.of], [
        said(a.of, "gap", 25.0, EVERYBODY),
        said(a.of, "share_above", 1.0, EVERYBODY),
    ]


def agreement_beside_means(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """No deviation at all: everybody said the mean."""
    a.secret, a.others = [25.0] * a.few, [25.0] * a.many
    return [a.of], [said(a.of, "score", 25.0, EVERYBODY), said(a.of, "average_deviation", 0.0, EVERYBODY)]


def three_singletons(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """Three perspectives of one person each, told together."""
    of = workshop({SECRET: 1, "business": 1, "civil_society": 1})
    a.secret = [0.0]
    return [of], [said(of, "score", 0.0, f"{SECRET}+business+civil_society")]


def linked_tables(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """The dimension and all of its items but one."""
    of = workshop({SECRET: a.few}, items=3)
    others = [a.points(a.few) for _ in range(2)]
    whole = mean([mean(a.secret), *map(mean, others)])
    return [of], [
        said(of, "gap", whole - 50, SECRET, "d"),
        said(of, "gap", mean(others[0]) - 50, SECRET, "i1"),
        said(of, "gap", mean(others[1]) - 50, SECRET, "i2"),
    ]


def dominant_value(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """A number of which one part makes up all but a little: the others together have little room."""
    of = replace(workshop({SECRET: 1, "residents": 5}), codes=((),))
    a.secret = [0.05]
    return [of], [said(of, "score", 0.1, EVERYBODY)]


def study_wide_mean(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """The mean over municipalities, and every one but that of the few."""
    of = workshop({SECRET: a.few})
    others = [workshop({"residents": 6}, municipality=f"o{n}") for n in range(8)]
    values = [mean(a.points(6)) - 50 for _ in others]
    gap = mean([*values, mean(a.secret) - 50])
    whole = Finding(
        "mean_gap", gap, wave="w", setting="workshop", level="item", id="i0", perspective=EVERYBODY, n=9
    )
    return [of, *others], [
        Said(whole, 0.0, "all_municipalities.json"),
        *(said(o, "gap", v, EVERYBODY) for o, v in zip(others, values, strict=True)),
    ]


def missing_interval(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """The mean of all, without an interval because nobody is off it; more persons than are counted through."""
    of = workshop({SECRET: a.few, "residents": 14})
    a.secret = [75.0] * a.few
    return [of], [said(of, "gap", 25.0, EVERYBODY, reason="no_variance")]


def perfect_agreement(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """Krippendorff's alpha of 1 over two items, each with its mean: within each all are alike."""
    of = workshop({SECRET: a.few, "residents": 14}, items=2)
    a.secret = [25.0] * a.few
    found = [said(of, "score", value, EVERYBODY, item) for item, value in (("i0", 25.0), ("i1", 100.0))]
    found += [said(of, "average_deviation", 0.0, EVERYBODY, item) for item in of.items]
    alpha = replace(found[0].finding, quantity="krippendorff_alpha", value=1.0, level="overall", id="overall")
    return [of], [*found[:2], *(replace_value(one) for one in found[2:]), Said(alpha, 0.0, "a.json")]


def replace_value(one: Said) -> Said:
    """Only that the item is out, with a deviation that says nothing by itself here."""
    return one._replace(finding=replace(one.finding, value=0.3))


def no_spread_in_any_municipality(a: Answers) -> tuple[list[KnownPersons], list[Said]]:
    """ICC(1,1) of 1: persons of a municipality do not differ."""
    of = workshop({SECRET: a.few, "residents": 14})
    others = [workshop({"residents": 14}, municipality=f"o{n}") for n in range(8)]
    a.secret = [75.0] * a.few
    icc = Finding(
        "icc_1_1", 1.0, wave="w", setting="workshop", level="dimension", id="d", perspective=EVERYBODY, n=9
    )
    return [of, *others], [Said(icc, 0.0, "q.json"), said(of, "gap", 25.0, EVERYBODY, "d")]


KINDS = (
    difference_of_groups, difference_of_formats, difference_of_releases, difference_of_waves, end_of_scale,
    whole_number_mean, counts_beside_means, shares_beside_means, agreement_beside_means, three_singletons,
    linked_tables, dominant_value, study_wide_mean, missing_interval, perfect_agreement,
    no_spread_in_any_municipality,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_planted_leak_is_found_with_what_was_said(kind: object, seed: int) -> None:
    answers = Answers(seed)
    persons, published = kind(answers)  # type: ignore[operator]
    found = told(attack(persons, published))
    assert found.recovered, found
    assert found.low - 1e-4 <= mean(answers.secret) <= found.high + 1e-4
    assert found.sources


@pytest.mark.parametrize("seed", range(8))
def test_the_truth_is_never_outside_and_one_mean_alone_tells_nothing(seed: int) -> None:
    a = Answers(seed)
    of = workshop({SECRET: 2, "residents": 6})
    values = [25.0, 75.0, *a.points(6)]
    found = told(attack([of], [said(of, "score", mean(values), EVERYBODY)]))
    assert found.low <= 50 <= found.high
    if 30 <= mean(values) <= 70:
        assert not found.recovered


def test_nothing_published_bounds_nothing() -> None:
    found = told(attack([workshop({SECRET: 2, "residents": 6})], []))
    assert (found.low, found.high, found.sources) == (0.0, 100.0, ())


def test_where_it_follows_from_is_named() -> None:
    a = Answers(1)
    found = told(attack(*difference_of_releases(a)))
    assert found.sources == ("a.json", "earlier/a.json")
