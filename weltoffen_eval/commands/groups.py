"""``weltoffen groups``: draw the working groups of a dialogue; the draw, its record, lists to print."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.errors import CallError, Fault, RefusedError

if TYPE_CHECKING:
    from weltoffen_eval.study.invited import Invited

#: More groups than anybody prints: a size that was mistyped.
_MOST_GROUPS = 9_999


@options.as_command("groups", "Draw the working groups of a dialogue.")
@click.option(
    "--participants", metavar="F", required=True, type=options.FilePath(),
    help="CSV or XLSX with participant, and stratum, organisation where known.",
)  # fmt: skip
@click.option(
    "--size", metavar="N", type=click.IntRange(min=1), default=8, show_default=True,
    help="The most that a group may hold.",
)  # fmt: skip
@click.option(
    "--seed", metavar="N", type=click.IntRange(min=0), required=True, help="Makes the draw repeatable."
)
@click.option(
    "--keep", metavar="G", type=options.FilePath(),
    help="An earlier draw: whoever is in it stays, who is late joins the smallest group.",
)  # fmt: skip
@click.option(
    "--out", metavar="G", required=True, type=options.FilePath(),
    help="The draw as CSV; beside it its record (.json) and the lists to print (.html).",
)  # fmt: skip
@options.as_json
def command(participants: Path, size: int, seed: int, keep: Path | None, out: Path, as_json: bool) -> int:
    """Read, draw or keep, write three files, say how large the groups are."""
    from weltoffen_eval.analysis.drawing_groups import draw_groups, join_late
    from weltoffen_eval.publish.exporting.group_lists import group_lists
    from weltoffen_eval.publish.keeping.files import write_whole
    from weltoffen_eval.study.draw_files import read_draw, read_invited

    out = _csv_path(out)
    record_file, lists = out.with_suffix(".json"), out.with_suffix(".html")
    written = (out, record_file, lists)
    _check_written(written, {"--participants": participants, "--keep": keep})
    faults: list[Fault] = []
    invited, away = read_invited(participants, faults)
    kept = _as_invited(read_draw(keep, faults), invited) if keep else {}
    if faults:
        raise RefusedError(faults)
    if size > len(invited):
        raise CallError(f"--size is {size}, but only {len(invited)} participants are to be drawn.")
    if len(invited) > size * _MOST_GROUPS:
        raise CallError(f"--size is {size}, too small for {len(invited):,} participants.")
    groups = join_late(invited, kept, seed) if keep else draw_groups(invited, size, seed)
    record = _record(invited, groups, kept, size, seed)
    write_whole(out, _draw_csv(groups))
    write_whole(record_file, (json.dumps(record, indent=2, sort_keys=True) + "\n").encode("utf-8"))
    write_whole(lists, group_lists(groups, seed))
    print("Not for publication: these files name participants.", file=sys.stderr)
    if as_json:
        print(json.dumps({**record, "not_coming": away, "files": list(map(str, written))}))
    else:
        _tell(groups, kept, size, away, written)
    return 0


def _csv_path(out: Path) -> Path:
    """The CSV file that is meant; its ending may be left out."""
    if out.suffix.lower() not in ("", ".csv"):
        raise CallError(
            f"--out is {out}, but the draw is a CSV file; name it {out.with_suffix('.csv').name}."
        )
    return out if out.suffix else out.with_name(f"{out.name}.csv")


def _check_written(written: Sequence[Path], inputs: Mapping[str, Path | None]) -> None:
    """Refuse to write over what is read, or among the reports, where everything is for others."""
    from weltoffen_eval.commands.table_files import is_same

    for option, path in inputs.items():
        for file in written:
            if path is not None and is_same(file, path):
                raise CallError(f"--out would write over {file}, which {option} is read from; name another.")
    reports = paths.project_folder() / "reports"
    if written[0].resolve().is_relative_to(reports.resolve()):
        raise CallError(f"--out is {written[0]}, among the reports, but a draw names participants.")


def _as_invited(draw: Mapping[str, int], invited: Sequence[Invited]) -> dict[str, int]:
    """The earlier draw by ids as they stand in the list, where its CSV had to write them another way."""
    from weltoffen_eval.publish.keeping.files import spreadsheet_cell

    ids = {spreadsheet_cell(one.id): one.id for one in invited}
    return {ids.get(name, name): group for name, group in draw.items()}


def _record(
    invited: Sequence[Invited], groups: Mapping[str, int], kept: Mapping[str, int], size: int, seed: int
) -> dict[str, object]:
    """What makes the draw repeatable; no id in it, but a hash over all of them."""
    from weltoffen_eval.analysis.drawing_groups import ALGORITHM, hash_draw, hash_invited

    record: dict[str, object] = {
        "algorithm": ALGORITHM,
        "seed": seed,
        "size": size,
        "participants": len(invited),
        "groups": len(set(groups.values())),
        "input_sha256": hash_invited(invited),
    }
    if kept:
        stay = sum(one.id in kept for one in invited)
        record |= {"kept": stay, "late": len(invited) - stay, "kept_sha256": hash_draw(kept)}
    return record


def _draw_csv(groups: Mapping[str, int]) -> bytes:
    """The draw by group and id; no id in it is a formula."""
    from weltoffen_eval.publish.keeping.files import spreadsheet_cell

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("participant", "group"))
    writer.writerows(
        (spreadsheet_cell(name), groups[name]) for name in sorted(groups, key=lambda who: (groups[who], who))
    )
    return stream.getvalue().encode("utf-8")


def _tell(
    groups: Mapping[str, int], kept: Mapping[str, int], size: int, away: int, written: Sequence[Path]
) -> None:
    sizes = Counter(groups.values())
    ends = sorted({min(sizes.values()), max(sizes.values())})
    number = "one group" if len(sizes) == 1 else f"{len(sizes)} groups"
    print(f"{len(groups)} participants in {number} of {' to '.join(map(str, ends))}.")
    if away:
        print(f"{away} left out: present is no.")
    if kept:
        print(f"Late: {len(groups.keys() - kept.keys())}. Gone: {len(kept.keys() - groups.keys())}.")
        if ends[-1] > size:
            print(f"The largest group holds {ends[-1]}, more than --size {size}: nobody who is in changes.")
    for file in written:
        print(file)
