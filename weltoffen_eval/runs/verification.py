"""An archive verified: whole, consistent, and, if asked for, made anew from what lies in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from weltoffen_eval.errors import CallError, WeltoffenError, visible
from weltoffen_eval.publish.keeping.bag_check import Bag
from weltoffen_eval.publish.keeping.manifest import hash_file, read_json
from weltoffen_eval.publish.keeping.wheel import wheel_tree
from weltoffen_eval.runs.rerun import OF_RUN, rerun
from weltoffen_eval.runs.verdict import Checked, Verdict, none_of

if TYPE_CHECKING:
    from weltoffen_eval.runs.recomputing import Recomputing

LEVELS = ("integrity", "content", "rerun")
_NO_TWINS, _SCHEMA = ("manifest.json", *OF_RUN), "weltoffen-report/"
#: Reports as people read them.
_READ = (".html", ".pdf", ".docx")
#: Where bag-info.txt names the scheme of the call, if it named one.
SCHEME_KEY = "Weltoffen-Scheme"


def verify(path: Path, level: str, work: Path, wheels: Path | None = None) -> Verdict:
    """Check an archive up to a level; what is needed for it is put into ``work``.

    Parameters
    ----------
    wheels : a folder with the libraries, from which the environment is made offline (rerun); without it
        the present environment runs it

    Raises
    ------
    CallError
        If the file cannot be read, or an entry in it could do harm; if there is no such folder of wheels.
    """
    if wheels is not None and not wheels.is_dir():
        raise CallError(f"--wheels is {wheels}, which is no folder.")
    with Bag(path) as bag:
        verdict = Verdict(level, bag.info.get("Weltoffen-Audience", ""))
        flaws = bag.flaws()
        verdict.checks += [Checked(visible(flaw.path), False, visible(flaw.found)) for flaw in flaws]
        verdict.checks.append(Checked(f"{bag.count} files have the hashes of the manifests", not flaws))
        if flaws or level == LEVELS[0]:
            return verdict
        bag.extract(work)
        payload = dict(bag.payload())
    verdict.checks += _checked(_content(work, payload, verdict))
    if level == LEVELS[2] and verdict.ok:
        rerun(work, verdict, wheels, bag.info.get(SCHEME_KEY, ""))
    return verdict


def _checked(checks: Iterator[Checked]) -> Iterator[Checked]:
    """The checks until one cannot be made, since a file has another shape than it must: that is one more."""
    try:
        yield from checks
    except WeltoffenError as error:
        yield Checked("what lies in the archive can be read", False, str(error)[:500])
    except (AttributeError, TypeError, KeyError, ValueError, RecursionError) as error:
        yield Checked("the files that describe the archive have their shape", False, repr(error)[:200])


def _content(work: Path, payload: Mapping[str, str], verdict: Verdict) -> Iterator[Checked]:
    """``payload``: the hash of each file in ``work``, which is known to have it."""
    manifest = read_json(work / "reports" / "manifest.json")
    yield Checked("the manifest of the reports can be read", bool(manifest))
    listed = {
        path: digest
        for entry in manifest.get("reports", {}).values()
        for path, digest in entry.get("files", {}).items()
    }
    wrong = [path for path, digest in listed.items() if payload.get(f"reports/{path}") != digest]
    yield none_of("reports have the hashes of their manifest", len(listed), wrong)
    pages = [path for path in listed if path.endswith(_READ)]
    bare = [path for path in pages if f"reports/{path.rpartition('.')[0]}.json" not in payload]
    yield none_of("reports that people read have a twin", len(pages), bare)
    crate = read_json(work / "ro-crate-metadata.json")
    entities = [entity for entity in crate.get("@graph", ()) if entity.get("@type") == "File"]
    named = {unquote(str(entity["@id"])): entity for entity in entities}
    there = payload.keys() - {"ro-crate-metadata.json"}
    yield none_of("files are in the crate, and none else", len(there), sorted(there ^ named.keys()))
    wrong = [
        path
        for path, entity in named.items()
        if path in there and entity.get("sha256") and entity["sha256"] != payload[path]
    ]
    yield none_of("files have the hashes of the crate", len(named), wrong)
    made = {
        str(entity["@id"]): {unquote(str(one["@id"])) for one in entity.get("result", ())}
        for entity in crate["@graph"]
        if entity.get("@type") == "CreateAction"
    }
    wrong = [
        name
        for name, entry in manifest.get("reports", {}).items()
        if made.get(f"#{quote(f'report/{name}')}") != {f"reports/{path}" for path in entry["files"]}
    ]
    yield none_of("actions of the crate made the files of the manifest", len(made), wrong)
    package = read_json(work / "datapackage.json")
    resources = package.get("resources", [])
    wrong = [r["path"] for r in resources if f"sha256:{payload.get(r['path'])}" != r["hash"]]
    yield none_of("tables have the hashes of the data package", len(resources), wrong)
    yield from _twins(work, verdict)


def _twins(work: Path, verdict: Verdict) -> Iterator[Checked]:
    """Reports against their twins, and the numbers of the twins against the answers, where there are any."""
    folder = work / "reports"
    twins = sorted(path for path in folder.rglob("*.json") if path.name not in _NO_TWINS)
    if verdict.audience == "public":
        verdict.remarks.append(
            "A public archive holds no answers: it shows that files, twins and manifest agree, not that "
            "numbers follow from answers."
        )
        yield from _told(work, twins, None)
        return
    from weltoffen_eval.runs.recomputing import recomputing
    from weltoffen_eval.study.definition import load_study

    asked = _asked(work)
    known = load_study(work / "study").instruments
    other = sorted({f"{one.id} {one.edition}" for one in known.values() if one.sha256 not in asked})
    yield none_of("questionnaires are those that this program has", len(asked), other)
    if other:
        yield from _told(work, twins, None)
        return
    with recomputing(work / "study", work / "scheme.toml", work.parent / "computed") as numbers:
        yield from _told(work, twins, numbers)
    found = numbers.found
    yield none_of("numbers of the reports equal those computed from the answers", found.numbers, found.wrong)
    if found.beyond:
        verdict.remarks.append(
            f"{len(found.beyond):,} reports are of a kind that this program does not know: their numbers are "
            "compared by rerun only."
        )


def _told(work: Path, twins: Sequence[Path], numbers: Recomputing | None) -> Iterator[Checked]:
    """What twins say, each read once: of themselves, beside their files, and in numbers."""
    from weltoffen_eval.runs.told_alike import not_alike

    heads: dict[str, dict[str, str]] = {}
    unread, unlike = [], []
    for path in twins:
        name, twin = path.relative_to(work / "reports").as_posix(), read_json(path)
        if not str(twin.get("schema", "")).startswith(_SCHEMA):
            unread.append(name)
            continue
        heads[name] = _head(twin)
        unlike += [f"{name}: {said}" for said in not_alike(path, twin)]
        if numbers is not None:
            numbers.hold(name, twin)
    yield none_of("twins can be read", len(twins), unread)
    yield none_of("reports say in sentences and tables what their twins say", len(heads), unlike)
    yield from _origins(work, heads)


def _head(twin: Mapping[str, Any]) -> dict[str, str]:
    """Of which scheme, questionnaire, program and lock a twin says that its report is."""
    hashes = {name: str((twin.get(name) or {}).get("sha256", "")) for name in ("scheme", "instrument")}
    return {**hashes, **{name: str(twin.get(name, "")) for name in ("program_tree", "lock_sha256")}}


def _origins(work: Path, heads: Mapping[str, Mapping[str, str]]) -> Iterator[Checked]:
    """Whether reports name what lies in the archive; those of a time before they did name nothing."""
    trees = {wheel_tree(wheel) for wheel in (work / "software").glob("*.whl")}
    for name, what, there in (
        ("scheme", "the scheme", {hash_file(work / "scheme.toml") or ""}),
        ("instrument", "a questionnaire", {*_asked(work), ""}),
        ("program_tree", "the program", {*trees, ""}),
        ("lock_sha256", "the lock", {hash_file(work / "software" / "uv.lock") or "", ""}),
    ):
        wrong = [f"{of} ({head[name]})" for of, head in heads.items() if head[name] not in there]
        yield none_of(f"reports name {what} that lies in the archive", len(heads), wrong)


def _asked(work: Path) -> set[str]:
    """The hashes of the questionnaires in the archive."""
    from weltoffen_eval.study.questionnaire.files import hash_folder

    return {hash_folder(folder) for folder in (work / "instrument").glob("*")}
