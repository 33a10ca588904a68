"""``weltoffen clean``: from raw files to data/processed/<study>/, with the cleaning log."""

from __future__ import annotations

import json

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.commands.own_data import tell_own_data


@options.as_command("clean", "Raw files to data/processed, with the cleaning log.")
@options.study
@options.as_json
def command(study: str | None, as_json: bool) -> int:
    """Write data/processed/<study>/."""
    from weltoffen_eval.publish.keeping.lock import only_writer
    from weltoffen_eval.results.given import read_hashes
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.store import store_study
    from weltoffen_eval.study.definition import load_study

    the_study = load_study(study)
    folder = paths.processed_folder(the_study.id)
    with only_writer(folder):
        cleaned = store_study(folder, the_study, load_scheme(None, the_study))
    tell_own_data(cleaned.records, {entry.kind for entry in read_hashes(folder)})
    if as_json:
        told = {"study": the_study.id, "folder": str(folder), "responses": cleaned.count_responses()}
        print(json.dumps(told))
        return 0
    for rule, count in cleaned.cleaning_log["rule"].value_counts(sort=False).sort_index().items():
        print(f"{rule}: {count}")
    print(f"{cleaned.count_responses()} responses: {folder}")
    return 0
