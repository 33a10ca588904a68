"""Scheme files: a scoring scheme read from TOML and held against the questionnaires of a study."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.analysis.scheme import DEFAULT_BANDS, LEVELS, MEANS, Band, ScoringScheme
from weltoffen_eval.errors import Fault, RefusedError, did_you_mean
from weltoffen_eval.results.scheme_places import scheme_of_call, scheme_of_study
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.keys import check_key
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.toml_files import Section, read_toml

#: Beyond it, a weight would leave nothing to the others.
MOST_WEIGHT = 1e6
#: As TOML writes the key of an option's code; one spelling for each.
_CODE = re.compile(r"0|-?[1-9][0-9]{0,8}")


def load_scheme(name: str | Path | None = None, study: Study | None = None) -> ScoringScheme:
    """A scheme by shipped id or by path; without a name that of the study.

    A path given here is taken from the working folder, and where there is no such file, from the
    study folder; a path written in study.toml is taken from the study folder.

    Raises
    ------
    RefusedError
        With every fault of the file, and every id in it that the study's questionnaires do not know.
    """
    faults: list[Fault] = []
    scheme = read_scheme(name, study, faults)
    if scheme is None or faults:
        raise RefusedError(faults)
    return scheme


def read_scheme(name: str | Path | None, study: Study | None, faults: list[Fault]) -> ScoringScheme | None:
    """As :func:`load_scheme`, with faults collected."""
    if name is None or name == "":
        found = (
            scheme_of_study(study, faults) if study else (paths.SCHEMES / "standard.toml", "standard.toml")
        )
    else:
        found = scheme_of_call(str(name), study)
    if found is None:
        return None
    path, label = found
    # what study.toml names stays inside the study; what the call names may lie anywhere
    shipped = path.parent == paths.SCHEMES
    inside = study.folder if study and not name and not shipped else None
    section = read_toml(path, label, faults, inside)
    if section is None:
        return None
    before = len(faults)
    scheme = _read(section, hashlib.sha256(path.read_bytes()).hexdigest(), faults)
    if study is not None and len(faults) == before:
        check_fit(scheme, section, study.instruments.values())
    return scheme if len(faults) == before else None


def _read(section: Section, sha256: str, faults: list[Fault]) -> ScoringScheme:
    scheme_id = section.text("id") or ""
    if scheme_id:
        check_key(scheme_id, "a scheme id", Fault(section.file, "", "", column="id"), faults)
    scheme = ScoringScheme(
        scheme_id,
        section.title("title"),
        section.text("note", ""),
        section.choice("levels", ("items", "criteria"), "items"),
        _read_aggregation(section),
        section.number("min_coverage", 0.6, at_least=0, at_most=1),
        section.whole_number("min_group_size", 5, at_least=1),
        section.boolean("overall", False),
        _read_bands(section),
        _read_weights(section.section("weights")),
        _read_points(section.section("points")),
        sha256,
    )
    section.finish()
    return scheme


def _read_aggregation(section: Section) -> dict[str, str]:
    if isinstance(section.values.get("aggregation"), dict):
        table = section.section("aggregation")
        by_level = {level: table.choice(level, MEANS, "arithmetic") for level in LEVELS}
        table.finish()
        return by_level
    return dict.fromkeys(LEVELS, section.choice("aggregation", MEANS, "arithmetic"))


def _read_bands(section: Section) -> tuple[Band, ...]:
    if "bands" not in section.values:
        # what this hands out is nothing; the key is known all the same
        section.sections("bands")
        return DEFAULT_BANDS
    bands = []
    for entry in section.sections("bands"):
        below = entry.number("below", at_least=0)
        bands.append(Band(0.0 if below is None else float(below), entry.title("label")))
        entry.finish()
    limits = [band.below for band in bands]
    if limits != sorted(set(limits)) or 0 in limits:
        section.fault("bands", ", ".join(f"{b:g}" for b in limits), "rising values of below, above 0")
    if bands and limits[-1] <= 100:
        section.fault("bands", f"{limits[-1]:g} in the last band", "more than 100, such as 101")
    return tuple(bands)


def _read_weights(section: Section) -> dict[str, dict[str, float]]:
    weights = {}
    for kind in ("dimension", "criterion", "item"):
        table = section.section(kind)
        given = {key: table.number(key, at_least=0, at_most=MOST_WEIGHT) for key in table.values}
        weights[kind] = {key: float(w) for key, w in given.items() if w is not None}
    section.finish()
    return weights


def _read_points(section: Section) -> dict[str, dict[int, float]]:
    points: dict[str, dict[int, float]] = {}
    for scale in section.values:
        table = section.section(scale)
        points[scale] = {}
        for code in table.values:
            value = table.number(code, at_least=0, at_most=100)
            if not _CODE.fullmatch(code):
                table.fault(code, repr(code), "the code of an option")
            elif value is not None:
                points[scale][int(code)] = float(value)
    return points


def check_fit(scheme: ScoringScheme, section: Section, instruments: Iterable[Instrument]) -> None:
    """A fault for each id that none of the questionnaires knows, and for a dimension without weight."""
    questionnaires = list(instruments)
    if not questionnaires:
        return
    known = {
        "dimension": {d.id for q in questionnaires for d in q.dimensions},
        "criterion": {c.id for q in questionnaires for c in q.criteria},
        "item": {i.id for q in questionnaires for i in q.items},
    }
    for kind, weights in scheme.weights.items():
        for entry_id in weights:
            if entry_id not in known[kind]:
                advice = did_you_mean(entry_id, known[kind]).strip()
                section.fault(f"weights.{kind}", repr(entry_id), f"the id of a {kind}", advice)
    codes = {(s.id, o.code) for q in questionnaires for s in q.scales for o in s.options}
    for scale, points in scheme.points.items():
        for code in points:
            if (scale, code) not in codes:
                section.fault(f"points.{scale}", str(code), "a scale and the code of its option")
    for questionnaire in questionnaires:
        for dimension in questionnaire.dimensions:
            items = questionnaire.items_of(dimension.id)
            if not any(scheme.weight("item", item.id, item.weight) > 0 for item in items):
                section.fault(
                    "weights.item",
                    f"no item of the dimension {dimension.id!r} with a weight above 0",
                    "at least one",
                )
