"""An invented register that could stand in the law: kinds, sizes, states and keys fit each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from pathlib import Path

from weltoffen_eval.study.example.tables import read_rows

_FOLDER = Path(__file__).parent
#: States in the order of their official numbers, 01 to 16.
STATES = (
    "SH", "HH", "NI", "HB", "NW", "HE", "RP", "BW", "BY", "SL", "BE", "BB", "MV", "SN", "ST", "TH",
)  # fmt: skip
#: Hamburg, Bremen and Berlin have no municipality that could be invented: each is known by name.
_PLACES = tuple(state for state in STATES if state not in ("HH", "HB", "BE"))
#: Where a Landkreis is called Kreis.
_KREIS_STATES = ("NW", "SH")
#: Where no town is a kreisfreie Stadt.
_WITHOUT_CITIES = ("SL",)
_STEMS = (
    "Muster", "Beispiel", "Probe", "Modell", "Skizzen", "Fabel", "Silben", "Komma", "Vokabel",
    "Tinten", "Entwurfs", "Fantasie",
)  # fmt: skip
_ENDINGS = ("stadt", "hausen", "felde", "au", "ingen", "dorf", "bach", "heim", "tal", "furt")
# inhabitants, each kind in its own range
_TOWNS = (32_600, 11_900, 61_900, 24_800, 48_300, 21_400, 28_700, 86_200, 26_100)
_VILLAGES = (2_540, 6_180, 9_120, 4_830, 12_700, 1_790, 7_450)
_CITIES = (124_800, 223_600, 98_400, 421_000)
_DISTRICTS = (131_200, 187_400, 98_700, 246_900, 154_300)
#: A member of a Landkreis is never a large part of it.
_LARGEST_MEMBER = 38_000
#: So many invented Landkreise and kreisfreie Städte of a state have an AGS; beyond, numbers are real ones.
_NUMBERED = 5


@dataclass(frozen=True)
class Invented:
    """A municipality of the example, with the columns of municipalities.csv."""

    key: str
    name: str
    _: KW_ONLY
    ags: str
    kind: str
    state: str
    population: int
    parent: str = ""
    consent: str = ""
    contact: str = ""
    mandate: str = ""
    status: str = ""
    released_on: str = ""


def invent_register(count: int) -> list[Invented]:
    """Every sixth a Landkreis with the two behind it as members; the first is Musterstadt.

    What some say of contact, mandate and release is written by hand (accounts.csv).

    Numbers of Kreise from 980 on are given to no Kreis, so that no AGS is that of a real municipality.
    """
    names = [stem + ending for ending in _ENDINGS for stem in _STEMS]
    register: list[Invented] = []
    given: dict[tuple[str, int], int] = {}
    district: Invented | None = None
    for number in range(count):
        again = f" {number // len(names) + 1}" if number >= len(names) else ""
        name = names[number % len(names)] + again
        state = _PLACES[number % len(_PLACES)]
        if number % 6 == 4:
            district = _invent_district(number, name, state, given)
            register.append(district)
        elif district is not None and number % 6 in (5, 0):
            register.append(_invent_member(number, name, district))
        else:
            register.append(_invent_place(number, name, state, given))
    accounts = {row.pop("municipality"): row for row in read_rows(_FOLDER / "accounts.csv")}
    return [_with_account(entry, accounts.get(entry.key, {})) for entry in register]


def _with_account(entry: Invented, account: Mapping[str, str]) -> Invented:
    return Invented(**{**vars(entry), **account})


def _key(name: str) -> str:
    return name.lower().replace(" ", "-")


def _invent_district(number: int, name: str, state: str, given: dict[tuple[str, int], int]) -> Invented:
    kind = "Kreis" if state in _KREIS_STATES else "Landkreis"
    population = _DISTRICTS[number // 6 % len(_DISTRICTS)] + 37 * (number % 11)
    ags = _number_of_kreis(state, 980, given)
    return Invented(
        f"kreis-{_key(name)}", f"{kind} {name}", ags=ags, kind=kind, state=state, population=population
    )


def _invent_member(number: int, name: str, district: Invented) -> Invented:
    kind, population = _size(number, name)
    population = min(population, _LARGEST_MEMBER + number % 100)
    ags = f"{district.ags}{number % 1000:03d}" if district.ags else ""
    # whether the Landkreis may see them beside others: the first says yes, the second in every other Kreis
    consent = "yes" if number % 6 == 5 or number % 12 == 6 else "no"
    return Invented(
        _key(name),
        name,
        ags=ags,
        kind=kind,
        state=district.state,
        population=population,
        parent=district.key,
        consent=consent,
    )


def _invent_place(number: int, name: str, state: str, given: dict[tuple[str, int], int]) -> Invented:
    if number % 18 in (8, 15) and state not in _WITHOUT_CITIES:
        prefix = _number_of_kreis(state, 985, given)
        population = _CITIES[number // 9 % len(_CITIES)] + 37 * (number % 11)
        ags = f"{prefix}000" if prefix else ""
        return Invented(
            _key(name), name, ags=ags, kind="kreisfreie Stadt", state=state, population=population
        )
    kind, population = _size(number, name)
    ags = f"{_of_state(state)}99{number // 1_000}{number % 1_000:03d}" if number < 10_000 else ""
    return Invented(_key(name), name, ags=ags, kind=kind, state=state, population=population)


def _size(number: int, name: str) -> tuple[str, int]:
    """Kind and inhabitants of a place within a Kreis; what is called Stadt is one."""
    if number == 0:
        return "Stadt", _TOWNS[0]
    if "stadt" in name or number % 3 == 0:
        return "Stadt", _TOWNS[number % len(_TOWNS)] + 37 * (number % 11)
    return "Gemeinde", _VILLAGES[number % len(_VILLAGES)] + 37 * (number % 11)


def _of_state(state: str) -> str:
    return f"{STATES.index(state) + 1:02d}"


def _number_of_kreis(state: str, first: int, given: dict[tuple[str, int], int]) -> str:
    """The next five digits of a Kreis that does not exist, or nothing where they are used up."""
    next_one = given.get((state, first), 0)
    given[state, first] = next_one + 1
    return f"{_of_state(state)}{first + next_one}" if next_one < _NUMBERED else ""
