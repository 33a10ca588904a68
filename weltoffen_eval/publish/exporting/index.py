"""The index of a reports folder: what lies in it and what is missing, whichever run made it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from weltoffen_eval.publish.exporting.formats import FORMATS
from weltoffen_eval.publish.exporting.frame_words import Words
from weltoffen_eval.publish.exporting.pages import IndexRow, Reports, index_page
from weltoffen_eval.publish.keeping.files import write_whole
from weltoffen_eval.publish.keeping.manifest import Absent, Manifest

#: What lies in the place of a report, as its words are called.
_IN_PLACE = {"failed": "page_of_failure", "refused": "page_of_failure", "skipped": "page_of_absence"}
#: The folder of the reports on a study as a whole.
OF_STUDY = "_study"


def write_index(manifest: Manifest, condition: str = "", remarks: Mapping[str, str] | None = None) -> None:
    """index.html: every municipality of which the folder holds something, or of which is said why not.

    Parameters
    ----------
    condition : what to know of the last run, in German
    remarks : a further remark on single municipalities, by key
    """
    words = Words(catalogue="pages")
    about = manifest.about
    names = about.get("names", {})
    of_study: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    reports: dict[str, list[tuple[str, tuple[tuple[str, str], ...]]]] = {}
    said: dict[str, list[str]] = {}
    states: dict[str, list[str]] = {}
    for name in sorted({*manifest.reports, *manifest.absent}):
        wave, _, rest = name.partition("/")
        key, _, report = rest.partition("/")
        if wave in names and key:
            # of a municipality, all its waves
            wave, key, report = "", wave, rest
        label = f"{about.get('labels', {}).get(report or key, report or key)} {wave}".rstrip()
        absent = manifest.absent.get(name)
        if wave == OF_STUDY:
            label = label.removesuffix(f" {wave}")
            of_study.append((label, _links(manifest, name, absent)))
            continue
        if absent is not None and not report:
            # of a municipality in a wave as a whole
            states.setdefault(key, []).append("none")
            said.setdefault(key, []).append(words("remark_of_report", report=wave, remark=absent.remark))
            continue
        links = _links(manifest, name, absent)
        state = "none" if absent is not None and absent.state == "skipped" else "failed"
        states.setdefault(key, []).append("done" if absent is None and links else state)
        if links:
            reports.setdefault(key, []).append((label, links))
        for part, of_part in _parts(manifest, name) if absent is None else ():
            title = f"{about.get('labels', {}).get(part, part)} {wave}".rstrip()
            reports[key].append((title, of_part))
        if absent is not None:
            remark = absent.remark or words(f"remark_{absent.state}")
            said.setdefault(key, []).append(words("remark_of_report", report=label, remark=remark))
        elif not links:
            remark = words("files_missing")
            said.setdefault(key, []).append(words("remark_of_report", report=label, remark=remark))
    for key, remark in (remarks or {}).items():
        if key in states:
            said.setdefault(key, []).append(remark)
    entries = [
        IndexRow(
            key,
            names.get(key, key),
            _state(states[key]),
            tuple(reports.get(key, ())),
            tuple(said.get(key, ())),
        )
        for key in sorted(states, key=lambda key: (names.get(key, key).casefold(), key))
    ]
    title, note = (str(about.get(name, "")) for name in ("title", "note"))
    page = index_page(title or manifest.folder.name, note, entries, _with_files(of_study), condition)
    write_whole(manifest.folder / "index.html", page)


def _with_files(reports: list[tuple[str, tuple[tuple[str, str], ...]]]) -> Reports:
    return tuple((label, links) for label, links in reports if links)


def _links(manifest: Manifest, name: str, absent: Absent | None) -> tuple[tuple[str, str], ...]:
    """The files of a report that are there, as (format, path)."""
    if absent is not None:
        files = [path for path in absent.files if (manifest.folder / path).is_file()]
        there = {PurePosixPath(path).suffix: path for path in files}
        return (
            ((Words(catalogue="pages")(_IN_PLACE[absent.state]), there[".html"]),) if ".html" in there else ()
        )
    return _formats(manifest, name, name)


def _formats(manifest: Manifest, report: str, name: str) -> tuple[tuple[str, str], ...]:
    """The files of a report, or of a part of it, in every format that is there."""
    paths = {form: f"{name}.{form}" for form in FORMATS}
    there = {form: path for form, path in paths.items() if path in manifest.reports[report].files}
    return tuple(
        (FORMATS[form].word, path) for form, path in there.items() if (manifest.folder / path).is_file()
    )


def _parts(manifest: Manifest, name: str) -> Reports:
    """The parts of a report that are files of their own beside it."""
    folder = PurePosixPath(name).parent
    paths = map(PurePosixPath, manifest.reports[name].files)
    stems = {path.stem for path in paths if path.parent == folder and path.suffix[1:] in FORMATS}
    found = ((stem, _formats(manifest, name, f"{folder}/{stem}")) for stem in sorted(stems))
    return tuple((stem, links) for stem, links in found if links and stem != PurePosixPath(name).name)


def _state(states: list[str]) -> str:
    """What became of a municipality, as one of the states of the index."""
    if set(states) == {"none"}:
        return "none"
    if "done" not in states:
        return "failed"
    return "done" if set(states) == {"done"} else "part"
