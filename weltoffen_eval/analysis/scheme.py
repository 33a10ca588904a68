"""The scoring scheme: how answers become scores. Data, not code; ``results.scheme_files`` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from weltoffen_eval.errors import CallError

LEVELS = ("criterion", "dimension", "overall")
MEANS = ("arithmetic", "geometric")


@dataclass(frozen=True)
class Band:
    """Words for a state: scores below ``below`` points (and not below the band before)."""

    below: float
    label: Mapping[str, str]


#: The bands of a scheme that names none.
DEFAULT_BANDS = (
    Band(25, {"de": "kaum vorhanden"}),
    Band(50, {"de": "in Ansätzen vorhanden"}),
    Band(75, {"de": "teilweise vorhanden"}),
    Band(101, {"de": "weitgehend vorhanden"}),
)


def are_usual(bands: tuple[Band, ...]) -> bool:
    """Whether the words of bands are the usual ones, wherever their limits are: all say what is in place."""
    usual = {band.label["de"] for band in DEFAULT_BANDS}
    return bool(bands) and all(band.label.get("de") in usual for band in bands)


@dataclass(frozen=True)
class ScoringScheme:
    """How answers become scores.

    ``levels``: "items" (a dimension is the weighted mean of its items) or "criteria" (of its
    criteria). ``aggregation``: the mean used for each of LEVELS. ``min_coverage``: share (0–1) below
    which a score is withheld. ``min_group_size``: persons; below it a group's score is withheld.
    ``weights``: by kind (dimension, criterion, item) and id, in place of the instrument's.
    ``points``: by scale and code, in place of the options' points. ``reference_families``: kinds of
    municipality that are compared with each other; without any, all are.
    """

    id: str
    title: Mapping[str, str]
    note: str = ""
    levels: str = "items"
    aggregation: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(LEVELS, "arithmetic"))
    min_coverage: float = 0.6
    min_group_size: int = 5
    overall: bool = False
    bands: tuple[Band, ...] = DEFAULT_BANDS
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    points: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    sha256: str = field(default="", compare=False)
    reference_families: tuple[tuple[str, ...], ...] = ()

    def weight(self, kind: str, entry_id: str, default: float) -> float:
        """The weight of a dimension, criterion or item: the scheme's own, else the instrument's."""
        return self.weights.get(kind, {}).get(entry_id, default)

    def band(self, score: float) -> Band | None:
        """The band in which a score lies; None where the scheme has no bands."""
        return next((band for band in self.bands if score < band.below), None)


def change_scheme(
    scheme: ScoringScheme,
    *,
    levels: str | None = None,
    aggregation: str | None = None,
    min_coverage: float | None = None,
    weights: Mapping[str, Mapping[str, float]] | None = None,
) -> ScoringScheme:
    """A scheme that differs from another in what is named here, to try something out.

    ``weights`` by kind and id, such as ``{"dimension": {"access": 2.0}}``, are put on top of the
    scheme's own. The new scheme has the id of the old one with ``-changed`` and no hash: it lies in no
    file.

    Raises
    ------
    CallError
        If a value is none that a scheme can have.
    """
    if levels not in (None, "items", "criteria"):
        raise CallError(f"levels is {levels!r}; it is 'items' or 'criteria'.")
    if aggregation not in (None, *MEANS):
        raise CallError(f"aggregation is {aggregation!r}; it is one of {', '.join(MEANS)}.")
    if min_coverage is not None and not 0 <= min_coverage <= 1:
        raise CallError(f"min_coverage is {min_coverage}; it is a share from 0 to 1.")
    merged = {kind: dict(given) for kind, given in scheme.weights.items()}
    for kind, given in (weights or {}).items():
        if kind not in ("dimension", "criterion", "item") or any(w < 0 for w in given.values()):
            raise CallError(f"weights of {kind!r}: kinds are dimension, criterion, item; none below 0.")
        merged[kind] = {**merged.get(kind, {}), **given}
    return replace(
        scheme,
        id=f"{scheme.id}-changed",
        levels=levels or scheme.levels,
        aggregation=dict.fromkeys(LEVELS, aggregation) if aggregation else scheme.aggregation,
        min_coverage=scheme.min_coverage if min_coverage is None else min_coverage,
        weights=merged,
        sha256="",
    )
