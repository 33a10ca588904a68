"""What lies at the top of an archive: true of what is in it, and a citation that programs can read."""

from __future__ import annotations

import zipfile

import pytest
import yaml
from kept_archives import LAYOUT_1

from weltoffen_eval.publish.keeping.cover import Cover, cover_files


def cover(**other: object) -> Cover:
    told = {
        "title": "Klein: „ein\nBeispiel“",
        "public": False,
        "licence": "CC0-1.0",
        "creators": ("Stadt A",),
    }
    return Cover(**{**told, "version": "0.1.0", **other})  # type: ignore[arg-type]


def test_the_folders_that_are_named_are_those_of_an_archive() -> None:
    with zipfile.ZipFile(LAYOUT_1) as opened:
        there = {name.split("/")[2] for name in opened.namelist() if "/data/" in name}
    told = cover_files(cover())["README.md"].decode()
    assert {name for name in there if f"`data/{name}" in told} == there
    assert told.startswith("# Klein: „ein Beispiel“\n")
    assert "it is for the team,\nnot for publication" in told
    assert "make rerun ARCHIVE=" in told


def test_of_a_public_archive_nothing_is_said_of_data() -> None:
    told = cover_files(cover(public=True, licence=""))["README.md"].decode()
    assert "data/study" not in told
    assert "data/processed" not in told
    assert "can be given to everybody" in told
    assert "make check ARCHIVE=" in told
    assert "No licence is named" in told


@pytest.mark.parametrize("creators", [(), ("Stadt „A“: Amt", "Kreis #2")])
def test_the_citation_is_one(creators: tuple[str, ...]) -> None:
    told = yaml.safe_load(cover_files(cover(creators=creators))["CITATION.cff"])
    # what the format requires
    assert {"cff-version", "message", "title", "authors"} <= told.keys()
    assert (told["cff-version"], told["type"], told["license"]) == ("1.2.0", "dataset", "CC0-1.0")
    assert [one["name"] for one in told["authors"]] == list(creators or ("unknown",))
    assert told["title"].startswith("Klein: „ein")
    assert "license" not in yaml.safe_load(cover_files(cover(licence="nur intern"))["CITATION.cff"])
