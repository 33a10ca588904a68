"""Reports for the public: what everybody may read, under names that can be filed, and nothing behind it."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import nbformat
import pikepdf
import pytest
from calls import call_within
from canary import MARK, NOT_INTERNAL, canary_study, found_in
from dialogues import write_dialogue
from slim import make_slim

from weltoffen_eval.publish.running.job import Job, Made, publish
from weltoffen_eval.results.attacked_folders import attack_folders

ADORF = "2021/adorf/2021-06-30_Selbstcheck_adorf"
Call = Callable[..., "subprocess.CompletedProcess[str]"]


class Published(NamedTuple):
    """A study outside of its project of which a public run was made, in German and in English, what it said."""

    study: Path
    said: subprocess.CompletedProcess[str]

    @property
    def project(self) -> Path:
        return self.study.with_name(f"{MARK}-projekt")

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return call_within(self.project, "run", str(self.study), "--audience", "public", *arguments)

    def copy(self, folder: Path) -> Published:
        shutil.copytree(self.study.parent, folder / "copy", symlinks=True)
        made = Published(folder / "copy" / self.study.name, self.said)
        # there it says whose reports they are, and of a study in another folder none are replaced
        shutil.rmtree(made.project / "data" / "processed")
        return made

    @property
    def folder(self) -> Path:
        return self.project / "reports" / "mini-public"

    @property
    def ledger(self) -> Path:
        return self.study / "released"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    made = Published(canary_study(tmp_path_factory.mktemp("public")), subprocess.CompletedProcess((), 0))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("USER", "LOGNAME", "HOSTNAME"):
            patch.setenv(name, f"{MARK}22")
        said = made.call("--keep-going", "--format", "html,pdf,docx")
        english = made.call("--language", "en", "-m", "adorf")
    # the answers of one municipality have a fault
    assert (said.returncode, english.returncode) == (1, 0), said.stderr + english.stderr
    return made._replace(said=said)


def test_no_mark_and_no_trace_of_the_run_is_in_any_public_file(published: Published) -> None:
    assert f"{MARK}21" in published.said.stderr
    assert found_in(published.folder) == []
    assert found_in(published.folder.with_name("mini-en-public")) == []
    assert found_in(published.ledger) == []


def test_the_search_finds_a_mark_in_every_kind_of_file(published: Published, tmp_path: Path) -> None:
    # the name of a municipality is read in each of them
    found = {entry.split()[0].rpartition(".")[2] for entry in found_in(published.folder, "Dedorf am Bach")}
    assert found == {"html", "pdf", "docx", "ipynb", "json"}
    with pikepdf.new() as pdf:
        pdf.docinfo["/Title"] = pikepdf.String(f"Ü {MARK}")
        pdf.add_blank_page()
        pdf.save(tmp_path / "made.pdf")
    assert found_in(tmp_path)


@pytest.mark.parametrize("formats", ["html", pytest.param("pdf,docx", marks=pytest.mark.slow)])
def test_no_comment_participant_or_person_is_in_an_internal_file_either(
    published: Published, tmp_path: Path, formats: str
) -> None:
    again = published.copy(tmp_path)
    done = call_within(again.project, "run", str(again.study), "--keep-going", "--format", formats)
    assert done.returncode == 1, done.stderr
    folder = again.project / "reports" / "mini"
    assert found_in(folder, NOT_INTERNAL) == []
    # what was corrected in a sheet of theirs they may read
    assert found_in(folder, f"{MARK}16")


def test_files_are_named_by_date_title_and_key(published: Published) -> None:
    files = {path.relative_to(published.folder).as_posix() for path in published.folder.rglob("*adorf*.*")}
    whole = {f"{ADORF}.{ending}" for ending in ("html", "pdf", "docx", "ipynb", "json")}
    short = ADORF.replace("Selbstcheck", "Kurzfassung")
    assert whole | {f"{short}.{ending}" for ending in ("html", "pdf", "docx", "json")} <= files
    # nothing is called otherwise, whatever kind of report it is of
    # and of all waves of a municipality together it lies above its waves
    places = ("2021/adorf/2021-06-30_", "adorf/2021-06-30_")
    assert {name for name in files if "tables" not in name and not name.startswith(places)} == set()
    twin = json.loads((published.folder / f"{ADORF}.json").read_text(encoding="utf-8"))
    for table in twin["tables"]:
        assert table["file"].startswith("tables/2021-06-30_Selbstcheck_adorf-")
        assert (published.folder / "2021" / "adorf" / table["file"]).is_file()
    index = (published.folder / "index.html").read_text(encoding="utf-8")
    assert f'href="{ADORF}.pdf"' in index and f'href="{short}.docx"' in index
    assert "Das Wichtigste auf einer Seite" in index and "Kurzfassung<" not in index
    # who sent nothing is named nowhere
    assert not [
        path for path in published.folder.rglob("*") if path.is_file() and b"tilldorf" in path.read_bytes()
    ]


def test_papers_that_people_finish_are_in_no_public_file(published: Published) -> None:
    final = published.folder / "adorf" / "2021-06-30_Abschlussbericht_adorf.html"
    assert "Abschlussbericht: Adorf" in final.read_text(encoding="utf-8")
    assert final.with_suffix(".ipynb").is_file()
    for word in ("Diese Vorlage ist ein Entwurf", "council_paper", "plain_language"):
        assert found_in(published.folder, word) == []


def test_what_is_not_for_the_public_is_left_out_and_said(published: Published) -> None:
    for name in ("data_quality", "all_municipalities", "instrument_quality"):
        assert f"left out: {name}: it is not for the public" in published.said.stdout
    assert {path.parent.name for path in published.folder.rglob("*.json")} == {
        "mini-public", "adorf", "cekreis", "dedorf",
    }  # fmt: skip


def test_a_public_report_says_for_whom_it_is_and_shows_no_comparison_log_or_file(
    published: Published,
) -> None:
    twin = json.loads((published.folder / f"{ADORF}.json").read_text(encoding="utf-8"))
    assert (twin["audience"], twin["status"], twin["released_on"]) == ("public", "released", "2021-10-14")
    quantities = {finding["key"].rpartition("/")[2].partition("=")[0] for finding in twin["findings"]}
    assert "score" in quantities
    assert not quantities & {"median", "q25", "q75", "position"}
    page = (published.folder / f"{ADORF}.html").read_text(encoding="utf-8")
    assert "vereinheitlicht" not in page
    assert ".csv" not in page.partition("Woher kommen die Zahlen?")[2].partition("</dl>")[0]


def test_the_notebook_of_a_public_report_holds_what_its_page_shows_and_no_code(published: Published) -> None:
    node = nbformat.read(published.folder / f"{ADORF}.ipynb", as_version=4)
    nbformat.validate(node)
    assert {cell.source for cell in node.cells if cell.cell_type == "code"} == {""}
    assert not [cell for cell in node.cells if "internal" in cell.metadata.get("tags", [])]
    assert len(node.cells) > 10


def test_why_a_report_is_refused_is_told_to_those_alone_who_make_it(published: Published) -> None:
    page = published.folder / "2021" / "bestadt" / "2021-06-30_Selbstcheck_bestadt.html"
    assert "Dieser Bericht konnte nicht erneuert werden" in page.read_text(encoding="utf-8")
    assert "<pre" not in page.read_text(encoding="utf-8")
    record = json.loads((published.folder / "run.json").read_text(encoding="utf-8"))
    assert {entry["reason"] for entry in record["reports"]} == {""}
    assert record["left_out"] == []


def test_what_is_released_is_in_the_ledger_with_its_twin_and_a_draft_is_not(published: Published) -> None:
    with (published.ledger / "ledger.csv").open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    assert head == ["number", "municipality", "wave", "report", "date", "file", "sha256"]
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    short = ADORF.replace("Selbstcheck", "Kurzfassung")
    assert [row[1:6] for row in rows if row[3] in ("summary", "selfcheck")] == [
        ["adorf", "2021", "summary", "2021-10-14", f"mini-public/{short}.json"],
        ["adorf", "2021", "selfcheck", "2021-10-14", f"mini-public/{ADORF}.json"],
        ["adorf", "2021", "summary", "2021-10-14", f"mini-en-public/{short}.json"],
        ["adorf", "2021", "selfcheck", "2021-10-14", f"mini-en-public/{ADORF}.json"],
    ]
    assert {row[1] for row in rows} == {"adorf"}
    for row in rows:
        twin = (published.ledger / f"{row[0]}.json").read_bytes()
        assert twin == (published.project / "reports" / row[5]).read_bytes()
        assert hashlib.sha256(twin).hexdigest() == row[6]


def test_the_attack_reads_public_reports_with_the_ledger(published: Published) -> None:
    found = attack_folders(published.folder, [published.ledger])
    assert (found.recovered, found.unsaid) == ([], [])


def test_a_second_run_keeps_all_enters_nothing_and_makes_the_same_bytes(
    published: Published, tmp_path: Path
) -> None:
    assert re.search(r"\b0 reports made, [1-9] kept", published.call("-m", "adorf").stdout)
    again = published.copy(tmp_path)
    before = _files(again)
    done = again.call("-m", "adorf", "--fresh", "--format", "html,pdf,docx")
    assert re.search(r"\b[1-9] reports made, 0 kept", done.stdout)
    after = _files(again)
    assert sorted(map(str, after)) == sorted(map(str, before))
    # of others the index says that their answers have faults
    told = {"run.json", "manifest.json", "index.html"}
    assert {path.name for path in before if before[path] != after[path]} <= told


def _files(of: Published) -> dict[Path, bytes]:
    return {p: p.read_bytes() for place in (of.folder, of.ledger) for p in place.rglob("*") if p.is_file()}


def test_a_scheme_for_small_groups_is_refused_with_2_and_nothing_is_written(
    within: Call, project: Path
) -> None:
    done = within("run", "mini", "--audience", "public")
    assert done.returncode == 2
    assert "groups of 3 persons (min_group_size)" in done.stderr and "at least 5" in done.stderr
    assert not (project / "reports").exists()
    assert not (project / "data" / "raw" / "mini" / "released").exists()


def test_a_report_that_is_not_for_the_public_is_refused_by_name(within: Call) -> None:
    done = within("run", "mini", "--audience", "public", "-n", "data_quality")
    assert done.returncode == 2
    assert "no report for the audience 'public' of data_quality" in done.stderr


def test_a_ledger_that_lost_a_twin_is_refused_with_3(published: Published, tmp_path: Path) -> None:
    again = published.copy(tmp_path)
    (again.ledger / "2.json").unlink()
    done = again.call("-m", "adorf", "--fresh")
    assert done.returncode == 3
    assert "released/2.json is not there" in done.stderr and "Restore the folder" in done.stderr


def test_of_a_report_that_failed_nothing_is_left_but_that_there_is_none(tmp_path: Path) -> None:
    # a key may hold a dot
    target = tmp_path / "2021-06-30_Selbstcheck_bad.homburg"
    job = Job(
        notebook=Path("x.ipynb"), parameters={}, title="Selbstcheck: Bad Homburg", inputs={}, target=target,
        parts=("summary",), part_names=("2021-06-30_Kurzfassung_bad.homburg",), public=True,
    )  # fmt: skip
    names = [f"{name}.{ending}" for name in job.names for ending in ("html", "pdf", "json")]
    publish(job, Made({tmp_path / name: b"made" for name in names}))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    made = publish(job, Made(reason=f"cell 3: {MARK}", remains=MARK.encode()))
    assert (made.reason, made.files) == (f"cell 3: {MARK}", ("2021-06-30_Selbstcheck_bad.homburg.html",))
    assert [path.name for path in tmp_path.iterdir()] == ["2021-06-30_Selbstcheck_bad.homburg.html"]
    assert found_in(tmp_path) == []


def test_a_notebook_that_does_not_hand_the_audience_on_makes_no_public_report(
    within: Call, project: Path
) -> None:
    make_slim(project)
    scheme = project / "data" / "raw" / "mini" / "scheme.toml"
    scheme.write_text(scheme.read_text(encoding="utf-8").replace("size = 3", "size = 5"), encoding="utf-8")
    done = within("run", "mini", "--audience", "public", "-n", "selfcheck", "-m", "adorf")
    assert done.returncode == 1
    assert "hand its parameter audience on" in done.stdout
    assert list((project / "reports" / "mini-public").rglob("*adorf*.json")) == []


def test_a_public_final_report_is_made_without_the_papers_that_people_finish_first(
    within: Call, tmp_path: Path
) -> None:
    study = write_dialogue(tmp_path / "ort", register={"status": "released", "released_on": "2024-11-15"})
    done = within(
        "run", str(study), "-n", "final_report", "--audience", "public", "--out", str(tmp_path / "out")
    )
    assert done.returncode == 0, done.stdout
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert sum(path.name.endswith("_Abschlussbericht_dialogstadt.html") for path in files) == 1
    assert not any("council_paper" in path.name or "plain_language" in path.name for path in files)
    notebook = next(path for path in files if path.suffix == ".ipynb").read_text(encoding="utf-8")
    assert "Beratungsfolge" not in notebook
    # one that is released is in the ledger as all others are
    ledger = (study / "released" / "ledger.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:5] for line in ledger[1:]] == [
        ["1", "dialogstadt", "", "final_report", "2024-11-15"]
    ]


def test_what_was_released_before_its_data_came_is_a_draft_and_not_entered(
    within: Call, tmp_path: Path
) -> None:
    study = write_dialogue(tmp_path / "ort", register={"status": "released", "released_on": "2023-11-15"})
    out = str(tmp_path / "out")
    done = within("run", str(study), "--audience", "public", "--out", out)
    assert done.returncode == 0, done.stdout
    pages = list((tmp_path / "out").rglob("*_dialogstadt.html"))
    assert len(pages) == 2
    assert all("Entwurf" in page.read_text(encoding="utf-8") for page in pages)
    assert not (study / "released").exists()
