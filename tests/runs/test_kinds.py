"""Reports as data: every entry is complete, and the files of each kind that it names make it stale, row by row."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from places import ROOT

import weltoffen_eval
from weltoffen_eval import paths
from weltoffen_eval.errors import CallError
from weltoffen_eval.results.given import given_frame, hash_given
from weltoffen_eval.results.report_inputs import ReportInputs
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.runs.inputs import INPUTS, Inputs
from weltoffen_eval.runs.jobs import make_jobs, modules_for
from weltoffen_eval.runs.kinds import KINDS, Kind, Need, choose_kinds, titles
from weltoffen_eval.runs.settings import AUDIENCES, Asked, check_asked, ending_of
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.file_words import FILE_KINDS
from weltoffen_eval.study.kinds.given import read_given
from weltoffen_eval.study.responses.faulty_rows import FaultyRows

NOTES = Kind(
    name="talk",
    notebook="talk",
    scope="municipality_wave",
    needs=(frozenset({Need("notes", "workshop")}), frozenset({Need("measures")})),
    inputs=("register", "notes"),
    title="runs.selfcheck",
    file_title="Gespraech",
)
SELFCHECK, ALL_MUNICIPALITIES = choose_kinds(("selfcheck", "all_municipalities"))
#: Of each of the three municipalities answers came.
CAME = {
    (key, "2021"): ReportInputs("counted", f"answers of {key}", f"reference of {key}")
    for key in ("adorf", "bestadt", "cekreis")
}


@pytest.fixture
def study(project: Path) -> Path:
    """The worked example, with notes of two municipalities from its workshop."""
    folder = project / "data" / "raw" / "mini"
    listed = '\n[[file]]\nkind = "notes"\npath = "notes.csv"\nwave = "2021"\nsetting = "workshop"\n'
    with (folder / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(listed)
    write_notes(folder, ("adorf", "Es gibt wenig Räume."), ("bestadt", "Alle kennen sich."))
    return folder


def write_notes(folder: Path, *rows: tuple[str, str]) -> None:
    with (folder / "notes.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("municipality", "text"), *rows])


def inputs_of(folder: Path, came: dict[tuple[str, str], ReportInputs] = CAME) -> Inputs:
    study = load_study(folder)
    return Inputs(
        study, load_scheme(None, study), came, FaultyRows(), hash_given(given_frame(read_given(study)))
    )


def jobs_of(folder: Path, kind: Kind, **asked: object) -> dict[str, dict[str, str]]:
    """What the wanted reports of a kind are made from, by municipality (empty: the study)."""
    what = Asked(folder=folder, kinds=(kind,), **asked)  # type: ignore[arg-type]
    jobs = make_jobs(what, (kind,), inputs_of(folder), "de", folder / "out")
    return {job.parameters.get("municipality", ""): dict(job.inputs) for job in jobs.wanted}


def changed(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> dict[str, set[str]]:
    """Which inputs of whom are others now."""
    return {
        key: {
            name
            for name in {*parts, *before.get(key, {})}
            if parts.get(name) != before.get(key, {}).get(name)
        }
        for key, parts in after.items()
        if parts != before.get(key)
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_entry_is_complete(kind: Kind) -> None:
    assert (ROOT / "notebooks" / kind.file).is_file()
    assert set(kind.inputs) <= {*INPUTS, *FILE_KINDS}
    assert {need.kind for needs in kind.needs for need in needs} <= {"earlier", *FILE_KINDS}
    assert set(kind.audiences) <= set(AUDIENCES)
    assert kind.file_title.isascii()
    earlier = [other.name for other in KINDS[: KINDS.index(kind)]]
    assert set(kind.after) <= set(earlier)
    for language in paths.languages():
        assert kind.title_in(language) == titles(language)[kind.name]


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.scope != "study"], ids=lambda kind: kind.name
)
def test_what_a_notebook_calls_is_imported_before_it_is_forked(kind: Kind) -> None:
    homes = {**weltoffen_eval._HOMES, **weltoffen_eval._MODULES}
    text = (ROOT / "notebooks" / kind.file).read_text(encoding="utf-8")
    (called,) = re.findall(r"from weltoffen_eval import ([\w, ]+)", text)
    modules = {f"weltoffen_eval.{homes[name]}" for name in called.split(", ")}
    assert modules <= {*kind.imports, *kind.late_imports}


@pytest.mark.slow
def test_a_self_check_as_a_page_waits_neither_for_fonts_nor_for_statistics() -> None:
    asked = Asked(folder=paths.study_folder("beispiel"), kinds=(SELFCHECK,))
    program = (
        "import sys\n"
        "from weltoffen_eval.publish.running.workers import Ready, make_ready\n"
        f"make_ready(Ready({modules_for(asked)!r}))\n"
        "sys.exit(bool({'fontTools.ttLib', 'scipy', 'docx', 'typst'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_titles_are_in_the_catalogue_of_every_language() -> None:
    from weltoffen_eval.display.sentences import load_catalogue

    for language in paths.languages():
        parts = {part for kind in KINDS for part in (*kind.parts, *kind.papers)}
        assert set(load_catalogue("runs", language).worded) == parts | {kind.name for kind in KINDS}


def test_there_is_no_word_of_a_single_report_outside_of_its_entry() -> None:
    names = {name for kind in KINDS for name in (kind.name, kind.notebook)}
    for room in ("runs", "publish", "commands"):
        for path in (ROOT / "weltoffen_eval" / room).rglob("*.py"):
            if path.name != "kinds.py":
                text = path.read_text(encoding="utf-8")
                assert not [name for name in names if f'"{name}"' in text], path


def test_what_is_needed_decides_who_has_a_report(study: Path) -> None:
    assert set(jobs_of(study, NOTES)) == {"adorf", "bestadt"}
    assert set(jobs_of(study, SELFCHECK)) == {"adorf", "bestadt", "cekreis"}
    # an alternative, at any setting
    with (study / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[file]]\nkind = "measures"\npath = "measures.csv"\n')
    (study / "measures.csv").write_text("municipality,wave,what\ncekreis,2021,Beirat\n")
    assert set(jobs_of(study, NOTES)) == {"adorf", "bestadt", "cekreis"}
    assert set(jobs_of(study, replace(NOTES, needs=(frozenset({Need("measures")}),)))) == {"cekreis"}
    both = (frozenset({Need("measures"), Need("notes", "workshop")}),)
    assert jobs_of(study, replace(NOTES, needs=both)) == {}
    assert jobs_of(study, replace(NOTES, needs=(frozenset({Need("notes", "dialogue")}),))) == {}


def test_who_has_no_report_is_left_out_with_the_reason(study: Path) -> None:
    asked = Asked(folder=study, kinds=(NOTES,))
    (left,) = make_jobs(asked, (NOTES,), inputs_of(study), "de", study / "out").left_out
    assert (left.municipality, left.reason) == ("cekreis", "no measures or notes workshop")
    # of whom notes came has a report on its workshop
    kinds = choose_kinds(("data_quality", "selfcheck"))
    asked = Asked(folder=study, kinds=kinds)
    empty = {**CAME, ("adorf", "2021"): ReportInputs("empty", "", "")}
    del empty["bestadt", "2021"]
    left_out = make_jobs(asked, kinds, inputs_of(study, empty), "de", study / "out").left_out
    assert {entry.municipality: entry.remark for entry in left_out} == {
        "adorf": "Bogen ohne Antwort",
        "bestadt": "kein Bogen der Verwaltung",
    }


def change_notes(folder: Path) -> None:
    write_notes(folder, ("adorf", "Es gibt viele Räume."), ("bestadt", "Alle kennen sich."))


def change_text(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "of_notes", "of_selfcheck", "of_study"),
    [
        (change_notes, {"adorf": {"notes"}}, {}, {}),
        (
            change_text("municipalities.csv", "Bestadt", "Bestadt am See"),
            {"bestadt": {"register"}}, {"bestadt": {"register"}}, {"": {"register"}},
        ),
        (
            change_text("study.toml", "Kleines Beispiel", "Anderes Beispiel"),
            {"adorf": {"register"}, "bestadt": {"register"}},
            {key: {"register"} for key in ("adorf", "bestadt", "cekreis")}, {"": {"register"}},
        ),
        (
            change_text("instrument/items.csv", "?", " wirklich?"), {},
            {key: {"questionnaire"} for key in ("adorf", "bestadt", "cekreis")}, {"": {"questionnaire"}},
        ),
        (
            change_text("scheme.toml", "min_coverage", "# \nmin_coverage"), {},
            {key: {"scheme"} for key in ("adorf", "bestadt", "cekreis")}, {"": {"scheme"}},
        ),
    ],
    ids=["notes", "register", "study", "questionnaire", "scheme"],
)  # fmt: skip
def test_a_changed_file_of_any_kind_makes_exactly_stale_what_depends_on_it(
    study: Path,
    change: Callable[[Path], None],
    of_notes: dict[str, set[str]],
    of_selfcheck: dict[str, set[str]],
    of_study: dict[str, set[str]],
) -> None:
    kinds = (NOTES, SELFCHECK, ALL_MUNICIPALITIES)
    before = [jobs_of(study, kind) for kind in kinds]
    change(study)
    after = [jobs_of(study, kind) for kind in kinds]
    told = [changed(b, a) for b, a in zip(before, after, strict=True)]
    assert told == [of_notes, of_selfcheck, of_study]


def test_whose_row_it_is_says_a_name_or_an_ags_under_german_heads_too(study: Path) -> None:
    before = jobs_of(study, NOTES)
    register = (study / "municipalities.csv").read_text(encoding="utf-8")
    names = {row["municipality"]: row for row in csv.DictReader(register.splitlines())}
    rows = f"{names['adorf']['name']},Es gibt wenig Räume.\n{names['bestadt']['name']},Alle kennen sich.\n"
    (study / "notes.csv").write_text("Kommune,Notiz\n" + rows, encoding="utf-8")
    assert changed(before, jobs_of(study, NOTES)) == {}
    rows = f"{names['adorf']['ags']},Es gibt wenig Räume.\n{names['bestadt']['ags']},Alle sind da.\n"
    (study / "notes.csv").write_text("AGS,Text\n" + rows, encoding="utf-8")
    assert changed(before, jobs_of(study, NOTES)) == {"bestadt": {"notes"}}


def test_where_a_row_stands_counts_since_a_report_names_it(study: Path) -> None:
    before = jobs_of(study, NOTES)
    write_notes(
        study, ("adorf", "Es gibt wenig Räume."), ("adorf", "Mehr."), ("bestadt", "Alle kennen sich.")
    )
    assert changed(before, jobs_of(study, NOTES)) == {"adorf": {"notes"}, "bestadt": {"notes"}}


def test_what_holds_for_all_makes_stale_what_depends_on_it_for_everybody(study: Path) -> None:
    kind = replace(NOTES, inputs=("notes", "codebook"))
    with (study / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[file]]\nkind = "codebook"\npath = "codes.csv"\n')
    (study / "codes.csv").write_text("code,title\nort,Orte\n", encoding="utf-8")
    before, of_notes = jobs_of(study, kind), jobs_of(study, NOTES)
    (study / "codes.csv").write_text("code,title\nort,Räume\n", encoding="utf-8")
    assert changed(before, jobs_of(study, kind)) == {"adorf": {"codebook"}, "bestadt": {"codebook"}}
    assert changed(of_notes, jobs_of(study, NOTES)) == {}


def test_every_wave_that_is_asked_for_counts(study: Path) -> None:
    with (study / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[wave]]\nid = "2024"\ndate = 2024-06-30\n[[wave]]\nid = "2027"\ndate = 2027-06-30\n')
        for wave in ("2024", "2027"):
            listed = f'[[file]]\nkind = "notes"\npath = "{wave}.csv"\nwave = "{wave}"\nsetting = "workshop"\n'
            stream.write(listed)
            (study / f"{wave}.csv").write_text((study / "notes.csv").read_text("utf-8"), "utf-8")
    waves = {(): ["2021", "2024", "2027"], ("2024",): ["2024"], ("2027", "2021", "2027"): ["2021", "2027"]}
    for asked, expected in waves.items():
        what = Asked(folder=study, kinds=(NOTES,), municipalities=("adorf",), waves=asked)
        jobs = make_jobs(what, (NOTES,), inputs_of(study), "de", study / "out").wanted
        assert [job.parameters["wave"] for job in jobs] == expected


def test_a_report_over_all_waves_lies_beside_the_waves_and_is_no_part_of_a_run_of_one(study: Path) -> None:
    kind = replace(NOTES, scope="municipality", parameters={})
    asked = Asked(folder=study, kinds=(kind,))
    jobs = make_jobs(asked, (kind,), inputs_of(study), "de", study / "out").wanted
    assert [job.target.relative_to(study / "out").as_posix() for job in jobs] == [
        "adorf/talk",
        "bestadt/talk",
    ]
    assert set(jobs[0].parameters) == {"study", "municipality", "scheme", "audience", "language"}
    assert jobs_of(study, kind, waves=("2021",)) == {}
    assert set(jobs_of(study, kind, municipalities=("adorf",))) == {"adorf"}


def test_a_report_names_those_it_links_to_that_are_made(study: Path) -> None:
    linking = replace(NOTES, name="linking", after=("selfcheck", "talk"))
    kinds = (SELFCHECK, NOTES, linking)
    asked = Asked(folder=study, kinds=kinds)
    jobs = make_jobs(asked, kinds, inputs_of(study), "de", study / "out").wanted
    told = {job.parameters["municipality"]: job.inputs["after"] for job in jobs if job.report == "linking"}
    assert told == {"adorf": "selfcheck,talk", "bestadt": "selfcheck,talk"}


def test_a_report_that_has_no_such_format_is_not_made(study: Path) -> None:
    word = replace(NOTES, formats=("docx",))
    assert jobs_of(study, word, formats=("html", "pdf")) == {}
    asked = Asked(folder=study, kinds=(word,), formats=("html", "docx"))
    (first, *_) = make_jobs(asked, (word,), inputs_of(study), "de", study / "out").wanted
    assert first.formats == ("docx",)


@pytest.mark.parametrize(
    ("language", "audience", "ending"),
    [(None, "internal", ""), ("de", "internal", ""), ("en", "internal", "-en"), ("en", "public", "-en-public"),
     (None, "public", "-public")],
)  # fmt: skip
def test_another_language_and_audience_have_a_folder_of_their_own(
    tmp_path: Path, language: str | None, audience: str, ending: str
) -> None:
    asked = Asked(folder=tmp_path, kinds=KINDS, language=language, audience=audience)
    assert ending_of(asked, "de") == ending


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"audience": "public", "named": True}, r"no report for the audience 'public' of data_quality"),
        ({"audience": "publik"}, r"Did you mean 'public'\?"),
        ({"language": "xx"}, r"The language 'xx' is not known; there are de, en"),
        ({"formats": ("html", "odt")}, r"The format 'odt' is not known; there are html, pdf, docx"),
        ({"attach": True}, "add pdf to --format"),
        ({"time_limit": 0}, "must be more than 0 seconds"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_starts(
    tmp_path: Path, asked: dict[str, object], said: str
) -> None:
    with pytest.raises(CallError, match=said):
        check_asked(Asked(folder=tmp_path, kinds=KINDS, **asked))  # type: ignore[arg-type]


def test_a_report_is_named_by_its_name_or_its_notebook() -> None:
    wanted = ("06_all_municipalities.ipynb", "selfcheck", "01_data_quality")
    assert [kind.name for kind in choose_kinds(wanted)] == ["data_quality", "selfcheck", "all_municipalities"]


def test_a_landkreis_has_a_report_with_its_members_as_long_as_one_consents(study: Path) -> None:
    (district,) = choose_kinds(["district"])
    register = study / "municipalities.csv"
    text = register.read_text(encoding="utf-8")
    asked = Asked(folder=study, kinds=(district,))

    def made() -> tuple[dict[str, dict[str, str]], set[str], int]:
        jobs = make_jobs(asked, (district,), inputs_of(study), "de", study / "out")
        wanted = {job.parameters["municipality"]: dict(job.inputs) for job in jobs.wanted}
        return wanted, {job.parameters["municipality"] for job in jobs.gone}, len(jobs.left_out)

    # nobody consents, and whom it does not concern is not left out
    assert made() == ({}, {"adorf", "bestadt", "cekreis"}, 0)
    register.write_text(text.replace("4000,cekreis,", "4000,cekreis,yes"), encoding="utf-8")
    wanted, gone, left_out = made()
    assert (set(wanted), gone, left_out) == ({"cekreis"}, {"adorf", "bestadt"}, 0)
    assert "members" in wanted["cekreis"]
    # another answer of the member, its other name
    came = {**CAME, ("adorf", "2021"): ReportInputs("counted", "others", "")}
    later = make_jobs(asked, (district,), inputs_of(study, came), "de", study / "out").wanted[0].inputs
    assert {name for name in later if later[name] != wanted["cekreis"].get(name)} == {"members"}
    # the consent is withdrawn: what was made goes
    register.write_text(text.replace("4000,cekreis,", "4000,cekreis,no"), encoding="utf-8")
    assert made() == ({}, {"adorf", "bestadt", "cekreis"}, 0)


def test_where_nothing_is_asked_no_sheet_is_said_to_be_missing() -> None:
    folder = ROOT / "data" / "raw" / "wilhelmshaven"
    kinds = choose_kinds(["selfcheck", "workshop"])
    came = {("wilhelmshaven", "2021"): replace(CAME["adorf", "2021"], self_check="")}
    told = {}
    for names in (kinds[:1], kinds):
        jobs = make_jobs(
            Asked(folder=folder, kinds=names), names, inputs_of(folder, came), "de", folder / "out"
        )
        told[len(names)] = [left.reason for left in jobs.left_out]
    assert told == {1: ["no questionnaire in this wave"], 2: ["no field_ratings workshop or notes workshop"]}
