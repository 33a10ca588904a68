"""The report on a dialogue: every sentence can come, each rests on its findings, and nothing is told too much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from dialogues import CODEBOOK, CODES, EVENT, MEASURES, NOTES, STATEMENTS, write_dialogue

from weltoffen_eval.analysis.finding_keys import read_key
from weltoffen_eval.block_html import block_html, bundle_html
from weltoffen_eval.blocks import Block, Facts, Figure, Heading, Listing, Note, Paragraph, Table
from weltoffen_eval.display.dialogue import report
from weltoffen_eval.display.sentence_list import example_of
from weltoffen_eval.display.sentences import load_catalogue
from weltoffen_eval.display.shown import Shown, keys_of, sentences_of
from weltoffen_eval.results.dialogue import Dialogue, load_dialogue

_CELLS = (
    "title", "summary", "taking_part_in", "working", "results", "said", "dissent", "planned", "remarks", "following",
    "statements", "coding", "provenance",
)  # fmt: skip
_SINGLE = (STATEMENTS[0],)
#: What else a dialogue can be, each of it a study of its own.
VARIANTS: dict[str, dict[str, Any]] = {
    "ordinary": {},
    "nobody wrote down how": {
        "event": {},
        "statements": [(*row[:3], "", "ja") for row in STATEMENTS],
        "codes": {"anna": CODES},
        "notes": [(text, kind, "", "ja") for text, kind, *_ in NOTES],
        "outcomes": (),
    },
    "only when": {"event": {"Rahmen": "Dialog", "Datum": "2024-09-21"}, "statements": (), "codes": {}},
    "only how many": {"event": {"Rahmen": "Dialog", "Teilnehmende": "1"}, "codes": {}},
    "only who registered": {"event": {"Rahmen": "Dialog", "angemeldet": "30", "Gruppen": "1"}, "measures": ()},
    "four people": {"event": {**EVENT, "Teilnehmende": "4"}, "notes": ()},
    "no topics": {"codes": {}, "codebook": (), "event": {**EVENT, "Hilfe": "", "wie es weitergeht": ""}},
    "results only": {
        "statements": (), "codes": {}, "codebook": (), "outcomes": [f"Ergebnis Nummer {n}." for n in range(9)],
        "measures": [MEASURES[0]],
    },
    "results and own questions": {
        "statements": (), "codes": {}, "codebook": (), "questions": ("Was verbindet uns?", "Was fehlt?"),
        "measures": [MEASURES[0], MEASURES[2], {"Vorhaben": "Ein Beirat", "Bis wann": "2025-12-31"}],
    },
    "before and after": {
        "events_beside": [
            {"Rahmen": "Fragebogen"}, {"Rahmen": "Workshop"}, {"Rahmen": "Bericht", "Datum": "31.03.2025"},
        ],
        "register": {"status": "released", "released_on": "2024-11-15"},
        "codes": {"consensus": {**CODES, "S13": "sprache"}},
        "measures": [
            {"Vorhaben": f"Vorhaben {stand}", "Stand": stand, "Anlass": anlass}
            for stand, anlass in (
                ("in Arbeit", "Aussage:S3"), ("umgesetzt", ""), ("nicht weiterverfolgt", ""),
            )
        ],
    },
    "after the workshop": {
        "events_beside": [{"Rahmen": "Workshop"}], "register": {"status": "released"},
        "event": {**EVENT, "Startzahl": ""}, "statements": [(*row[:4], "nein") for row in STATEMENTS],
        "notes": [(text, kind, "", "nein") for text, kind in (("Gut besucht", "Stärke"), ("Mehr Zeit", "Bedarf"))],
    },
    "after the questionnaire": {
        "events_beside": [{"Rahmen": "Fragebogen"}], "statements": _SINGLE,
        "codes": {"anna": {"S1": "begegnung"}}, "measures": [MEASURES[1]],
    },
    "large groups and a list": {
        "event": {**EVENT, "Teilnehmende": "18", "Hilfe": ""},
        "participants": [
            *((f"P{n}", "Verwaltung", "") for n in range(7)), *((f"Q{n}", "Politik", "") for n in range(3)),
            *((f"R{n}", "Zivilgesellschaft", "") for n in range(8)),
        ],
    },
    "with a questionnaire": {
        "instrument": "selbstcheck-1", "event": {**EVENT, "Quelle": "Protokoll der Freiwilligenagentur"},
        "measures": [
            {"Vorhaben": "Leitbild", "Anlass": "Frage:MS01"}, {"Vorhaben": "Räume", "Anlass": "Handlungsfeld:access"},
        ],
    },
    "as many groups": {"codes": {"anna": {**CODES, "S8": "gruss", "S5": "gruss", "S6": "gruss zuhoeren", "S7": "zuhoeren", "S3": "begegnung sprache"}}},
    "all have told of it": {
        "codes": {"anna": {**CODES, "S1": "rassismus", "S3": "rassismus", "S4": "rassismus"}},
    },
    "none leads": {
        "event": {**EVENT, "Teilnehmende": "47", "Gruppen": "6"},
        "codes": {who: {**CODES, "S1": "begegnung", "S2": "sprache", "S3": "begegnung", "S4": "sprache"} for who in ("anna", "bert", "cem")},
        "measures": [{"Vorhaben": f"Vorhaben {n}"} for n in range(6)],
    },
    "told beside others": {"codes": {"anna": {**CODES, "S13": "rassismus"}}},
    "told beside two": {"codes": {"anna": {**CODES, "S13": "rassismus", "S11": "geld zeit"}}},
    "told and none leads": {
        "event": {**EVENT, "Teilnehmende": "47", "Gruppen": "6"},
        "codes": {"anna": {**CODES, "S13": "rassismus", "S11": "geld zeit"}},
    },
    "nobody came": {"event": {**EVENT, "Teilnehmende": "0", "angemeldet": "1"}},
    "one group and small ones": {"event": {**EVENT, "Gruppen": "6"}},
    "a single group": {"event": {**EVENT, "Gruppen": "1"}, "statements": [(*r[:3], "A", r[4]) for r in STATEMENTS]},
}  # fmt: skip


def cells_of(dialogue: Dialogue) -> list[Shown]:
    return [getattr(report, name)(dialogue) for name in _CELLS]


@pytest.fixture(scope="module")
def dialogues(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Dialogue]:
    folder = tmp_path_factory.mktemp("dialogues")
    made = {}
    for number, (name, settings) in enumerate(VARIANTS.items()):
        study = write_dialogue(folder / f"d{number}", **settings)
        made[name] = load_dialogue(study, "dialogstadt", "2024")
        if name in ("ordinary", "after the workshop"):
            made[f"{name}, public"] = load_dialogue(study, "dialogstadt", "2024", audience="public")
    return made


@pytest.fixture(scope="module")
def shown(dialogues: dict[str, Dialogue]) -> dict[str, list[Shown]]:
    return {name: cells_of(dialogue) for name, dialogue in dialogues.items()}


def blocks_of(cells: list[Shown]) -> Iterator[Block]:
    for cell in cells:
        yield from cell.bundle.blocks


def text_of(cells: list[Shown]) -> str:
    page = "\n".join(bundle_html(cell.bundle) for cell in cells)
    labels = " ".join(re.findall(r'aria-label="([^"]*)"', page))
    return " ".join(re.sub(r"<[^>]+>", " ", page).split()) + " " + labels


def test_every_sentence_of_the_catalogue_is_printed(shown: dict[str, list[Shown]]) -> None:
    catalogue = load_catalogue("dialogue", "de")
    whole = "\n".join(text_of(cells) for cells in shown.values())
    never = []
    for name, worded in catalogue.worded.items():
        patterns = [
            "".join(
                re.escape(literal.replace("\N{NO-BREAK SPACE}", " ")) + ("" if place is None else ".{1,300}?")
                for literal, place, _, _ in Formatter().parse(text)
            )
            for text in worded.texts.values()
        ]
        never += [] if any(re.search(pattern, whole) for pattern in patterns) else [name]
    assert never == [], ", ".join(never)


def test_every_form_of_a_plural_is_said_as_people_say_it() -> None:
    catalogue = load_catalogue("dialogue", "de")
    assert catalogue.text("intentions_ready", ready=1, intentions=3) == (
        "Für eines der drei Vorhaben sind bereits eine zuständige Stelle und ein Termin festgehalten."
    )
    assert catalogue.text("told_in_groups", topic="Ausgrenzung", groups=1, total=3) == (
        "In einer Gruppe wurde davon berichtet: „Ausgrenzung“."
    )
    for name in catalogue.declared:
        assert "{" not in example_of(catalogue, name)


@pytest.mark.parametrize("name", [*VARIANTS, "ordinary, public", "after the workshop, public"])
def test_what_is_told_consists_of_sentences_and_rests_on_findings(
    shown: dict[str, list[Shown]], name: str
) -> None:
    catalogue = load_catalogue("dialogue", "de")
    for block in blocks_of(shown[name]):
        if isinstance(block, Paragraph | Note):
            assert block.sentences, block
        if isinstance(block, Listing):
            assert all(entry.sentences for entry in block.entries)
        if isinstance(block, Table) and block.rests_on:
            assert len(block.rests_on) == len(block.rows) * len(block.columns)
    for cell in shown[name]:
        assert {finding.key for finding in cell.findings} == set(keys_of(cell.bundle.blocks))
        known = {finding.key: finding for finding in cell.findings}
        for sentence in sentences_of(cell.bundle.blocks):
            declared = catalogue.declared[sentence.name.removeprefix("dialogue.")]
            assert bool(sentence.rests_on) == bool(declared.rests_on), sentence
            for key in sentence.rests_on:
                read, _ = read_key(key)
                filled = [
                    template.format(who="dialogstadt/2024/dialogue/@", id=read.id, question=read.variant)
                    for template in declared.rests_on
                ]
                assert key in filled, (sentence.name, key)
            for key, printed in sentence.numbers:
                value = known[key.rpartition(".")[0]].value
                assert catalogue.language.count(value) == printed
                # none and one are written out in the forms for them
                assert value in (0, 1) or printed in sentence.text.casefold()


@pytest.mark.parametrize("name", VARIANTS)
def test_headings_have_names_of_their_own_and_no_reader_sees_the_program(
    shown: dict[str, list[Shown]], name: str
) -> None:
    blocks = list(blocks_of(shown[name]))
    anchors = [block.anchor for block in blocks if isinstance(block, Heading)]
    anchors += [block.name for block in blocks if isinstance(block, Table | Figure)]
    assert len(set(anchors)) == len(anchors)
    assert not re.search(r"\bNone\b|\bnan\b|\bTrue\b|not_|\{|\}", text_of(shown[name]))


def test_texts_that_people_gave_are_named_with_their_place(shown: dict[str, list[Shown]]) -> None:
    given = {text["id"]: text for cell in shown["ordinary"] for text in cell.given}
    assert given["statements-2"] == {
        "id": "statements-2", "text": "Im Sportverein fragt niemand, woher jemand kommt.",
        "file": "statements.csv", "tab": "", "row": 2, "column": "text",
    }  # fmt: skip
    assert given["events-2-invited"]["text"] == EVENT["eingeladen"]
    assert given["measures-3-who"]["text"] == "Volkshochschule"
    # whatever is told of what people gave is named
    told = text_of(shown["ordinary"])
    assert all(str(text["text"]) in told for text in given.values())
    # a file may be called after who sent it
    assert {text["file"] for cell in shown["ordinary, public"] for text in cell.given} == {""}
    assert ".csv" not in text_of(shown["ordinary, public"])


def test_only_released_statements_are_quoted_in_either_audience(shown: dict[str, list[Shown]]) -> None:
    for name in ("ordinary", "ordinary, public"):
        told = text_of(shown[name]) + str([cell.given for cell in shown[name]])
        for _, _, text, _, released in STATEMENTS:
            assert (text in told) == (released == "ja"), text


def test_notes_that_are_not_released_are_not_for_the_public(shown: dict[str, list[Shown]]) -> None:
    hidden = "Einige fanden, es werde schon genug getan."
    assert hidden in text_of(shown["ordinary"])
    public = text_of(shown["ordinary, public"]) + str([cell.given for cell in shown["ordinary, public"]])
    assert hidden not in public
    assert "In einer Gruppe gab es verschiedene Meinungen:" in public


def test_a_sensitive_topic_is_told_by_groups_and_stands_in_no_picture_or_order(
    shown: dict[str, list[Shown]],
) -> None:
    told = text_of(shown["all have told of it"])
    # S1 and S7 of A, S3 and S8 of B, S4 of C: to the first question A, B and C, to the third A and B
    assert "In allen drei Gruppen wurde davon berichtet: „erlebte Ausgrenzung“." in told
    assert "In zwei Gruppen wurde davon berichtet: „erlebte Ausgrenzung“." in told
    for block in blocks_of(shown["all have told of it"]):
        if isinstance(block, Figure) or (isinstance(block, Table) and block.name == "influence"):
            assert "Ausgrenzung" not in block_html(block)
    most = [s.text for s in sentences_of(blocks_of(shown["all have told of it"])) if "häufigsten" in s.text]
    assert most
    assert not any("Ausgrenzung" in text for text in most)


@pytest.mark.parametrize("name", ["one group and small ones", "a single group", "nobody wrote down how"])
def test_where_groups_may_be_few_people_no_number_of_them_is_told_of_a_sensitive_topic(
    shown: dict[str, list[Shown]], name: str
) -> None:
    # 18 people in six groups are three in each
    told = text_of(shown[name])
    assert "Auch davon wurde berichtet: „erlebte Ausgrenzung“." in told
    assert "davon berichtet: „erlebte" not in told.replace("Auch davon wurde berichtet", "")
    keys = {finding.key for cell in shown[name] for finding in cell.findings}
    assert not any("/code/rassismus/" in key for key in keys)
    heads = [
        c.title
        for b in blocks_of(shown[name])
        if isinstance(b, Table) and b.name == "statements"
        for c in b.columns
    ]
    assert "Gruppe" not in heads


def test_so_few_people_that_topics_are_theirs_are_not_counted(shown: dict[str, list[Shown]]) -> None:
    told = text_of(shown["four people"])
    assert "An dem Dialog nahmen weniger als fünf Personen teil." in told
    assert not [b for b in blocks_of(shown["four people"]) if isinstance(b, Figure)]
    keys = {finding.key for cell in shown["four people"] for finding in cell.findings}
    assert not any("/code/" in key for key in keys)
    assert "Übereinstimmung" not in told


def test_people_are_counted_by_perspective_where_no_number_is_small(shown: dict[str, list[Shown]]) -> None:
    (table,) = (
        b
        for b in blocks_of(shown["large groups and a list"])
        if isinstance(b, Table) and b.name == "perspectives"
    )
    # politics with three stand beside the administration: the finest merging of five and more
    assert table.rows in (
        (("Verwaltung und Politik", "10"), ("Zivilgesellschaft", "8")),
        (("Verwaltung", "7"), ("Politik und Zivilgesellschaft", "11")),
    )
    told = text_of(shown["large groups and a list"])
    assert not re.search(r"\b[PQR]\d\b", told)


def test_counts_by_hand(shown: dict[str, list[Shown]]) -> None:
    told = text_of(shown["ordinary"])
    # Sprache: S9 (A) and S12 (C) to the fourth question; S10 only by one coder's other code, but both gave zeit
    assert "Am häufigsten genannt: „Verständliche Sprache“ (zwei von drei Gruppen)." in told
    assert "Einzeln genannt: „Zeiten von Angeboten“; „Vorgaben und Mittel des Landes“." in told
    # S8: anna gave rassismus and wohnen, bert wohnen
    assert "Bei einer Aussage kamen die Auswertenden nicht überein" in told
    # S13
    assert "Eine Aussage ist keinem Thema zugeordnet." in told
    findings = {f.key: f for cell in shown["ordinary"] for f in cell.findings}
    found = findings["dialogstadt/2024/dialogue/@/code/sprache/n_groups=4"]
    assert (found.value, found.n_applicable) == (2, 3)
    assert findings["dialogstadt/2024/dialogue/@/code/sprache/n_statements=4"].value == 2
    # rassismus: both gave it S7, only anna S8, nobody the other ten; pa = 11/12
    # π = (1/12 + 2/12)/2 = 0.125; pe = 2·0.125·0.875; AC1 = (11/12 − 0.21875)/0.78125
    ac1 = findings["dialogstadt/2024/dialogue/@/code/rassismus/gwet_ac1"]
    assert (ac1.value, ac1.n) == (pytest.approx(0.893333, abs=5e-7), 12)


def test_an_intention_says_who_and_until_when_or_that_it_is_not_documented(
    shown: dict[str, list[Shown]],
) -> None:
    (table,) = (b for b in blocks_of(shown["ordinary"]) if isinstance(b, Table) and b.name == "intentions")
    assert table.rows == (
        (
            "Briefe in einfacher Sprache",
            "Bürgerbüro",
            "Juni 2025",
            "„Briefe vom Amt versteht man kaum.“",
            "geplant",
        ),
        (
            "Kurse am Abend",
            "Volkshochschule",
            "nicht dokumentiert",
            "„Welche Hürden sehen Sie?“",
            "nicht dokumentiert",
        ),
        (
            "Ein Fest im Jahr",
            "nicht dokumentiert",
            "nicht dokumentiert",
            "Ergebnis\N{NO-BREAK SPACE}1",
            "nicht dokumentiert",
        ),
    )
    # a date is written as all others
    assert "Ein Beirat (bis: 31. Dezember 2025; Zuständigkeit nicht dokumentiert)" in text_of(
        shown["results and own questions"]
    )
    # the words of a statement that is not released do not come in by the way
    other = text_of(shown["before and after"])
    assert "eine Aussage, die nicht freigegeben ist" in other
    assert "Auf dem Markt hört man viele Sprachen." not in other


def test_where_topics_share_a_low_first_place_none_is_called_the_most_frequent(
    shown: dict[str, list[Shown]],
) -> None:
    told = text_of(shown["none leads"])
    # S1 of A and S3 of B, S2 of A and S4 of C: two of six groups each
    said = "Kein Thema überwog; in je zwei von sechs Gruppen ging es um „Orte der Begegnung“ und „Verständliche Sprache“."
    # in the essentials and to the question
    assert told.count(said) == 2


def test_the_essentials_tell_a_sensitive_topic_before_what_was_raised_most(
    shown: dict[str, list[Shown]],
) -> None:
    told = " ".join(sentence.text for sentence in sentences_of(shown["all have told of it"][1].bundle.blocks))
    # S1 of A, S3 of B and S4 of C; S2 of A is the only other statement
    assert (
        "In allen drei Gruppen kam das Thema „erlebte Ausgrenzung“ zur Sprache. "
        "Genannt wurde außerdem ein Thema, in einer Gruppe."
    ) in told
    small = text_of(shown["one group and small ones"])
    assert "„erlebte Ausgrenzung“ kam zur Sprache. " in small
    # of what else was raised to a question it is said that it is the rest: S9 of A and S12 of C
    beside = text_of(shown["told beside others"])
    assert (
        "In einer von drei Gruppen kam das Thema „erlebte Ausgrenzung“ zur Sprache. Unter den übrigen Themen ging es am "
        "häufigsten um „Verständliche Sprache“, genannt in zwei von drei Gruppen."
    ) in beside
    none = text_of(shown["told and none leads"])
    assert "Unter den übrigen Themen überwog keines; in je zwei von sechs Gruppen ging es um " in none


def test_where_nobody_came_it_is_said_so(shown: dict[str, list[Shown]]) -> None:
    told = text_of(shown["nobody came"])
    assert "Am 21. September 2024 war zu einem Dialog darüber eingeladen, wie Weltoffenheit in" in told
    assert "gekommen ist niemand." in told
    assert "Eine Person hatte sich angemeldet. Gekommen ist niemand." in told
    assert "Sie arbeiteten" not in told
    assert not re.search(r"\b[Nn]ull\b|\b0 Personen", told)


def test_what_is_not_documented_of_the_last_chapters_stands_in_a_box_without_headings(
    shown: dict[str, list[Shown]], tmp_path: Path
) -> None:
    study = write_dialogue(tmp_path / "bare", notes=(), event={"Rahmen": "Dialog", "Datum": "2024-09-21"})
    bare = cells_of(load_dialogue(study, "dialogstadt", "2024"))
    headings = [block.text for block in blocks_of(bare) if isinstance(block, Heading)]
    assert "Worüber gab es keine Einigkeit?" not in headings
    assert "Wie geht es weiter?" not in headings
    (box,) = (b for b in blocks_of(bare) if isinstance(b, Note) and b.label == "Was offen ist")
    assert box.text == (
        "Nicht dokumentiert ist Folgendes: wie viele sich angemeldet hatten, wie viele kamen, wer auf welchen "
        "Wegen eingeladen wurde, wer nicht erreicht wurde, die Form, der Ort oder die Plattform, die Dauer, die "
        "Moderation, die Verdolmetschung, die Größe der Gruppen, wie die Gruppen gebildet "
        "oder ausgelost wurden, ob es verschiedene Meinungen gab und wann und wo Teilnehmende erfahren, was aus "
        "ihren Beiträgen wird."
    )
    there = [block.text for block in blocks_of(shown["ordinary"]) if isinstance(block, Heading)]
    assert "Worüber gab es keine Einigkeit?" in there
    assert "Wie geht es weiter?" in there


def test_what_stands_in_the_essentials_in_part_says_so(shown: dict[str, list[Shown]]) -> None:
    summary = " ".join(sentence.text for sentence in sentences_of(shown["none leads"][1].bundle.blocks))
    assert "Sechs Vorhaben wurden genannt." in summary
    assert "hier einige davon: Vorhaben 0" in summary
    # of none is known who, and until when: that is said once
    assert "Bei keinem der sechs Vorhaben ist beides dokumentiert" in summary
    assert "Zuständigkeit und Termin nicht dokumentiert" not in summary
    assert "hier einige davon" not in text_of(shown["ordinary"])
    assert "Sie stehen im Abschnitt „Ergebnisse der Veranstaltung“." in summary


def test_drawn_groups_are_told_with_their_size(shown: dict[str, list[Shown]]) -> None:
    # 47 in six groups, 18 in three; without a draw on average
    assert "sieben oder acht Personen" in text_of(shown["none leads"])
    assert "Größe der Gruppen sechs Personen" in text_of(shown["ordinary"])
    assert "im Durchschnitt 6 Personen" in text_of(shown["after the workshop"])


#: What is told of a dialogue, and how it is said that it is not documented.
TOLD = {
    "Form": "die Form", "Ort oder Plattform": "der Ort oder die Plattform", "Dauer": "die Dauer",
    "Moderation": "die Moderation", "Verdolmetschung": "die Verdolmetschung",
    "Zahl der Gruppen": "die Zahl der Gruppen", "Größe der Gruppen": "die Größe der Gruppen",
    "Startzahl der Auslosung": "wie die Gruppen gebildet oder ausgelost wurden",
    "Einladung": "wer auf welchen Wegen eingeladen wurde",
    "Nicht erreicht (Einschätzung)": "wer nicht erreicht wurde",
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_facts_name_everything_that_a_dialogue_has_to_tell(shown: dict[str, list[Shown]], name: str) -> None:
    boxes = [b.text for b in blocks_of(shown[name]) if isinstance(b, Note) and b.label == "Was offen ist"]
    lacking = " ".join(boxes)
    facts = {
        term: entry.text for b in blocks_of(shown[name]) if isinstance(b, Facts) for term, entry in b.facts
    }
    assert {term for term, said in TOLD.items() if (term in facts) == (said in lacking)} == set()
    assert all(facts.values())


def test_another_study_speaks_in_its_own_words(tmp_path: Path) -> None:
    study = write_dialogue(
        tmp_path / "schule",
        event={"Rahmen": "Dialog"},
        notes=[("Gut.", "Anmerkung", "", "ja")],
        codebook=CODEBOOK[1:],
    )
    text = (study / "study.toml").read_text(encoding="utf-8")
    (study / "study.toml").write_text(
        text + '[words]\nunit = { de = ["Schule", "Schulen"] }\n', encoding="utf-8"
    )
    told = text_of(cells_of(load_dialogue(study, "dialogstadt", "2024")))
    assert "Schule Dialogstadt, Stadt" in told
    assert "In Dialogstadt gab es einen Dialog" in told
    assert not re.search("Verwaltung|Kommune|Workshop|Selbstcheck", told)
