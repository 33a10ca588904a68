"""``weltoffen archive``: a study with its reports and the way between them, in one zip file."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import click

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.commands.calls import Word
from weltoffen_eval.commands.own_data import check_apart_from_reports
from weltoffen_eval.errors import CallError

#: So many of what is wrong are named.
_NAMED = 5


@options.as_command("archive", "A BagIt bag with an RO-Crate: data, reports, program, for years.")
@options.study
@click.option("--out", metavar="F.zip", type=options.FilePath(), required=True, help="The file to write.")
@click.option(
    "--audience",
    type=Word(("internal", "public")),
    default="internal",
    help="For whom (default: internal); public holds the public reports and no data.",
)
@options.scheme
@click.option(
    "--reports", metavar="DIR", type=options.FilePath(), help="Where reports lie (default: reports/)."
)
@click.option("--creator", metavar="NAME", multiple=True, help="Who made the study, for repositories.")
def command(
    study: str | None,
    out: Path,
    audience: str,
    scheme: str | None,
    reports: Path | None,
    creator: tuple[str, ...],
) -> int:
    """What lies in the folder of reports is archived; what is stale or failed there is said first."""
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.store import read_processed, store_study
    from weltoffen_eval.runs.archive import Archive
    from weltoffen_eval.study.definition import load_study

    loaded = load_study(paths.study_folder(study))
    rules = load_scheme(scheme, loaded)
    public = audience == "public"
    if not public:
        check_apart_from_reports(out)
    processed = paths.processed_folder(loaded.id)
    if not public and read_processed(processed, loaded, rules) is None:
        store_study(processed, loaded, rules)
    folder = paths.reports_folder(loaded.id, reports, "-public" if public else "")
    archive = Archive(
        study=loaded, scheme=rules, scheme_named=scheme, reports=folder, public=public, creators=creator
    )
    archive.check_place(out)
    # one that is wrong is enough; the first few are named
    other = list(islice(archive.made_otherwise(), _NAMED))
    if other:
        raise CallError(
            f"The reports in {folder} were made by another state of the program or by another scheme than "
            f"would be archived: {', '.join(other)}. Make them anew by weltoffen run."
        )
    lacking = (f"{name} was not made" for name in archive.run.not_made())
    wrong = [*islice(lacking, _NAMED), *islice(archive.run.changed(), _NAMED)]
    if wrong:
        raise CallError(
            f"The reports in {folder} are not whole: {'; '.join(wrong)}. Make them anew by weltoffen run."
        )
    count = archive.write(out)
    if not public:
        print("Not for publication: this archive holds the study's own data.", file=sys.stderr)
    print(f"{count} files, {out.stat().st_size / 2**20:,.1f} MB: {out}")
    return 0
