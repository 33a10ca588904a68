"""A Landkreis beside its members: those alone that let themselves be seen, each for itself."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest
from places import ROOT
from studies import HOSTILE_TEXTS

from weltoffen_eval import district_report, load_profile
from weltoffen_eval.block_html import bundle_html
from weltoffen_eval.blocks import Figure, Heading
from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.display.shown import Shown, sentences_of
from weltoffen_eval.paths import INSTRUMENTS
from weltoffen_eval.results.members import members_of, put_to
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.study.register import Register

RAW = ROOT / "data" / "raw" / "beispiel"
DISTRICT = "kreis-skizzenstadt"


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def consenting(profile: Profile, answer: str, *keys: str) -> Profile:
    """As if these members had said yes or no, all of them where none is named."""
    everybody = profile.study.register.municipalities
    made = tuple(
        replace(m, consent=answer) if m.parent == DISTRICT and (m.key in keys or not keys) else m
        for m in everybody
    )
    return replace(profile, study=replace(profile.study, register=Register(made)))


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile("beispiel", DISTRICT, "2024")


def parts_of(profile: Profile) -> list[Shown]:
    return [district_report.title(profile), district_report.who(profile), district_report.fields(profile)]


def html_of(profile: Profile) -> str:
    return "\n".join(bundle_html(part.bundle) for part in parts_of(profile))


def test_only_who_consents_is_named_or_read(profile: Profile) -> None:
    register = rows_of(RAW / "municipalities.csv")
    names = {row["name"] for row in register if row["parent"] == DISTRICT}
    assert names == {"Fabelstadt", "Silbenstadt"}
    assert all(name in html_of(profile) for name in names)
    without = consenting(profile, "no", "silbenstadt")
    shown = html_of(without)
    assert "Fabelstadt" in shown and "Silbenstadt" not in shown and "silbenstadt" not in shown
    assert members_of(without).without_consent == 1
    keys = {key for part in parts_of(without) for key in (f.key for f in part.findings)}
    assert keys and not any(key.startswith("silbenstadt/") for key in keys)
    # of those of other Landkreise nothing is told either
    others = {row["name"] for row in register if row["parent"] not in ("", DISTRICT)}
    assert not any(name in html_of(profile) for name in others)


def test_each_stands_for_itself_and_nothing_is_averaged(profile: Profile) -> None:
    figures = [block for block in district_report.fields(profile).bundle.blocks if isinstance(block, Figure)]
    assert len(figures) == len(profile.instrument.dimensions) == 7
    for figure in figures:
        names = [row[0] for row in figure.table.rows]
        assert names == ["Landkreis Skizzenstadt", "Fabelstadt", "Silbenstadt"]
        assert {key.split("/")[0] for key in figure.rests_on} == {DISTRICT, "fabelstadt", "silbenstadt"}


def test_the_points_of_a_member_are_those_of_its_own_report(profile: Profile) -> None:
    found = {beside.municipality.key: beside for beside in members_of(profile).shown}
    for key in (DISTRICT, "fabelstadt", "silbenstadt"):
        own = load_profile("beispiel", key, "2024")
        for dimension in own.instrument.dimensions:
            row = own.score("dimension", dimension.id)
            told = found[key].finding("2024", dimension.id)
            assert str(told.value) == str(float(row["score"])) and told.reason == row["withheld"]


def test_it_says_how_many_questions_are_put_to_one_level_alone(profile: Profile) -> None:
    items = rows_of(INSTRUMENTS / "selbstcheck-2" / "items.csv")
    kinds = [item["applies_to"].split(";") if item["applies_to"] else [] for item in items]
    district = [not kind or "Landkreis" in kind for kind in kinds]
    towns = [not kind or "Stadt" in kind for kind in kinds]
    pairs = list(zip(district, towns, strict=True))
    to = put_to(profile, members_of(profile))
    assert (to.both, to.district, to.members) == (
        pairs.count((True, True)),
        pairs.count((True, False)),
        pairs.count((False, True)),
    )
    assert to.district and to.members


def test_every_sentence_of_the_catalogue_is_printed(profile: Profile) -> None:
    silent = replace(profile, wave=replace(profile.wave, id="2021"))
    long = replace(profile, study=replace(profile.study, register=_with_long_names(profile)))
    shown = [
        part
        for one in (
            profile,
            consenting(profile, "no"),
            consenting(profile, "no", "fabelstadt"),
            consenting(_with_silent_member(profile), "yes"),
            silent,
            long,
        )
        for part in parts_of(one)
    ]
    texts = [sentence.text for part in shown for sentence in sentences_of(part.bundle.blocks)]
    for part in shown:
        for block in part.bundle.blocks:
            match block:
                case Heading():
                    texts.append(block.text)
                case Figure():
                    texts += [block.caption, block.alternative, block.table.caption]
                    texts += [column.title for column in block.table.columns]
    for name, worded in load_catalogue("district", "de").worded.items():
        pattern = "|".join(
            "".join(
                re.escape(text) + ("(?:.+)" if place else "") for text, place, _, _ in Formatter().parse(form)
            )
            for form in worded.texts.values()
        )
        assert any(re.search(pattern, text, re.DOTALL) for text in texts), name


def _with_silent_member(profile: Profile) -> Profile:
    """As if one that never answered were a member too."""
    register = profile.study.register.municipalities
    more = replace(register[0], key="niemand", name="Niemandsdorf", parent=DISTRICT, consent="yes")
    return replace(profile, study=replace(profile.study, register=Register((*register, more))))


def _with_long_names(profile: Profile) -> Register:
    register = profile.study.register.municipalities
    keys = [m.key for m in register if m.kind in ("Stadt", "Gemeinde")][:11]
    return Register(
        tuple(
            replace(m, parent=DISTRICT, consent="yes", name=f"{m.name} {60 * 'x'}") if m.key in keys else m
            for m in register
        )
    )


def test_a_municipality_without_members_has_nobody_beside_it() -> None:
    shown = html_of(load_profile("beispiel", "musterstadt", "2024"))
    assert "liegen Angaben vor" in shown and "<figure" not in shown


def test_what_is_given_stands_as_text(profile: Profile) -> None:
    text = html_of(_called(profile, HOSTILE_TEXTS[0]))
    assert "<script" not in text and "&lt;script&gt;" in text


def _called(profile: Profile, name: str) -> Profile:
    """As if a member had this name."""
    register = profile.study.register.municipalities
    named = tuple(replace(m, name=name) if m.key == "fabelstadt" else m for m in register)
    return replace(profile, study=replace(profile.study, register=Register(named)))
