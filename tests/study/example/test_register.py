"""The invented register could stand in the law."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest
from places import ROOT

from weltoffen_eval.study.example.register import Invented, invent_register

#: The first two digits of the AGS (Statistisches Bundesamt, Gemeindeverzeichnis).
STATES = {
    "SH": "01", "HH": "02", "NI": "03", "HB": "04", "NW": "05", "HE": "06", "RP": "07", "BW": "08",
    "BY": "09", "SL": "10", "BE": "11", "BB": "12", "MV": "13", "SN": "14", "ST": "15", "TH": "16",
}  # fmt: skip
#: The largest number of a Kreis or a kreisfreie Stadt in the states (05978 Unna): above, none is real.
HIGHEST_KREIS = 978
#: Places that exist and come nearest to the invented names.
REAL = {
    "Münster", "Neustadt", "Darmstadt", "Freudenstadt", "Mustin", "Probsteierhagen", "Probstzella", "Kommern",
    "Wusterhausen", "Silberstedt", "Tinnum", "Bad Homburg", "Fabbenstedt", "Modautal",
}  # fmt: skip


@pytest.fixture(scope="module", params=[36, 3000])
def register(request: pytest.FixtureRequest) -> list[Invented]:
    return invent_register(request.param)


def test_the_register_in_the_checkout_is_the_invented_one() -> None:
    with (ROOT / "data" / "raw" / "beispiel" / "municipalities.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        shipped = list(csv.DictReader(stream))
    assert [(row["municipality"], row["name"], row["ags"], row["kind"]) for row in shipped] == [
        (m.key, m.name, m.ags, m.kind) for m in invent_register(36)
    ]
    columns = ("contact", "mandate", "status", "released_on")
    assert [[row[name] for name in columns] for row in shipped] == [
        [getattr(m, name) for name in columns] for m in invent_register(36)
    ]
    assert {row["status"] for row in shipped} == {"", "draft", "released"}
    assert {row["kind"] for row in shipped} == {"Gemeinde", "Stadt", "kreisfreie Stadt", "Landkreis", "Kreis"}


def test_no_municipality_lies_in_a_city_state(register: list[Invented]) -> None:
    assert len({m.state for m in register}) > 10
    assert not {m.state for m in register} & {"HH", "HB", "BE"}


def test_a_kreis_is_called_kreis_in_two_states_and_landkreis_elsewhere(register: list[Invented]) -> None:
    districts = [m for m in register if m.kind in ("Kreis", "Landkreis")]
    assert districts
    assert {m.kind for m in districts if m.state in ("NW", "SH")} == {"Kreis"}
    assert {m.kind for m in districts if m.state not in ("NW", "SH")} == {"Landkreis"}
    assert all(m.name.startswith(f"{m.kind} ") and m.key.startswith("kreis-") for m in districts)


def test_sizes_fit_kinds(register: list[Invented]) -> None:
    ranges = {
        "Gemeinde": (1_000, 20_000), "Stadt": (5_000, 100_000), "kreisfreie Stadt": (80_000, 500_000),
        "Kreis": (80_000, 400_000), "Landkreis": (80_000, 400_000),
    }  # fmt: skip
    for m in register:
        low, high = ranges[m.kind]
        assert low <= m.population <= high, m
        # what is called Stadt is one
        assert "stadt" not in m.name.lower() or m.kind != "Gemeinde", m


def test_saarland_has_no_kreisfreie_stadt(register: list[Invented]) -> None:
    assert "kreisfreie Stadt" not in {m.kind for m in register if m.state == "SL"}
    assert "kreisfreie Stadt" in {m.kind for m in register}


def test_keys_of_places_are_lawful_and_belong_to_no_real_one(register: list[Invented]) -> None:
    by_key = {m.key: m for m in register}
    numbers = [m.ags for m in register if m.ags]
    assert len(set(numbers)) == len(numbers)
    for m in register:
        if not m.ags:
            continue
        assert m.ags.isdigit() and m.ags[:2] == STATES[m.state], m
        assert int(m.ags[2:5]) > HIGHEST_KREIS, m
        assert len(m.ags) == (5 if m.kind in ("Kreis", "Landkreis") else 8), m
        assert (m.kind == "kreisfreie Stadt") == (
            m.ags[5:] == "000" and m.ags[2:5] in map(str, range(985, 990))
        ), m
        if m.parent:
            assert m.ags[:5] == by_key[m.parent].ags, m


def test_members_lie_in_their_kreis_and_are_smaller(register: list[Invented]) -> None:
    by_key = {m.key: m for m in register}
    members = defaultdict(list)
    for m in register:
        if m.parent:
            members[m.parent].append(m)
            assert by_key[m.parent].kind in ("Kreis", "Landkreis")
            assert m.kind in ("Gemeinde", "Stadt")
            assert m.state == by_key[m.parent].state
            assert m.consent in ("yes", "no")
    assert members
    for key, those in members.items():
        assert sum(m.population for m in those) < by_key[key].population


def test_names_are_invented_and_given_once(register: list[Invented]) -> None:
    # all 120 names were held against GeoNames (15,552 places of 500 and more in DE, AT, CH): none is there
    stems = ("Muster", "Beispiel", "Probe", "Modell", "Skizzen", "Fabel", "Silben", "Komma", "Vokabel", "Tinten",
             "Entwurfs", "Fantasie")  # fmt: skip
    names = [m.name.removeprefix("Kreis ").removeprefix("Landkreis ") for m in register]
    assert len({m.key for m in register}) == len(set(names)) == len(register)
    assert all(name.startswith(stems) for name in names)
    assert not REAL & set(names)
    assert register[0].name == "Musterstadt"
