"""The catalogues of the workshop report and its kit: all that is printed is in them, all in them is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest
from foreign import write_csv
from profiles import profile_of
from workshops import ALL_PARTS, write_study

from weltoffen_eval import workshop_kit, workshop_report
from weltoffen_eval.blocks import Block, Facts, Figure, Heading, Listing, Note, Paragraph, Table
from weltoffen_eval.display.sentences import Catalogue, load_catalogue
from weltoffen_eval.display.shown import Shown, paragraph, sentences_of
from weltoffen_eval.display.workshop.essentials import apart
from weltoffen_eval.display.workshop.telling import telling_of
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.workshop import WorkshopProfile, load_workshop

CATALOGUES = ("workshop", "workshop_kit")


def report_of(workshop: WorkshopProfile) -> list[Shown]:
    return [
        workshop_report.title(workshop), workshop_report.summary(workshop), workshop_report.taking_part(workshop),
        workshop_report.fields(workshop), workshop_report.questions(workshop), workshop_report.notes(workshop),
        workshop_report.agreed(workshop), workshop_report.certainty_of(workshop),
        workshop_report.agreement(workshop), workshop_report.provenance(workshop),
    ]  # fmt: skip


def kit_of(profile: Profile) -> list[Shown]:
    return [
        workshop_kit.title(profile), workshop_kit.agenda(profile), workshop_kit.wall(profile), workshop_kit.cards(profile),
    ]  # fmt: skip


def changed(folder: Path, name: str, find: str, new: str, count: int = -1) -> Path:
    """The study with other text in one of its files."""
    text = (folder / name).read_text(encoding="utf-8")
    assert find in text
    (folder / name).write_text(text.replace(find, new, count), encoding="utf-8")
    return folder


def many(folder: Path) -> Path:
    """The study with every sheet of the workshop five times."""
    head, *sheets = (folder / "workshop.csv").read_text(encoding="utf-8").splitlines()
    rows = [
        ",".join([place, f"{who}x{n}", *said])
        for n in range(5)
        for place, who, *said in (line.split(",") for line in sheets)
    ]
    (folder / "workshop.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return folder


def highest(folder: Path) -> Path:
    """The study with one of the two highest answers to all questions on every sheet of the workshop."""
    head, *sheets = (folder / "workshop.csv").read_text(encoding="utf-8").splitlines()
    rows = [",".join([*line.split(",")[:-6], *["34"[n % 2]] * 6]) for n, line in enumerate(sheets)]
    (folder / "workshop.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return folder


def studies(folder: Path) -> Iterator[Path]:
    """The small study with more, less and other than it has."""
    yield write_study(folder / "all")
    yield write_study(folder / "groups", small=False)
    yield write_study(folder / "mixed", (*ALL_PARTS, "ratings"))
    yield write_study(folder / "ratings", ("ratings", "events"))
    yield write_study(folder / "notes", ("notes", "events"))
    events = "municipality,setting,date,participants,not_reached\nort,workshop,"
    for name, row in (("of", "2024-09-16,14,Auszubildende"), ("on", "2024-09-16,,")):
        study = write_study(folder / name, ("notes", "events"))
        (study / "events.csv").write_text(events + row + "\n", encoding="utf-8")
        yield study
    # nothing but one general note
    study = write_study(folder / "general", ("notes",))
    write_csv(study / "notes.csv", [["municipality", "text"], ["ort", "Alle waren pünktlich."]])
    yield study
    # a date that is not known; six things agreed; one of them with who and until when
    study = write_study(folder / "undated", ("sheets", "measures"))
    rows = [["ort", f"Punkt {n}", "", ""] for n in range(5)]
    write_csv(
        study / "measures.csv",
        [["municipality", "what", "who", "until"], ["ort", "Beirat", "Amt", "Mai"], *rows],
    )
    yield study
    study = write_study(folder / "one", ("measures",))
    write_csv(study / "measures.csv", [["municipality", "what"], ["ort", "Beirat"]])
    yield study
    # four persons, who are too few; four who rated fields
    study = write_study(folder / "few", ("sheets", "ratings"))
    for name in ("workshop.csv", "ratings.csv"):
        lines = (study / name).read_text(encoding="utf-8").splitlines()
        (study / name).write_text("\n".join(lines[:5]) + "\n", encoding="utf-8")
    yield study
    # the administration answered nothing, or nothing about talk
    yield changed(write_study(folder / "silent"), "verwaltung.csv", "ort,2,0,4,98,4,2\n", "")
    yield changed(
        write_study(folder / "half", small=False), "verwaltung.csv", "ort,2,0,4,98,4,2", "ort,98,98,98,2,4,2"
    )
    # everybody agrees with the administration; and sees more than it does
    yield changed(
        write_study(folder / "alike", small=False), "verwaltung.csv", "ort,2,0,4,98,4,2", "ort,1,0,4,2,4,2"
    )
    yield changed(
        write_study(folder / "more", small=False), "verwaltung.csv", "ort,2,0,4,98,4,2", "ort,0,0,0,0,0,0"
    )
    yield changed(
        highest(write_study(folder / "highest")), "verwaltung.csv", "ort,2,0,4,98,4,2", "ort,0,0,0,0,0,0"
    )
    # two groups that are too small to be told apart
    study = write_study(folder / "together", ("sheets", "ratings"))
    for name in ("workshop.csv", "ratings.csv"):
        lines = (study / name).read_text(encoding="utf-8").splitlines()
        (study / name).write_text("\n".join([*lines[:4], *lines[-3:]]) + "\n", encoding="utf-8")
    yield study
    # one group alone; a group of the study's own
    study = write_study(folder / "alone", ("sheets",))
    lines = (study / "workshop.csv").read_text(encoding="utf-8").splitlines()
    (study / "workshop.csv").write_text("\n".join(lines[:7]) + "\n", encoding="utf-8")
    yield study
    study = write_study(folder / "alone who rated fields", ("ratings",))
    lines = (study / "ratings.csv").read_text(encoding="utf-8").splitlines()
    of_one = [line for line in lines[1:] if "Zivilgesellschaft" in line]
    (study / "ratings.csv").write_text("\n".join([lines[0], *of_one]) + "\n", encoding="utf-8")
    yield study
    study = changed(
        write_study(folder / "own", ("sheets",), small=False), "workshop.csv", "Zivilgesellschaft", "Eltern"
    )
    with (study / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[perspective]]\nid = "parents"\ntitle = { de = "Eltern" }\n')
    yield changed(study, "verwaltung.csv", "ort,2,0,4,98,4,2", "ort,4,0,4,98,4,2")
    # nobody but a group of the study's own; so many that bars stand for them
    study = changed(
        write_study(folder / "parents", ("sheets",)), "workshop.csv", "Zivilgesellschaft", "Eltern"
    )
    lines = (study / "workshop.csv").read_text(encoding="utf-8").splitlines()
    (study / "workshop.csv").write_text("\n".join(lines[:7]) + "\n", encoding="utf-8")
    with (study / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[perspective]]\nid = "parents"\ntitle = { de = "Eltern" }\n')
    yield study
    yield many(write_study(folder / "many", ("sheets",), small=False))
    # one field alone can be compared, alike or not
    for name, own in (("room", "ort,98,98,98,98,4,2"), ("talk", "ort,4,4,4,2,98,98")):
        yield changed(write_study(folder / name, small=False), "verwaltung.csv", "ort,2,0,4,98,4,2", own)


@pytest.fixture(scope="module")
def workshops(tmp_path_factory: pytest.TempPathFactory) -> list[WorkshopProfile]:
    small = [load_workshop(study, "ort", "2024") for study in studies(tmp_path_factory.mktemp("studies"))]
    named = replace(small[0].profile.municipality, name=60 * "x")
    long_name = replace(small[0], profile=replace(small[0].profile, municipality=named))
    hidden = write_study(tmp_path_factory.mktemp("public") / "hidden", ("notes",))
    write_csv(hidden / "notes.csv", [["municipality", "text"], ["ort", "Geheim."]])
    return [
        *small,
        long_name,
        load_workshop(hidden, "ort", "2024", audience="public"),
        load_workshop("beispiel", "musterstadt", "2024"),
        *(load_workshop("beispiel", key, "2021") for key in ("musterstadt", "silbenhausen", "fabelstadt")),
    ]


@pytest.fixture(scope="module")
def blocks(workshops: list[WorkshopProfile]) -> dict[str, list[Block]]:
    examples = [profile_of("beispiel", key, "2021") for key in ("musterstadt", "modellstadt")]
    profiles = [workshop.profile for workshop in workshops if workshop.profile.own_scores.size]
    plain = replace(examples[0], scheme=replace(examples[0].scheme, bands=()))
    return {
        "workshop": [
            *(b for w in workshops for part in report_of(w) for b in part.bundle.blocks),
            # as the final report tells them
            *(paragraph(*apart(telling_of(w), 2)) for w in workshops if w.rated),
        ],
        "workshop_kit": [
            b for p in (*profiles, *examples, plain) for part in kit_of(p) for b in part.bundle.blocks
        ],
    }


def patterns(catalogue: Catalogue) -> dict[str, re.Pattern[str]]:
    def pattern_of(text: str) -> str:
        return "".join(
            # a picture breaks its labels
            re.escape(literal).replace("\\ ", r"\s") + ("(?:.{1,400}?)" if place is not None else "")
            for literal, place, _, _ in Formatter().parse(text)
        )

    return {
        name: re.compile("|".join(map(pattern_of, worded.texts.values())), re.DOTALL)
        for name, worded in catalogue.worded.items()
    }


def texts_of(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield block.text
            case Paragraph() | Note():
                yield block.text
                yield getattr(block, "label", "")
            case Facts():
                yield from (text for term, entry in block.facts for text in (term, entry.text))
            case Listing():
                yield from (entry.text for entry in block.entries)
            case Figure():
                yield from (block.caption, block.alternative)
                yield from re.findall(r">([^<>]+)</text>", block.svg)
                yield from texts_of([block.table])
            case Table():
                yield block.caption
                yield from (column.title for column in block.columns)
                yield from (cell for row in block.rows for cell in row)


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_sentence_of_the_catalogue_is_printed(name: str, blocks: dict[str, list[Block]]) -> None:
    said = {sentence.name for sentence in sentences_of(blocks[name])}
    whole = "\n".join(texts_of(blocks[name]))
    never = {
        sentence
        for sentence, pattern in patterns(load_catalogue(name, "de")).items()
        if f"{name}.{sentence}" not in said and not pattern.search(whole)
    }
    # of a questionnaire with one field, which has a test of its own
    assert never <= {"card_lowest_question"}


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_sentence_that_is_printed_is_in_a_catalogue(name: str, blocks: dict[str, list[Block]]) -> None:
    known = {
        f"{one}.{sentence}" for one in (name, "common") for sentence in load_catalogue(one, "de").declared
    }
    for block in blocks[name]:
        if isinstance(block, Paragraph | Note):
            assert block.sentences, block.text
    assert {sentence.name for sentence in sentences_of(blocks[name])} <= known


def test_every_finding_that_a_workshop_report_rests_on_is_known(workshops: list[WorkshopProfile]) -> None:
    # a part of which a key is not known cannot be shown at all
    for workshop in workshops:
        for part in report_of(workshop):
            assert all(finding.key for finding in part.findings)
