"""Structure files: the same survey from each of them, and what is no survey refused in a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from places import REFERENCE

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.limesurvey.structure import Structure
from weltoffen_eval.study.limesurvey.structure_files import MOST_BYTES, read_structure
from weltoffen_eval.study.limesurvey.survey_file import write_survey
from weltoffen_eval.study.questionnaire.files import read_instrument

STRUCTURES = REFERENCE / "limesurvey" / "structure"
DOCUMENT = b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>"


def read(path: Path) -> tuple[Structure | None, list[str]]:
    faults: list[Fault] = []
    return read_structure(path, path.name, faults), [fault.found for fault in faults]


def test_the_lss_and_the_txt_of_one_survey_say_the_same() -> None:
    of_lss, faults = read(STRUCTURES / "feld-1.lss")
    of_txt, more = read(STRUCTURES / "selbstcheck-1.txt")
    assert of_lss and of_txt and not faults + more
    questions = {question.code: question for question in of_txt.questions}
    assert [question.code for question in of_lss.questions][:4] == ["rolle", "K01", "K02", "K03"]
    for question in of_lss.questions:
        assert questions[question.code] == question
    assert of_lss.attributes == of_txt.attributes == {"attribute_1": "Kommune", "attribute_2": "AGS"}


def test_an_archive_gives_the_structure_in_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "u.lsa", "w") as archive:
        archive.write(STRUCTURES / "feld-1.lss", "survey_1.lss")
        archive.writestr("survey_1_responses.lsr", "<document/>")
    structure, faults = read(tmp_path / "u.lsa")
    assert structure == read(STRUCTURES / "feld-1.lss")[0] and not faults


def test_what_is_written_is_read(tmp_path: Path) -> None:
    told: list[Fault] = []
    instrument = read_instrument(REFERENCE / "limesurvey" / "instrument", "instrument", told)
    assert instrument is not None
    (tmp_path / "F.lss").write_bytes(write_survey(instrument).lss)
    structure, faults = read(tmp_path / "F.lss")
    assert structure and not faults
    assert sum(len(question.parts) for question in structure.questions) == 108


BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n else b"&a;") * 10) for n in range(10)
)
HOSTILE = {
    "a bomb of entities": (".lss", BOMB + b"]><document>&a9;</document>", "a document type or entities"),
    "a file of the system": (
        ".lss",
        b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><document>&a;</document>',
        "a document type or entities",
    ),
    "elements without end": (".lss", b"<a>" * 5_000, "XML that cannot be read"),
    "5,000 within each other": (".lss", b"<a>" * 5_000 + b"</a>" * 5_000, "no structure of a survey"),
    "an encoding that nobody knows": (".lss", b'<?xml version="1.0" encoding="foo"?><a/>', "XML that cannot be read"),
    "nothing": (".lss", b"", "XML that cannot be read"),
    "another document": (".lss", b"<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>", "no structure"),
    "no questions": (".lss", DOCUMENT + b"</document>", "a survey without questions"),
    "too large": (".lss", DOCUMENT + b" " * MOST_BYTES, f"{MOST_BYTES + len(DOCUMENT):,} bytes"),
    "bytes": (".txt", b"\xff\xfe\xff", "letters that are no UTF-8"),
    "a NUL": (".lss", DOCUMENT + b"\x00</document>", "XML that cannot be read"),
    "no tabs": (".txt", b"class,name,text,language\n", "no heading of a structure"),
    "an open quote": (".txt", b'class\tname\ttext\tlanguage\nQ\t"' + b"a" * 2_000_000, "quotes that do not fit"),
    "no archive": (".lsa", b"PK\x03\x04 nothing", "an archive that cannot be read"),
    "another ending": (".pdf", b"%PDF", "a file 'u.pdf'"),
}  # fmt: skip


@pytest.mark.parametrize("ending, content, told", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_structure_is_refused_in_a_sentence(
    tmp_path: Path, ending: str, content: bytes, told: str
) -> None:
    path = tmp_path / f"u{ending}"
    path.write_bytes(content)
    structure, faults = read(path)
    assert structure is None
    assert len(faults) == 1 and faults[0].startswith(told), faults


def test_an_archive_is_not_unpacked_beyond_the_size_of_a_structure(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "u.lsa", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("survey.lss", b" " * (MOST_BYTES * 2))
    assert read(tmp_path / "u.lsa") == (None, ["a structure that is too large"])


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "u.lsa"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(STRUCTURES / "feld-1.lss", "survey.lss")
    content = bytearray(path.read_bytes())
    content[200:400] = b"\xff" * 200
    path.write_bytes(content)
    structure, faults = read(path)
    assert structure is None and faults[0].startswith("an archive that cannot be read")
