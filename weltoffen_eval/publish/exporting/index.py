"""The index of a reports folder: what lies in it and what is missing, whichever run made it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from weltoffen_eval.publish.exporting.formats import FORMATS
from weltoffen_eval.publish.exporting.frame_words import Words
from weltoffen_eval.publish.exporting.pages import IndexReport, IndexRow, Links, index_page, sort_key
from weltoffen_eval.publish.keeping.files import write_whole
from weltoffen_eval.publish.keeping.manifest import Absent, Manifest
from weltoffen_eval.publish.keeping.public_names import title_in

#: What lies in the place of a report, as its words are called.
_IN_PLACE = {"failed": "page_of_failure", "refused": "page_of_failure", "skipped": "page_of_absence"}
#: The folder of the reports on a study as a whole.
OF_STUDY = "_study"


@dataclass
class _Said:
    """What the index says of one municipality: by wave its reports and remarks, and what became of all."""

    cells: dict[str, list[IndexReport]] = field(default_factory=lambda: defaultdict(list))
    states: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def write_index(manifest: Manifest, condition: str = "", remarks: Mapping[str, str] | None = None) -> None:
    """index.html: every municipality of which the folder holds something, or of which is said why not.

    Parameters
    ----------
    condition : what to know of the last run, in German
    remarks : a further remark on single municipalities, by key
    """
    about = manifest.about
    names = about.get("names", {})
    of_study: list[IndexReport] = []
    said: dict[str, _Said] = defaultdict(_Said)
    for name in sorted({*manifest.reports, *manifest.absent}):
        wave, _, rest = name.partition("/")
        key, _, report = rest.partition("/")
        if wave in names and key:
            # of a municipality, all its waves
            wave, key, report = "", wave, rest
        absent = manifest.absent.get(name)
        if wave == OF_STUDY:
            of_study.append(_report(manifest, name, key, absent))
            continue
        here = said[key]
        if absent is not None and not report:
            # of a municipality in a wave as a whole
            here.states.append("none")
            here.cells[wave].append(IndexReport("", remark=absent.remark))
            continue
        told = _report(manifest, name, _called(manifest, report, key), absent)
        state = "none" if absent is not None and absent.state == "skipped" else "failed"
        here.states.append("done" if absent is None and told.links else state)
        here.cells[wave].append(told)
        for part, links in _parts(manifest, name) if absent is None else ():
            part = _called(manifest, part, key)
            here.cells[wave].append(IndexReport(_label(manifest, part), links, name=part))
    for key, remark in (remarks or {}).items():
        if key in said:
            said[key].remarks.append(remark)
    waves = _waves(manifest, {wave for entry in said.values() for wave in entry.cells})
    order = list(about.get("order", ()))
    entries = [
        IndexRow(
            key,
            names.get(key, key),
            _state(said[key].states),
            tuple(_in_order(said[key].cells[wave], order) for wave in waves),
            tuple(said[key].remarks),
        )
        for key in sorted(said, key=lambda key: (sort_key(names.get(key, key)), key))
    ]
    page = index_page(
        about.get("title") or manifest.folder.name,
        entries,
        waves,
        note=str(about.get("note", "")),
        of_study=[told for told in _in_order(of_study, order) if told.links],
        condition=condition,
        unit=about.get("unit"),
        brand=str(about.get("brand", "")),
    )
    write_whole(manifest.folder / "index.html", page)


def _waves(manifest: Manifest, there: Collection[str]) -> list[str]:
    """The waves of which there is something, newest first; before them "", of what is of all waves."""
    known = list(manifest.about.get("waves", ()))
    of_all = [""] if "" in there else []
    in_time = [wave for wave in known if wave in there] + sorted(set(there) - {*known, ""})
    return of_all + in_time[::-1]


def _in_order(reports: Sequence[IndexReport], order: Sequence[str]) -> tuple[IndexReport, ...]:
    places = {name: place for place, name in enumerate(order)}
    return tuple(sorted(reports, key=lambda told: places.get(told.name, len(places))))


def _called(manifest: Manifest, name: str, key: str) -> str:
    """Which report or part a file is of, by its name in the folder; public ones say it with their title."""
    titles = manifest.about.get("file_titles", {})
    return str(titles.get(title_in(name, key), name)) if titles else name


def _label(manifest: Manifest, report: str) -> str:
    """What a report is called."""
    return str(manifest.about.get("labels", {}).get(report, report))


def _report(manifest: Manifest, name: str, report: str, absent: Absent | None) -> IndexReport:
    """A report, or what lies in its place, and why it is not there."""
    words = Words(catalogue="pages")
    links = _links(manifest, name, absent)
    remark = ""
    if absent is not None:
        remark = absent.remark or words(f"remark_{absent.state}")
    elif not links:
        remark = words("files_missing")
    return IndexReport(_label(manifest, report), links, remark, report)


def _links(manifest: Manifest, name: str, absent: Absent | None) -> Links:
    """The files of a report that are there, as (format, path)."""
    if absent is not None:
        files = [path for path in absent.files if (manifest.folder / path).is_file()]
        there = {PurePosixPath(path).suffix: path for path in files}
        return (
            ((Words(catalogue="pages")(_IN_PLACE[absent.state]), there[".html"]),) if ".html" in there else ()
        )
    return _formats(manifest, name, name)


def _formats(manifest: Manifest, report: str, name: str) -> Links:
    """The files of a report, or of a part of it, in every format that is there."""
    paths = {form: f"{name}.{form}" for form in FORMATS}
    there = {form: path for form, path in paths.items() if path in manifest.reports[report].files}
    return tuple(
        (FORMATS[form].word, path) for form, path in there.items() if (manifest.folder / path).is_file()
    )


def _parts(manifest: Manifest, name: str) -> tuple[tuple[str, Links], ...]:
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
