"""DeclaredTable files: all faults of a file at once, each with place, found, expected and advice."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from typing import Annotated

import pytest
from pydantic import Field

from weltoffen_eval.errors import Fault
from weltoffen_eval.study import declared
from weltoffen_eval.study.declared import DeclaredTable, read_declared, required
from weltoffen_eval.study.languages import ByLanguage
from weltoffen_eval.study.toml_files import Section


class Room(DeclaredTable):
    id: Annotated[str, declared.key("a room's id")] = required()
    title: Annotated[ByLanguage, declared.title()] = required()
    seats: Annotated[int, declared.whole_number(at_least=1)] = 20


class Building(DeclaredTable):
    name: Annotated[str, declared.text()] = required()
    note: Annotated[str, declared.any_text()] = ""
    kind: Annotated[str, declared.choice(("school", "town_hall"))] = "school"
    height: Annotated[float, declared.number(at_least=0, at_most=800)] = 10.0
    open: Annotated[bool, declared.boolean()] = False
    room: list[Room] = Field(default_factory=list)
    owner: Room | None = None
    floors: dict[
        Annotated[int, declared.name_of("a number", lambda n: int(n) if n.isdigit() else None)], str
    ] = Field(default_factory=dict)


WHOLE = """
name = "Rathaus"
kind = "town_hall"
height = 40
open = true
[[room]]
id = "hall"
title = { de = "Saal", en = "Hall" }
[[room]]
id = "attic"
title = { da = "Loft" }
seats = 3
"""


def read(text: str) -> tuple[Building | None, list[Fault]]:
    faults: list[Fault] = []
    return read_declared(Building, Section("building.toml", tomllib.loads(text), faults)), faults


def test_a_file_without_faults_is_its_model() -> None:
    building, faults = read(WHOLE)
    assert faults == []
    assert building is not None
    assert (building.name, building.kind, building.height, building.open) == (
        "Rathaus",
        "town_hall",
        40,
        True,
    )
    assert [(room.id, room.seats) for room in building.room] == [("hall", 20), ("attic", 3)]
    assert building.room[0].title == {"de": "Saal", "en": "Hall"}
    assert building.room[1].title["de"] == "Loft"


def test_a_number_where_a_text_was_meant_is_its_text() -> None:
    building, faults = read('name = 1848\n[[room]]\nid = "1"\ntitle = { de = "x" }')
    assert faults == []
    assert building is not None
    assert building.name == "1848"


@pytest.mark.parametrize(
    ("text", "column", "found", "expected", "advice"),
    [
        ("", "name", "nothing", "a text in quotes", "Add name = …"),
        ('name = ""', "name", "an empty text", "a text", ""),
        ("name = [1]", "name", "[1]", "a text in quotes", ""),
        ('name = "a\\u0007"', "name", "'a\\x07'", "a text in quotes, without control characters", ""),
        ('name = "x"\nkind = "scool"', "kind", "'scool'", "one of school, town_hall", "Did you mean 'school'?"),
        ('name = "x"\nheight = 801', "height", "801", "a number at least 0 at most 800", ""),
        ('name = "x"\nheight = true', "height", "True", "a number at least 0 at most 800", ""),
        ('name = "x"\nopen = "yes"', "open", "'yes'", "true or false", ""),
        ('name = "x"\nhight = 3', "hight", "a key that is not known here",
         "only name, note, kind, height, open, room, owner, floors", "Did you mean 'height'?"),
        ('name = "x"\nroom = 3', "room", "3", "tables [[room]]", ""),
        ('name = "x"\nroom = [3]', "room 1", "3", "a table [[room]]", ""),
        ('name = "x"\nowner = 3', "owner", "3", "a table [owner]", ""),
        ('name = "x"\n[[room]]\nid = "a"', "room 1 title", "nothing", '{ de = "…" }', "Add title = …"),
        ('name = "x"\n[[room]]\nid = "a/b"\ntitle = { de = "x" }', "room 1 id", "'a/b'",
         "a room's id: ASCII letters, digits, '-', '_' or '.', such as muenster", ""),
        ('name = "x"\n[[room]]\nid = "a"\ntitle = { de = "x" }\nseat = 1', "room 1 seat", "a key that is not known here",
         "only id, title, seats", "Did you mean 'seats'?"),
        ('name = "x"\n[owner]\nid = "a"\ntitle = { de = "x" }\nseats = 0', "owner seats", "0",
         "a whole number, at least 1", ""),
        ('name = "x"\n[floors]\nfirst = "a"', "floors first", "'first'", "a number", ""),
        ('name = "x"\n["[key]"]\na = 1', "[key]", "a key that is not known here",
         "only name, note, kind, height, open, room, owner, floors", ""),
    ],
)  # fmt: skip
def test_a_fault_has_place_found_expected_and_advice(
    text: str, column: str, found: str, expected: str, advice: str
) -> None:
    building, faults = read(text)
    assert building is None
    assert faults == [Fault("building.toml", found, expected, advice, column=column)]


def test_all_faults_of_a_file_are_told_at_once() -> None:
    building, faults = read(
        'kind = 3\nheight = -1\nx = 1\n[[room]]\nseats = 1.5\n[[room]]\nid = ""\ntitle = {}'
    )
    assert building is None
    assert sorted(fault.column for fault in faults) == [
        "height", "kind", "name", "room 1 id", "room 1 seats", "room 1 title", "room 2 id", "room 2 title", "x",
    ]  # fmt: skip


def test_a_table_inside_of_a_file_keeps_its_place() -> None:
    faults: list[Fault] = []
    assert read_declared(Room, Section("f.toml", {"id": "a"}, faults, "house 2 room 1")) is None
    assert [fault.column for fault in faults] == ["house 2 room 1 title"]


def test_models_are_imported_only_by_who_reads_a_file() -> None:
    program = "import sys, weltoffen_eval.results.profile, weltoffen_eval.commands.main; sys.exit('pydantic' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
