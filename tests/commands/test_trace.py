"""trace, called as a user calls it: from a number or a sentence of a report back to the answers."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from functools import cache
from pathlib import Path

import pytest
import shared as made
from calls import call_within
from kept_archives import laid_out

from weltoffen_eval.study.example.generator import write_study


@pytest.fixture(scope="module")
def project(shared: Path) -> Path:
    made.example_reports(shared)
    return made.project_of(shared)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as its generator writes it."""
    folder = tmp_path_factory.mktemp("generated")
    write_study(folder)
    return folder


@cache
def raw_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a generated file as Python's own reader has it; the first is row 2."""
    text = path.read_text(encoding="utf-8-sig")
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_twenty_numbers_of_musterstadt_are_traced_to_the_cells_that_the_generator_wrote(
    project: Path, shared: Path, generated: Path
) -> None:
    folder = shared / "out" / "beispiel"
    reports = [folder / "musterstadt/final_report.html", folder / "musterstadt/council_paper.html"]
    reports += [folder / wave / "musterstadt/workshop.html" for wave in ("2021", "2024")]
    found = []
    for report in reports:
        twin = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
        found += [
            (report, one["key"], one["value"])
            for one in twin["findings"]
            if re.fullmatch(r"musterstadt/\d+/questionnaire/administration/.*/score", one["key"])
            and one["value"] is not None
        ]
    levels, answers = set(), 0
    draw = random.Random(17)
    chosen = []
    for level, count in (("item", 7), ("criterion", 7), ("dimension", 6)):
        chosen += draw.sample([one for one in found if f"/{level}/" in one[1]], count)
    for report, key, printed in chosen:
        wave, level = key.split("/")[1], key.split("/")[4]
        done = call_within(project, "trace", str(report), key, "--json")
        assert done.returncode == 0, done.stderr
        (trace,) = json.loads(done.stdout)["traces"]
        (party,) = trace["parties"]
        assert trace["shown"]["value"] == printed == pytest.approx(trace["score"])
        for item in party["items"]:
            for answer in item["answers"]:
                place = answer["place"]
                row = raw_rows(generated / place["file"])[place["row"] - 2]
                assert place["file"].startswith(f"{wave}/")
                assert (row["municipality"], row["respondent"]) == ("musterstadt", answer["respondent"])
                assert place["column"] == item["item"]
                assert row[place["column"]] == place["text"]
            answers += len(item["answers"])
            points = [one["points"] for one in item["answers"] if one["points"] is not None]
            if level == "item":
                assert sum(points) / len(points) == pytest.approx(printed)
        levels.add(level)
    assert levels >= {"item", "dimension"}
    assert answers > 50


def test_a_corrected_cell_is_traced_with_what_corrected_it(project: Path, tmp_path: Path) -> None:
    study = laid_out(tmp_path) / "study"
    (study / "corrections.csv").write_text(
        "file,row,column,old,new,reason\nverwaltung.csv,2,A3,teilweise,ja,Anruf vom 3. Mai\n",
        encoding="utf-8",
    )
    report = tmp_path / "reports" / "2021" / "adorf" / "selfcheck.json"
    key = next(
        one["key"]
        for one in json.loads(report.read_text(encoding="utf-8"))["findings"]
        if one["key"].endswith("/administration/dimension/alpha/score")
    )
    done = call_within(project, "trace", str(report), key, "--study", str(study))
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.strip() for line in done.stdout.splitlines()]
    at = next(n for n, line in enumerate(lines) if "verwaltung.csv, row 2, column A3: 'teilweise'" in line)
    assert lines[at + 1] == "corrected by corrections.csv, row 2: 'teilweise' to 'ja' (Anruf vom 3. Mai)"


def test_a_sentence_is_traced_and_what_is_not_there_is_said(project: Path, shared: Path) -> None:
    report = shared / "out" / "beispiel" / "musterstadt" / "final_report.html"
    done = call_within(project, "trace", str(report), "topic_in_words")
    assert done.returncode == 0
    assert "2024/verwaltung.csv, row " in done.stdout
    assert "computed anew from the answers: " in done.stdout
    given = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))["given"][0]
    done = call_within(project, "trace", str(report), given["id"])
    assert f"as written in {given['file']}, row {given['row']}" in done.stdout
    for wanted, said in (("topic_in_word", "Did you mean 'topic_in_words'"), ("a/b", "no such key")):
        done = call_within(project, "trace", str(report), wanted)
        assert done.returncode == 2
        assert said in done.stderr
    done = call_within(project, "trace", str(report.with_name("nowhere.pdf")), "x")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_what_persons_have_together_is_not_told_beside_the_door(project: Path) -> None:
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.trace import Tracer
    from weltoffen_eval.study.definition import load_study

    study = load_study("beispiel")
    tracer = Tracer(study, load_scheme(None, study))
    trace = tracer.trace("musterstadt/2024/workshop/civil_society/dimension/access/score")
    assert [party.of_persons for party in trace.parties] == [True]
    assert trace.score is None
    own = tracer.trace("musterstadt/2024/questionnaire/administration/dimension/access/score")
    assert own.score is not None


def test_of_persons_a_trace_tells_how_many_and_no_answer(
    project: Path, shared: Path, generated: Path
) -> None:
    report = shared / "out" / "beispiel" / "2024" / "musterstadt" / "workshop.html"
    twin = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    key = next(one["key"] for one in twin["findings"] if "/workshop/civil_society/dimension/" in one["key"])
    done = call_within(project, "trace", str(report), key)
    assert done.returncode == 0, done.stderr
    rows = raw_rows(generated / "2024" / "workshop.csv")
    those = [
        row for row in rows if (row["municipality"], row["Gruppe"]) == ("musterstadt", "Zivilgesellschaft")
    ]
    assert len(those) > 10
    assert f"2024, workshop, civil_society: {len(those)} persons\n" in done.stdout
    assert not [row["respondent"] for row in those if re.search(rf"\b{row['respondent']}\b", done.stdout)]
    assert "nobody is to be found in them" in done.stdout
    assert "workshop.csv" not in done.stdout
