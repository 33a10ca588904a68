"""An archive verified: whole, consistent, and, if asked for, made anew from what lies in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weltoffen_eval.errors import CallError, WeltoffenError, visible
from weltoffen_eval.publish.keeping.bag_check import Bag
from weltoffen_eval.publish.keeping.listing import files_in_order
from weltoffen_eval.publish.keeping.manifest import hash_file, read_json
from weltoffen_eval.publish.keeping.told_hashes import ToldHashes
from weltoffen_eval.publish.keeping.wheel import wheel_tree
from weltoffen_eval.runs.descriptions import described_alike
from weltoffen_eval.runs.rerun import OF_RUN, rerun
from weltoffen_eval.runs.verdict import Checked, Verdict, none_of

if TYPE_CHECKING:
    from weltoffen_eval.runs.recomputing import Recomputing

LEVELS = ("integrity", "content", "rerun")
_NO_TWINS, _SCHEMA = ("manifest.json", *OF_RUN), "weltoffen-report/"
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
        with ToldHashes(bag.payload()) as told:
            verdict.checks += _checked(_content(work, told, verdict))
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


def _content(work: Path, told: ToldHashes, verdict: Verdict) -> Iterator[Checked]:
    yield from described_alike(work, told)
    yield from _twins(work, verdict)


def _twins(work: Path, verdict: Verdict) -> Iterator[Checked]:
    """Reports against their twins, and the numbers of the twins against the answers, where there are any."""
    if verdict.audience == "public":
        verdict.remarks.append(
            "A public archive holds no answers: it shows that files, twins and manifest agree, not that "
            "numbers follow from answers."
        )
        yield from _told(work, None)
        return
    from weltoffen_eval.runs.recomputing import recomputing
    from weltoffen_eval.study.definition import load_study

    asked = _asked(work)
    known = load_study(work / "study").instruments
    other = sorted({f"{one.id} {one.edition}" for one in known.values() if one.sha256 not in asked})
    yield none_of("questionnaires are those that this program has", len(asked), other)
    if other:
        yield from _told(work, None)
        return
    with recomputing(work / "study", work / "scheme.toml", work.parent / "computed") as numbers:
        yield from _told(work, numbers)
    found = numbers.found
    yield none_of("numbers of the reports equal those computed from the answers", found.numbers, found.wrong)
    if found.beyond:
        verdict.remarks.append(
            f"{len(found.beyond):,} reports are of a kind that this program does not know: their numbers are "
            "compared by rerun only."
        )


def _told(work: Path, numbers: Recomputing | None) -> Iterator[Checked]:
    """What twins say, each read once: of themselves, beside their files, and in numbers."""
    from weltoffen_eval.runs.told_alike import not_alike

    count, unread, unlike = 0, [], []
    known = _in_archive(work)
    elsewhere: dict[str, list[str]] = {part: [] for part in known}
    for path in _twin_files(work):
        name, twin = path.relative_to(work / "reports").as_posix(), read_json(path)
        if not str(twin.get("schema", "")).startswith(_SCHEMA):
            unread.append(name)
            continue
        count += 1
        for part, named in _head(twin).items():
            if named not in known[part].hashes:
                elsewhere[part].append(f"{name} ({named})")
        unlike += [f"{name}: {said}" for said in not_alike(path, twin)]
        if numbers is not None:
            numbers.hold(name, twin)
    yield none_of("twins can be read", count + len(unread), unread)
    yield none_of("reports say in sentences and tables what their twins say", count, unlike)
    for part, there in known.items():
        yield none_of(f"reports name {there.what} that lies in the archive", count, elsewhere[part])


def _twin_files(work: Path) -> Iterator[Path]:
    """Every twin of a report, one by one."""
    for path, file in files_in_order(work / "reports", "reports", _NO_TWINS):
        if path.endswith(".json"):
            yield file


def _head(twin: Mapping[str, Any]) -> dict[str, str]:
    """Of which scheme, questionnaire, program and lock a twin says that its report is."""
    hashes = {name: str((twin.get(name) or {}).get("sha256", "")) for name in ("scheme", "instrument")}
    return {**hashes, **{name: str(twin.get(name, "")) for name in ("program_tree", "lock_sha256")}}


@dataclass(frozen=True)
class _There:
    """What of a kind lies in the archive: in words, and by its hashes."""

    what: str
    hashes: set[str]


def _in_archive(work: Path) -> dict[str, _There]:
    """What reports may name; those of a time before they did name nothing."""
    trees = {wheel_tree(wheel) for wheel in (work / "software").glob("*.whl")}
    return {
        "scheme": _There("the scheme", {hash_file(work / "scheme.toml") or ""}),
        "instrument": _There("a questionnaire", {*_asked(work), ""}),
        "program_tree": _There("the program", {*trees, ""}),
        "lock_sha256": _There("the lock", {hash_file(work / "software" / "uv.lock") or "", ""}),
    }


def _asked(work: Path) -> set[str]:
    """The hashes of the questionnaires in the archive."""
    from weltoffen_eval.study.questionnaire.files import hash_folder

    return {hash_folder(folder) for folder in (work / "instrument").glob("*")}
