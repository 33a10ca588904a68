"""The musts and nevers of a report on a dialogue, each held; and Wilhelmshaven, of which nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from places import REFERENCE, ROOT

from weltoffen_eval.block_html import bundle_html
from weltoffen_eval.blocks import Facts, Figure, Heading, Note, Table
from weltoffen_eval.display.dialogue import report
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.dialogue import Dialogue, load_dialogue

_CELLS = (
    "title", "summary", "taking_part_in", "working", "results", "said", "dissent", "planned",
    "remarks", "following",
    "statements", "coding", "provenance",
)  # fmt: skip
MUSTERSTADT, WILHELMSHAVEN = ("beispiel", "musterstadt", "2024"), ("wilhelmshaven", "wilhelmshaven", "2021")
BOTH = pytest.mark.parametrize("case", [MUSTERSTADT, WILHELMSHAVEN], ids=lambda case: case[1])
NOTHING = "nicht dokumentiert"


#: How it is said that something is not documented.
LACKING = {
    "Datum der Veranstaltung": "das Datum", "Ort oder Plattform": "der Ort oder die Plattform",
    "Dauer": "die Dauer", "Moderation": "die Moderation", "Verdolmetschung": "die Verdolmetschung",
    "Zahl der Gruppen": "die Zahl der Gruppen", "Größe der Gruppen": "die Größe der Gruppen",
    "Startzahl der Auslosung": "wie die Gruppen gebildet oder ausgelost wurden",
    "Einladung": "wer auf welchen Wegen eingeladen wurde",
    "Nicht erreicht (Einschätzung)": "wer nicht erreicht wurde",
}  # fmt: skip


class Read:
    """A report as its reader has it."""

    def __init__(self, dialogue: Dialogue):
        self.dialogue = dialogue
        self.cells: dict[str, Shown] = {name: getattr(report, name)(dialogue) for name in _CELLS}
        self.blocks = [block for cell in self.cells.values() for block in cell.bundle.blocks]
        self.facts = {t: e.text for b in self.blocks if isinstance(b, Facts) for t, e in b.facts}
        said = " ".join(b.text for b in self.blocks if isinstance(b, Note) and b.label == "Was offen ist")
        self.lacking: list[str] = [term for term, words in LACKING.items() if words in said]
        self.tables = {b.name: b for b in self.blocks if isinstance(b, Table)}
        self.figures = [b for b in self.blocks if isinstance(b, Figure)]
        self.text = self.of(*_CELLS)

    def of(self, *names: str) -> str:
        page = "\n".join(bundle_html(self.cells[name].bundle) for name in names)
        return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@cache
def read(case: tuple[str, str, str]) -> Read:
    study, municipality, wave = case
    return Read(load_dialogue(ROOT / "data" / "raw" / study, municipality, wave))


def _date_place_length(told: Read) -> bool:
    names = ("Datum der Veranstaltung", "Ort oder Plattform", "Dauer", "Moderation", "Verdolmetschung")
    return all(told.facts.get(name) or name in told.lacking for name in names)


def _invited_and_numbers(told: Read) -> bool:
    said = re.search(r"Personen hatten sich angemeldet|Gekommen sind|wie viele sich angemeldet", told.text)
    return bool(said) and all(
        told.facts.get(name) or name in told.lacking
        for name in ("Einladung", "Nicht erreicht (Einschätzung)")
    )


def _drawn(told: Read) -> bool:
    if told.dialogue.event.seed is None:
        return "Startzahl der Auslosung" in told.lacking
    return bool(told.facts["Startzahl der Auslosung"]) and "Die Gruppen wurden ausgelost" in told.text


def _questions(told: Read) -> bool:
    return all(text in told.of("said") for text in report.telling_of(told.dialogue).questions.values())


def _topics(told: Read) -> bool:
    if not told.dialogue.statements:
        return "nicht dokumentiert, deshalb auch nicht, welche Themen" in told.of("said")
    return [figure.name for figure in told.figures] == [f"figure-topics-{n}" for n in range(1, 5)]


def _words_of_participants(told: Read) -> bool:
    released = [row.values.text for row in told.dialogue.released]
    if not released:
        return "Einzelne Aussagen sind nicht dokumentiert" in told.of("said")
    return sorted(row[-1] for row in told.tables["statements"].rows) == sorted(released)


def _single_voices(told: Read) -> bool:
    return not told.dialogue.statements or "Einzeln genannt:" in told.of("said")


def _disagreement(told: Read) -> bool:
    notes = [row.values.text for row in told.dialogue.notes("dissent")]
    if not notes:
        return "ob es verschiedene Meinungen gab" in told.of("following")
    return all(text in told.of("dissent") for text in notes)


def _intentions(told: Read) -> bool:
    rows = told.tables["intentions"].rows
    return len(rows) == len(told.dialogue.measures) and all(all(cell for cell in row) for row in rows)


def _feedback(told: Read) -> bool:
    return (told.dialogue.event.next or "wann und wo Teilnehmende erfahren") in told.of("following")


MUSTS: dict[str, Callable[[Read], bool]] = {
    "1 date, place or platform, length, moderation, interpreters": _date_place_length,
    "2 ways of inviting and numbers, also who was not reached": _invited_and_numbers,
    "3 how groups were drawn": _drawn,
    "4 the guiding questions in their wording": _questions,
    "5 per question topics with number of groups": _topics,
    "6 statements in the words of participants, released": _words_of_participants,
    "7 single voices beside frequent ones": _single_voices,
    "8 disagreement": _disagreement,
    "9 intentions with who and when": _intentions,
    "10 feedback: where and when participants learn what came of it": _feedback,
}


@BOTH
@pytest.mark.parametrize("must", MUSTS)
def test_what_a_report_must_contain(case: tuple[str, str, str], must: str) -> None:
    assert MUSTS[must](read(case))


def _no_participants(told: Read) -> bool:
    # offices and clubs are spoken of by who was there; who they were, is not told
    names = {row.values.participant for row in told.dialogue.of("participants")}
    hidden = {row.values.text for row in told.dialogue.statements if not row.values.released}
    # only of Wilhelmshaven there is neither, and nothing to look for
    assert (names and hidden) or told.dialogue.municipality.key == "wilhelmshaven"
    return not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told.text) for name in names | hidden)


def _no_percentages(told: Read) -> bool:
    # agreement of coders stands in the annex
    said = told.of(*(name for name in _CELLS if name != "coding"))
    return not re.search(r"\d\s*%|Prozent|signifikant|p\s*[<=]", said)


def _no_word_clouds(told: Read) -> bool:
    # topics are rows of dots; every text of a picture is a topic or a count
    titles = {code.title for code in told.dialogue.codebook.values()}
    texts = [text for figure in told.figures for text in re.findall(r">([^<>]+)</text>", figure.svg)]
    return all(text in titles or re.fullmatch(r"\d+ von \d+", text) for text in texts)


def _no_comments_between(told: Read) -> bool:
    remarks = [row.values.text for row in told.dialogue.notes("remark")]
    elsewhere = told.of(*(name for name in _CELLS if name != "remarks"))
    heads = [block.text for block in told.cells["remarks"].bundle.blocks if isinstance(block, Heading)]
    return not any(text in elsewhere for text in remarks) and (
        heads == ["Anmerkungen der Verwaltung"] if remarks else not heads
    )


def _not_by_who_said_it(told: Read) -> bool:
    perspectives = {"Verwaltung", "Politik", "Zivilgesellschaft", "Wirtschaft", "Einwohnerschaft"}
    heads = {
        column.title
        for name, table in [*told.tables.items(), *((f.name, f.table) for f in told.figures)]
        if name != "perspectives"
        for column in table.columns
    }
    # in the order of frequency, then as in the codebook
    order = [code.title for code in told.dialogue.codebook.values()]
    sorted_ones = all(
        list(figure.table.rows)
        == sorted(figure.table.rows, key=lambda row: (-int(row[1].split()[0]), order.index(row[0])))
        for figure in told.figures
    )
    return not heads & perspectives and sorted_ones


NEVERS: dict[str, Callable[[Read], bool]] = {
    "1 list of participants, or quotes without consent": _no_participants,
    "2 percentages or tests": _no_percentages,
    "3 word clouds": _no_word_clouds,
    "4 comments of the administration between the statements": _no_comments_between,
    "5 topics sorted by who said them": _not_by_who_said_it,
}


@BOTH
@pytest.mark.parametrize("never", NEVERS)
def test_what_a_report_never_contains(case: tuple[str, str, str], never: str) -> None:
    assert NEVERS[never](read(case))


#: What is printed of Wilhelmshaven as given, each with the words of facts.md that say it.
FACTS = {
    "Das bundesweite Projekt": "The nationwide project made an outside, non-judging view",
    "Dialoge auf Ebene der Stadt": "Dialogues at city level are an important part of municipal integration work",
    "Die Verwaltung nimmt das Thema auf": "The administration takes the subject up and applies for fitting projects",
    "Menschen mit Einwanderungsgeschichte": "People with a history of immigration must be able to take a better part",
    "Die Vernetzung zwischen": "Networking between institutions and authorities has intensified",
    "Behörden und Einrichtungen tragen": "Authorities and institutions have a special responsibility",
    "Weltoffenheit ist kein Titel": "Weltoffenheit is not a title that one obtains, but a process",
    "Miteinander in Wilhelmshaven": '"Miteinander in Wilhelmshaven", planned for September 2022',
    "CERV-2022-EQUAL": "application in the programme CERV-2022-EQUAL by city and Jadehochschule",
    "Soziales und Gesundheit": "the committee for social affairs and health is extended by the subject integration",
    "Beirat": "an advisory board is set up, with the resources and competences it needs",
    "September 2022": "planned for September 2022",
    "Stadt und Jadehochschule": "by city and Jadehochschule",
    "digital": "30.11.2021, digital, 62 participants",
    "ein erweiterter Kreis der Einwohnerschaft": "civil society and a wider circle of residents",
    "Kurzbericht der Stadt Wilhelmshaven": "from the city's short summary of its participation",
}


def facts() -> str:
    text = (REFERENCE / "wilhelmshaven" / "facts.md").read_text(encoding="utf-8")
    return " ".join(text.split())


def test_every_text_on_wilhelmshaven_is_in_the_facts() -> None:
    given = [text["text"] for cell in read(WILHELMSHAVEN).cells.values() for text in cell.given]
    assert len(set(given)) >= 14
    known = facts()
    for beginning, fact in FACTS.items():
        assert any(beginning in text for text in given), beginning
        assert " ".join(fact.split()) in known, fact
    assert [text for text in given if not any(beginning in text for beginning in FACTS)] == []
    # the guiding questions are quoted in the facts as they were asked
    for question in read(WILHELMSHAVEN).dialogue.questions.values():
        assert question in known


def test_every_number_on_wilhelmshaven_is_in_the_facts() -> None:
    told = read(WILHELMSHAVEN)
    known = facts()
    findings = {f.quantity: f.value for cell in told.cells.values() for f in cell.findings}
    assert {"n_participants": findings["n_participants"], "n_measures": findings["n_measures"]} == findings
    assert findings["n_participants"] == 62
    assert "62 participants" in known
    assert findings["n_measures"] == known.count("– intention:") == 4
    assert len(told.dialogue.outcomes) == 7
    assert "Results of the working groups (seven)" in known
    # all digits of the report: the day, who came, the years, results by their number, hashes have none here
    digits = set(re.findall(r"\d+", told.of(*(name for name in _CELLS if name != "provenance"))))
    assert digits <= {"62", "30", "2021", "2022", *(str(n) for n in range(1, 8))}


def test_of_wilhelmshaven_it_is_said_what_is_not_documented() -> None:
    told = read(WILHELMSHAVEN)
    assert set(told.lacking) == {
        "Ort oder Plattform", "Dauer", "Moderation", "Verdolmetschung", "Zahl der Gruppen", "Größe der Gruppen",
        "Nicht erreicht (Einschätzung)", "Startzahl der Auslosung",
    }  # fmt: skip
    assert "Nicht dokumentiert ist Folgendes: wie viele sich angemeldet hatten" in told.text
    assert "Einzelne Aussagen sind nicht dokumentiert" in told.text
    assert [row[1:3] for row in told.tables["intentions"].rows].count((NOTHING, NOTHING)) >= 2
    assert not told.figures
    assert "statements" not in told.tables
