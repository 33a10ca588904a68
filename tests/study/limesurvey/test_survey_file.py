"""The survey that is written is built as the one that was really imported, and nothing in it would be changed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from places import REFERENCE

from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.study.limesurvey.survey_file import WrittenSurvey, write_survey
from weltoffen_eval.study.questionnaire.files import instrument_names, load_instrument, read_instrument
from weltoffen_eval.study.questionnaire.instrument import Instrument

#: Imported and activated in LimeSurvey 3.28.66, 5.6.33 and 6.1.8.
IMPORTED = REFERENCE / "limesurvey" / "structure" / "feld-1.lss"
INSTRUMENT = REFERENCE / "limesurvey" / "instrument"


def instrument_of(folder: Path) -> Instrument:
    faults: list[Fault] = []
    instrument = read_instrument(folder, "instrument", faults)
    assert instrument is not None, [(fault.column, fault.found) for fault in faults]
    return instrument


def rows(document: ElementTree.Element, section: str) -> list[dict[str, str]]:
    return [{field.tag: field.text or "" for field in row} for row in document.findall(f"{section}/rows/row")]


@pytest.fixture(scope="module")
def written() -> ElementTree.Element:
    return ElementTree.fromstring(write_survey(instrument_of(INSTRUMENT)).lss)


@pytest.fixture(scope="module")
def imported() -> ElementTree.Element:
    return ElementTree.parse(IMPORTED).getroot()


def test_each_section_has_the_fields_of_the_survey_that_was_imported(
    written: ElementTree.Element, imported: ElementTree.Element
) -> None:
    assert [section.tag for section in written] == [section.tag for section in imported]
    for section in (child.tag for child in imported if child.find("rows") is not None):
        fields = {frozenset(row) for row in rows(written, section)}
        assert fields == {frozenset(rows(imported, section)[0])}, section
        assert {f.text for f in written.findall(f"{section}/fields/fieldname")} == set(next(iter(fields)))


def test_the_first_field_is_as_the_survey_that_was_imported_has_it(
    written: ElementTree.Element, imported: ElementTree.Element
) -> None:
    def arrays(document: ElementTree.Element) -> dict[str, object]:
        found = {}
        for question in rows(document, "questions"):
            if question["type"] == "F" and question["title"] <= "K04":
                parts = [r for r in rows(document, "subquestions") if r["parent_qid"] == question["qid"]]
                answers = [r for r in rows(document, "answers") if r["qid"] == question["qid"]]
                found[question["title"]] = (
                    question["question"],
                    [(p["title"], p["question"], p["question_order"], p["scale_id"]) for p in parts],
                    [(a["code"], a["answer"], a["sortorder"], a["scale_id"]) for a in answers],
                )
        return found

    assert arrays(written) == arrays(imported)
    (ours,), (theirs,) = rows(written, "surveys"), rows(imported, "surveys")
    assert {k: v for k, v in ours.items() if k not in ("sid", "attributedescriptions")} == {
        k: v for k, v in theirs.items() if k not in ("sid", "attributedescriptions")
    }
    assert json.loads(ours["attributedescriptions"]) == json.loads(theirs["attributedescriptions"])
    assert rows(written, "groups")[0]["group_name"] == rows(imported, "groups")[0]["group_name"]
    (titles,) = rows(written, "surveys_languagesettings")
    assert titles["surveyls_dateformat"] == titles["surveyls_numberformat"] == "1"


def test_ids_are_links_within_the_file(written: ElementTree.Element) -> None:
    groups = {row["gid"] for row in rows(written, "groups")}
    questions = [row["qid"] for row in rows(written, "questions")]
    parts = [row["qid"] for row in rows(written, "subquestions")]
    assert len(set(questions + parts)) == len(questions + parts)
    assert {row["gid"] for row in rows(written, "questions")} == groups
    assert {row["parent_qid"] for row in rows(written, "subquestions")} == set(questions)
    assert {row["qid"] for row in rows(written, "answers")} == set(questions)
    assert len(parts) == 108 and len(groups) == 7


@pytest.mark.parametrize("name", instrument_names())
def test_codes_of_the_shipped_questionnaires_are_such_as_limesurvey_keeps(name: str) -> None:
    survey = write_survey(load_instrument(name))
    document = ElementTree.fromstring(survey.lss)
    codes = {row["title"] for row in rows(document, "questions")}
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9]{0,19}", code) for code in codes)
    assert all(re.fullmatch("[A-Za-z0-9]{1,5}", row["code"]) for row in rows(document, "answers"))
    assert all(not re.fullmatch("[A-Za-z0-9]{1,20}", item) for item in survey.changed)
    assert survey.languages == ("de", "en")
    assert len(rows(document, "subquestions")) == 2 * len(
        {row["title"] for row in rows(document, "subquestions")}
    )
    assert survey.lss == write_survey(load_instrument(name)).lss


INSTRUMENT_FILE = """id = "klein"
edition = "1"
title = {{ de = {title} }}
source = "made"
licence = "CC0-1.0"
[[dimension]]
id = "a"
title = {{ de = {field} }}
[[scale]]
id = "s"
kind = "ordinal"
options = [
  {{ code = {code}, points = 0, label = {{ de = "R&D < {{2+3}}" }}, help = {{ de = "kurz" }} }},
  {{ code = 7, points = 100, label = {{ de = "ja" }} }},
]
non_answers = [{{ kind = "skipped", code = -9, label = {{ de = "keine Angabe" }} }}]
[[scale]]
id = "n"
kind = "numeric"
min = 0
max = 50
"""


def small(folder: Path, title: str = "T", field: str = "F", code: int = 0, items: str = "") -> WrittenSurvey:
    text = INSTRUMENT_FILE.format(title=json.dumps(title), field=json.dumps(field), code=code)
    (folder / "instrument.toml").write_text(text, encoding="utf-8")
    header = "item,dimension,position,scale,direction,text_de\n"
    (folder / "items.csv").write_text(
        header + (items or "A1,a,1,s,1,Text\nZ,a,2,n,1,Zahl\n"), encoding="utf-8"
    )
    return write_survey(instrument_of(folder))


def test_texts_are_no_html_and_nothing_in_braces_is_computed(tmp_path: Path) -> None:
    survey = small(tmp_path, items='A1,a,1,s,1,"<b>{2+3}</b> & ]]> mehr"\n')
    document = ElementTree.fromstring(survey.lss)
    assert (
        rows(document, "subquestions")[0]["question"]
        == "&lt;b&gt;&#123;2+3&#125;&lt;/b&gt; &amp; ]]&gt; mehr"
    )
    assert rows(document, "answers")[0]["answer"] == "R&amp;D &lt; &#123;2+3&#125;"
    # keine Angabe is what LimeSurvey offers by itself
    assert [row["answer"] for row in rows(document, "answers")][1:] == ["ja"]
    assert rows(document, "questions")[0]["help"] == "R&amp;D &lt; &#123;2+3&#125;: kurz"


def test_an_item_that_is_a_number_is_a_question_of_its_own_and_says_between_which_it_lies(
    tmp_path: Path,
) -> None:
    document = ElementTree.fromstring(small(tmp_path).lss)
    assert [(r["title"], r["type"]) for r in rows(document, "questions")] == [("K01", "F"), ("Z", "N")]
    assert rows(document, "questions")[1]["help"] == "Bitte geben Sie eine Zahl von 0 bis 50 an."


def test_ids_that_limesurvey_would_change_have_a_code_of_their_own_in_the_table(tmp_path: Path) -> None:
    items = "MS-01,a,1,s,1,Eins\nms02,a,2,s,1,Zwei\nMS02,a,3,s,1,Drei\ntime,a,4,s,1,Vier\n1x,a,5,n,1,Fünf\nSID,a,6,n,1,Sechs\n"
    survey = small(tmp_path, items=items)
    assert survey.changed == {"MS-01": "I001", "MS02": "I003", "time": "I004", "1x": "I005", "SID": "I006"}
    assert survey.codes.decode().splitlines() == [
        "item,code", "MS-01,K01[I001]", "ms02,K01[ms02]", "MS02,K01[I003]", "time,K01[I004]", "1x,I005", "SID,I006",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong, told",
    [
        ({"title": "x" * 201}, "201 letters"),
        # what is escaped is longer than what is read
        ({"field": "<" * 26}, "104 letters"),
        ({"code": 100_000}, "the code 100000"),
        ({"code": -10_000}, "the code -10000"),
    ],
)
def test_what_limesurvey_would_cut_or_drop_is_refused(
    tmp_path: Path, wrong: dict[str, object], told: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        small(tmp_path, **wrong)  # type: ignore[arg-type]
    assert [fault.found.startswith(told) for fault in refused.value.faults] == [True]
    assert small(tmp_path, title="x" * 200, field="<" * 25, code=-9_999).lss
