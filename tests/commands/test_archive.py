"""archive, verify, diff and trace, called as a user calls them, over the reports of the example study."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import pytest
import shared as made
from calls import call_within
from kept_archives import LAYOUT_1, changed_archive, payload_of
from places import REFERENCE, ROOT

from weltoffen_eval.study.example.generator import write_study


@pytest.fixture(scope="module")
def project(shared: Path) -> Path:
    made.example_reports(shared)
    return made.project_of(shared)


@pytest.fixture(scope="module")
def archive(project: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "a.zip"
    done = call_within(project, "archive", "beispiel", "--out", str(path), "--reports", str(shared / "out"))
    assert done.returncode == 0, done.stderr
    assert done.stderr == "Not for publication: this archive holds the study's own data.\n"
    return path


def files_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as opened:
        return [name.removeprefix("beispiel/") for name in opened.namelist()]


def test_an_archive_holds_data_program_reports_and_what_describes_them(archive: Path) -> None:
    files = files_of(archive)
    assert {
        "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "codecheck.yml",
        "data/ro-crate-metadata.json", "data/datapackage.json", "data/scheme.toml", "data/study/study.toml",
        "data/study/2024/verwaltung.csv", "data/instrument/selbstcheck-2/items.csv",
        "data/notebooks/02_selfcheck.ipynb", "data/reports/manifest.json",
        "data/reports/2021/modellstadt/selfcheck.pdf", "data/reports/2021/modellstadt/selfcheck.ipynb",
        "data/processed/responses.parquet", "data/codebook/selbstcheck-1.csv",
        "data/software/requirements.txt", "data/metadata/datacite.json",
        "data/metadata/ddi-codebook-2.5.xml",
    } <= set(files)  # fmt: skip
    assert any(name.endswith(".whl") for name in files)
    assert not any("/." in name for name in files)


def test_every_report_has_an_action_that_names_its_notebook_and_its_files(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        crate = json.loads(opened.read("beispiel/data/ro-crate-metadata.json"))
        manifest = json.loads(opened.read("beispiel/data/reports/manifest.json"))
    by_id = {entity["@id"]: entity for entity in crate["@graph"]}
    actions = {name: entity for name, entity in by_id.items() if entity["@type"] == "CreateAction"}
    assert len(actions) == len(manifest["reports"])
    action = actions["#report/2021/modellstadt/selfcheck"]
    assert {"@id": "notebooks/02_selfcheck.ipynb"} in action["object"]
    assert {"@id": "reports/2021/modellstadt/selfcheck.pdf"} in action["result"]
    used = {one["@id"] for entity in actions.values() for one in (*entity["object"], *entity["result"])}
    assert used <= by_id.keys()


@pytest.mark.parametrize(
    ("report", "notebook"),
    [
        ("2024/musterstadt/selfcheck", "02_selfcheck"),
        ("2024/musterstadt/2024-06-30_Selbstcheck_musterstadt", "02_selfcheck"),
        ("musterstadt/final_report", "05_final_report"),
        ("_study/all_municipalities", "06_all_municipalities"),
        ("2024/musterstadt/2024-06-30_Selbstcheck_andere", ""),
    ],
)
def test_a_report_is_of_its_notebook_also_under_a_public_name(report: str, notebook: str) -> None:
    from weltoffen_eval.runs.archive import notebook_of

    assert notebook_of(report, "beispiel") == (f"notebooks/{notebook}.ipynb" if notebook else "")


def test_an_archive_is_verified_up_to_the_answers(project: Path, archive: Path) -> None:
    done = call_within(project, "verify", str(archive), "--json")
    assert done.returncode == 0, done.stdout
    verdict = json.loads(done.stdout)
    assert verdict["ok"]
    assert any("numbers of the reports equal" in check["what"] for check in verdict["checks"])


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "reports/2021/adorf/selfcheck.json",
            '"low": 33.39519354942873',
            '"low": 34',
            "2021/adorf/selfcheck.json adorf/2021/questionnaire/administration/dimension/beta/band.low: "
            "printed 34, computed 33.39519355",
        ),
        (
            "reports/2021/adorf/selfcheck.html",
            "88 Punkte: obere",
            "89 Punkte: obere",
            "2021/adorf/selfcheck.json: selfcheck.html score_in_words: '89 Punkte: obere Hälfte.', in the twin",
        ),
        ("scheme.toml", 'id = "', '# other\nid = "', "reports name the scheme that lies in the archive"),
        ("reports/2021/adorf/summary.json", None, None, "reports that people read have a twin: 2021/adorf/summary.html"),
        ("reports/2021/adorf/selfcheck.json", None, None, "reports that people read have a twin: 2021/adorf/selfcheck.html"),
        ("study/verwaltung.csv", "adorf,ja,0", "adorf,1,0", "numbers of the reports equal those computed from the answers: "),
    ],
    ids=["number", "sentence", "scheme", "part", "twin", "answers"],
)  # fmt: skip
def test_what_is_untrue_is_found_and_named_though_every_hash_is_right(
    project: Path, tmp_path: Path, file: str, old: str | None, new: str | None, said: str
) -> None:
    content = payload_of(LAYOUT_1)[file].decode()
    if old is not None and new is not None:
        assert old in content
    changed = content.replace(old, new).encode() if old is not None and new is not None else None
    done = call_within(project, "verify", str(changed_archive(tmp_path / "b.zip", {file: changed})))
    assert (done.returncode, done.stderr) == (1, "")
    assert any(line.startswith("WRONG") and said in line for line in done.stdout.splitlines()), done.stdout
    assert done.stdout.splitlines()[-1].endswith("NOT verified (content)")


def test_what_was_changed_between_two_archives_is_told_by_cause(
    project: Path, archive: Path, shared: Path, tmp_path: Path
) -> None:
    other = tmp_path / "c.zip"
    changed = tmp_path / "reports"
    shutil.copytree(shared / "out", changed, symlinks=True)
    done = call_within(project, "archive", "beispiel", "--out", str(other), "--reports", str(changed))
    assert done.returncode == 0
    # the same content is the same bytes, wherever the reports lay
    assert other.read_bytes() == archive.read_bytes()
    found = json.loads(call_within(project, "diff", str(archive), str(other), "--json").stdout)
    assert found["causes"] == {"data": [], "instrument": [], "scheme": [], "code": [], "environment": []}
    twin = changed / "beispiel" / "2021" / "modellstadt" / "selfcheck.json"
    told = json.loads(twin.read_text(encoding="utf-8"))
    finding = next(one for one in told["findings"] if one["key"].endswith("/dimension/access/score"))
    finding["value"] = 12.5
    twin.write_text(json.dumps(told), encoding="utf-8")
    done = call_within(project, "diff", str(shared / "out" / "beispiel"), str(changed / "beispiel"))
    assert done.returncode == 0
    assert f"{finding['key']} " in done.stdout
    assert "→ 12.5" in done.stdout


def test_an_archive_of_no_reports_or_of_changed_ones_is_refused(
    project: Path, shared: Path, tmp_path: Path
) -> None:
    out = str(tmp_path / "a.zip")
    done = call_within(project, "archive", "wilhelmshaven", "--out", out, "--reports", str(tmp_path))
    assert done.returncode == 2
    assert "There are no reports" in done.stderr
    shutil.copytree(shared / "out", tmp_path / "reports", symlinks=True)
    (tmp_path / "reports" / "beispiel" / "2021" / "modellstadt" / "selfcheck.html").write_text("<p>")
    done = call_within(project, "archive", "beispiel", "--out", out, "--reports", str(tmp_path / "reports"))
    assert done.returncode == 2
    assert "2021/modellstadt/selfcheck.html was changed" in done.stderr
    assert not Path(out).exists()


def test_an_archive_is_not_written_into_what_is_archived(project: Path, shared: Path, tmp_path: Path) -> None:
    study = tmp_path / "Größere Stadt"
    shutil.copytree(ROOT / "data/raw/beispiel", study)
    done = call_within(
        project, "archive", str(study), "--out", str(study / "a.zip"), "--reports", str(shared / "out")
    )
    assert done.returncode == 2
    assert f"a.zip lies in {study}, which is archived" in done.stderr
    assert not (study / "a.zip").exists()


def test_a_study_that_is_read_through_a_link_is_not_archived_without_what_it_leads_to(
    project: Path, shared: Path, tmp_path: Path
) -> None:
    study = tmp_path / "verlinkt"
    shutil.copytree(ROOT / "data/raw/beispiel", study)
    # one that leads out of the study is refused by whatever reads it
    (study / "2021/verwaltung.csv").rename(study / "abgelegt.csv")
    (study / "2021/verwaltung.csv").symlink_to("../abgelegt.csv")
    done = call_within(
        project, "archive", str(study), "--out", str(tmp_path / "a.zip"), "--reports", str(shared / "out")
    )
    assert done.returncode == 2
    assert f"{study / '2021/verwaltung.csv'} is a link, which is not archived" in done.stderr
    assert not (tmp_path / "a.zip").exists()


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


def test_of_persons_a_trace_tells_how_many_and_no_answer(project: Path, shared: Path) -> None:
    report = shared / "out" / "beispiel" / "2024" / "musterstadt" / "workshop.html"
    twin = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    key = next(one["key"] for one in twin["findings"] if "/workshop/civil_society/dimension/" in one["key"])
    done = call_within(project, "trace", str(report), key)
    assert done.returncode == 0, done.stderr
    assert "persons" in done.stdout
    assert "nobody is to be found in them" in done.stdout
    assert "workshop.csv" not in done.stdout


@pytest.mark.slow
def test_an_archive_comes_out_again_elsewhere_without_a_network_and_at_another_time(
    shared: Path, tmp_path: Path
) -> None:
    made.project_of(shared)
    project = shared / "projekt"
    reports = tmp_path / "reports"
    chosen = made.municipalities("musterstadt")
    done = call_within(
        project, "run", "beispiel", *chosen, "--format", "html,pdf,docx", "--out", str(reports)
    )
    assert done.returncode == 0, done.stderr
    archive = tmp_path / "a.zip"
    done = call_within(project, "archive", "beispiel", "--out", str(archive), "--reports", str(reports))
    assert done.returncode == 0, done.stderr
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    surroundings = {
        **{name: value for name, value in os.environ.items() if name != "WELTOFFEN_PROJECT"},
        "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(elsewhere),
    }  # fmt: skip
    call = [sys.executable, "-m", "weltoffen_eval.commands.main", "verify", str(archive), "--level", "rerun"]
    # a namespace without a network, where the system allows one
    if subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0:
        call = ["unshare", "-rn", "--", "sh", "-c", 'ip link set lo up 2>/dev/null; exec "$@"', "sh", *call]
    told = subprocess.run(
        [*call, "--json"], cwd=elsewhere, env=surroundings, capture_output=True, text=True, check=False
    )
    verdict = json.loads(told.stdout)
    assert verdict["ok"], told.stdout[-3000:]
    assert {one["state"] for one in verdict["compared"]} == {"identical"}
    assert len(verdict["compared"]) > 100


@pytest.mark.parametrize("kept", sorted((REFERENCE / "archives").glob("*.zip")), ids=lambda path: path.stem)
def test_an_archive_of_an_earlier_version_is_still_verified(project: Path, kept: Path) -> None:
    done = call_within(project, "verify", str(kept), "--level", "content")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "21 numbers of the reports equal" in done.stdout


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("datapackage.json", {"resources": 5}),
        ("reports/manifest.json", {"reports": [1]}),
        ("reports/2021/modellstadt/selfcheck.json", {"schema": "weltoffen-report/1", "findings": 7}),
        (
            "reports/2021/modellstadt/selfcheck.json",
            {"schema": "weltoffen-report/1", "findings": [{"key": 5}]},
        ),
    ],
)
def test_a_file_of_another_shape_is_told_and_not_verified(
    project: Path, tmp_path: Path, path: str, content: object
) -> None:
    path = path.replace("modellstadt", "adorf")
    assert path in payload_of(LAYOUT_1)
    changed_archive(tmp_path / "b.zip", {path: json.dumps(content).encode()})
    done = call_within(project, "verify", str(tmp_path / "b.zip"))
    assert (done.returncode, done.stderr) == (1, "")
    assert "NOT verified" in done.stdout


def test_wheels_that_are_no_folder_are_told(project: Path, archive: Path, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    done = call_within(project, "verify", str(archive), "--level", "rerun", "--wheels", nowhere)
    assert (done.returncode, done.stderr) == (
        2,
        f"weltoffen verify: --wheels is {nowhere}, which is no folder.\n",
    )


def test_own_data_is_not_written_where_reports_lie(project: Path, shared: Path, tmp_path: Path) -> None:
    public = shared / "out" / "beispiel" / "x"
    for words in (
        ("score", "beispiel", "--out", str(public / "s.csv")),
        ("export", "beispiel", "--to", "csv", "--out", str(public)),
        (
            "archive",
            "beispiel",
            "--out",
            str(project / "reports" / "a.zip"),
            "--reports",
            str(shared / "out"),
        ),
    ):
        done = call_within(project, *words)
        assert done.returncode == 2, words
        assert "where reports lie" in done.stderr
    assert not public.exists()
