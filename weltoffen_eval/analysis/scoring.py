"""Scores: from response codes to points between 0 and 100."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from weltoffen_eval.analysis.aggregation import (
    Node,
    Reading,
    combine_criteria,
    combine_dimension,
    combine_overall,
    empty_node,
    rules_of,
)
from weltoffen_eval.analysis.answers import SHEET, Answers, ScoringError, SpreadResponses
from weltoffen_eval.analysis.groups import Groups, Totals
from weltoffen_eval.analysis.merged_sheets import Respondents
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scheme_ids import check_ids
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.merging import Merging, merging_of
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.responses.table import WaveOfSheets

SCORE_COLUMNS = (
    "municipality", "wave", "setting", "perspective", "unit", "respondent", "level", "id",
    "score", "low", "high", "n", "n_items", "n_answered", "coverage", "withheld",
)  # fmt: skip
#: Why a score is withheld, in the order in which the reasons are tried.
WITHHELD = ("not_chosen", "not_asked", "not_applicable", "group_size", "coverage")

_WHY = {name: number for number, name in enumerate(("", *WITHHELD))}

#: So many sheets are scored at once, so that memory grows with the groups only.
SHEETS_AT_ONCE = 20_000


def score_study(
    study: Study,
    responses: pd.DataFrame,
    scheme: ScoringScheme,
    by: str = "municipality",
    merging: Merging | None = None,
) -> pd.DataFrame:
    """Scores of all waves of a study, each with the questionnaire of its wave.

    Columns, order and meaning as :func:`score_responses`; ``merging``: as the sheets in ``responses`` are
    called, which is as the files of the study say where it is left out.

    Raises
    ------
    CallError
        If the scheme weighs, or gives points to, what no questionnaire of the study has.
    """
    _check_by(by)
    check_ids(scheme, study.instruments.values())
    merging = merging_of(study) if merging is None else merging
    return _stack(
        score_responses(responses[responses["wave"] == wave], instrument, scheme, by, merging)
        for wave, instrument in study.instruments.items()
    )


def score_waves(
    study: Study,
    waves: Sequence[WaveOfSheets],
    scheme: ScoringScheme,
    by: str = "municipality",
    records: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """As :func:`score_study`, from the matrices of a study, so that no table of responses is needed.

    Parameters
    ----------
    waves, records : as :class:`CleanedStudy` has them
    """
    return score_laid_out(lay_out_waves(study, waves, records), scheme, by)


def lay_out_waves(
    study: Study, waves: Sequence[WaveOfSheets], records: pd.DataFrame | None = None
) -> list[tuple[Respondents, Instrument]]:
    """Of each wave its respondents and its questionnaire, for several scorings of the same answers."""
    merging = merging_of(study, records)
    return [
        (Respondents(sheets, merging), study.instruments[str(sheets.who["wave"].iloc[0])])
        for sheets in waves
        if len(sheets)
    ]


def score_laid_out(
    laid_out: Sequence[tuple[Respondents, Instrument]], scheme: ScoringScheme, by: str = "municipality"
) -> pd.DataFrame:
    """As :func:`score_waves`, of what :func:`lay_out_waves` made."""
    _check_by(by)
    return _stack(_score_sheets(respondents, instrument, scheme, by) for respondents, instrument in laid_out)


def _check_by(by: str) -> None:
    if by not in ("municipality", "respondent"):
        raise ScoringError(f"Scores are by municipality or by respondent, not by {by!r}.")


def _stack(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    there = [part for part in parts if len(part)] or [_no_scores()]
    scores = pd.concat(there, ignore_index=True)
    for name in SHEET:
        columns = [part[name] for part in there]
        if all(isinstance(column.dtype, pd.CategoricalDtype) for column in columns):
            # waves have names of their own, for which a concatenation would give up the categories
            scores[name] = pd.Series(pd.api.types.union_categoricals(columns, sort_categories=True))
    return _sorted(scores)


def score_responses(
    responses: pd.DataFrame,
    instrument: Instrument,
    scheme: ScoringScheme,
    by: str = "municipality",
    merging: Merging | None = None,
) -> pd.DataFrame:
    """Scores of items, criteria, dimensions and, if the scheme asks for it, overall.

    A respondent's score of a level is the weighted mean of the points of its answered items (or of
    its criteria, if the scheme says so); weights are rescaled to what is there. A group's score is
    the mean of its respondents' scores. Items of weight 0 have scores but are no part of the levels
    above.

    Parameters
    ----------
    responses : DataFrame, one row per respondent × item, all of one instrument
    scheme : ScoringScheme
        ``min_coverage`` (share) and ``min_group_size`` (persons) below which a score is withheld.
    by : "municipality" or "respondent"
    merging : which sheets are parts of one questionnaire; without it none are

    Returns
    -------
    DataFrame, one row per municipality × wave × setting × perspective × level × id
        ``score``, ``low``, ``high`` in points (0–100): low and high with every unanswered applicable
        item at its worst and at its best option, over the same respondents and parts as the score; never
        widened to hold it: where options do not reach 0 and 100, a score can lie outside. ``n``
        respondents with a score, ``n_items`` applicable and ``n_answered`` answered items (means over the
        group's respondents), ``coverage`` their ratio, ``withheld`` the reason of a missing score. The
        order of rows in ``responses`` does not matter.

    Raises
    ------
    ScoringError
        If an item is not part of the instrument, or a respondent answers one twice.

    References
    ----------
    .. [1] OECD/JRC (2008), Handbook on Constructing Composite Indicators: weighted arithmetic and
       geometric aggregation.
    .. [2] Cohen, Cohen, Aiken & West (1999), The problem of units and the circumstance for POMP.
    .. [3] Manski (2003), Partial Identification of Probability Distributions: worst-case bounds.
    """
    _check_by(by)
    respondents = Respondents(SpreadResponses(responses, instrument), merging)
    return _sorted(_score_sheets(respondents, instrument, scheme, by))


def _score_sheets(
    respondents: Respondents, instrument: Instrument, scheme: ScoringScheme, by: str
) -> pd.DataFrame:
    who, group_columns = respondents.who, list(SHEET)
    if by == "municipality":
        group_columns = group_columns[:-1]
        who = who.drop(columns="respondent").assign(respondent="")
    groups = Groups.of(who, group_columns)
    totals = None
    for place, rows in groups.in_parts(SHEETS_AT_ONCE):
        answers = respondents.answers(rows, instrument, scheme)
        nodes = _score_nodes(answers, instrument, scheme)
        totals = totals or Totals.of(groups, nodes)
        totals.add(place, nodes, answers)
    assert totals is not None
    return _frame(groups, totals, scheme, by)


def _frame(groups: Groups, totals: Totals, scheme: ScoringScheme, by: str) -> pd.DataFrame:
    """One row per group × node."""
    who = groups.who
    persons = (who["unit"] == "persons").to_numpy()[:, None] & (by == "municipality")
    n, n_items, n_answered = (totals.counts[name] for name in ("n", "n_items", "n_answered"))
    sizes = groups.sizes[:, None]
    # the place in WITHHELD, from 1 on; 0: the score is shown
    reason = np.zeros(n.shape, dtype=np.int8)
    reason[n == 0] = _WHY["coverage"]
    reason[persons & (n < scheme.min_group_size)] = _WHY["group_size"]
    none_left = n_items == 0
    reason[none_left] = _WHY["not_applicable"]
    with_items = np.array([len(node.items) > 0 for node in totals.nodes], dtype=bool)
    reason[none_left & (totals.counts["not_asked"] == sizes) & with_items] = _WHY["not_asked"]
    reason[none_left & (totals.counts["not_chosen"] > 0)] = _WHY["not_chosen"]
    shown = reason == 0
    with np.errstate(invalid="ignore", divide="ignore"):
        coverage = n_answered / n_items
    columns: dict[str, NDArray[Any]] = {
        **{name: np.where(shown, totals.mean(name), np.nan) for name in ("score", "low", "high")},
        "n": n.astype(np.int64),
        "n_items": n_items / sizes,
        "n_answered": n_answered / sizes,
        "coverage": coverage,
    }
    count = len(totals.nodes)
    frame: dict[str, Any] = {
        name: who[name].astype("category").repeat(count).reset_index(drop=True) for name in SHEET
    }
    for name in ("level", "id"):
        labels = pd.Categorical([getattr(node, name) for node in totals.nodes])
        codes = np.tile(labels.codes, len(who))
        frame[name] = pd.Series(pd.Categorical.from_codes(codes, dtype=labels.dtype))
    for name, values in columns.items():
        frame[name] = pd.Series(values.ravel())
    frame["withheld"] = pd.Series(_named(reason.ravel()))
    return pd.DataFrame(frame)[list(SCORE_COLUMNS)]


def _named(reason: NDArray[np.int8]) -> pd.Categorical:
    """Reasons by their names, of which there are as many categories as there are reasons among them."""
    there = np.flatnonzero(np.bincount(reason, minlength=len(_WHY)))
    names = np.array(list(_WHY))[there]
    order = np.argsort(names)
    codes = np.zeros(len(_WHY), dtype=np.int8)
    codes[there[order]] = np.arange(len(there))
    return pd.Categorical.from_codes(codes[reason], categories=pd.Categorical(names[order]).categories)


def _no_scores() -> pd.DataFrame:
    """The scores of a study in which nothing was answered."""
    texts = (*SHEET, "level", "id", "withheld")
    kinds = {**dict.fromkeys(SCORE_COLUMNS, "float64"), **dict.fromkeys(texts, "str"), "n": "int64"}
    return pd.DataFrame({name: pd.Series(dtype=kinds[name]) for name in SCORE_COLUMNS})


def _sorted(scores: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of their keys; their number runs from 0."""
    codes = []
    for key in (*SHEET, "level", "id"):
        names = scores[key].astype("category").cat
        rank = np.argsort(np.argsort(names.categories.to_numpy(dtype=str)))
        codes.append(rank[names.codes])
    return scores.iloc[np.lexsort(codes[::-1])].reset_index(drop=True)


# --- every level for every respondent ---------------------------------------------------------------


def _score_nodes(answers: Answers, instrument: Instrument, scheme: ScoringScheme) -> list[Node]:
    rules = rules_of(instrument, scheme)
    items = {item.id: _item_node(answers, column, item.id) for column, item in enumerate(instrument.items)}
    found = combine_criteria(items, instrument.items, rules)
    # a criterion without items is a fault of the instrument, which others tell; here it has no score
    criteria = {c.id: found.get(c.id) or empty_node("criterion", c.id) for c in instrument.criteria}
    dimensions = [
        combine_dimension(dimension.id, items, criteria, instrument.items_of(dimension.id), rules)
        for dimension in instrument.dimensions
    ]
    overall = [combine_overall(dimensions, rules)] if scheme.overall else []
    return [*items.values(), *criteria.values(), *dimensions, *overall]


def _item_node(answers: Answers, column: int, item: str) -> Node:
    answered, applicable = answers.answered[:, column], answers.applicable[:, column]
    readings = {
        "score": Reading(answers.points[:, column], answered),
        "low": Reading(answers.worst[:, column], applicable),
        "high": Reading(answers.best[:, column], applicable),
    }
    return Node("item", item, readings, answered, applicable.astype(float), answered.astype(float), (column,))
