"""``weltoffen check``: every fault of every raw file, at once; also as faults.csv and as pages to send."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.errors import Fault, RefusedError, visible

if TYPE_CHECKING:
    from weltoffen_eval.study.definition import Study


class RefusedFaults(RefusedError):
    """All faults, where they lie as a table, and the waves whose answers could not be checked yet."""

    def __init__(self, faults: list[Fault], path: Path | None, pages: Path | None, not_checked: list[str]):
        super().__init__(faults)
        self.path, self.pages, self.not_checked = path, pages, not_checked

    def __str__(self) -> str:
        count = len(self.faults)
        where = f"\nAs a table: {self.path}" if self.path else ""
        where += (
            f"\nAs pages to be sent, one for each whose rows are faulty: {self.pages}" if self.pages else ""
        )
        waves = ", ".join(self.not_checked)
        later = f"\nNot checked yet: the answers of {waves}. Mend these faults, then check again."
        return f"{count} fault{'s' if count > 1 else ''}\n{super().__str__()}{where}{later if waves else ''}"


@options.as_command("check", "Every fault of every raw file, at once.")
@options.study
@options.as_json
def command(study: str | None, as_json: bool) -> int:
    """Read everything, collect all faults, tell them as text, as faults.csv and as pages in German."""
    from weltoffen_eval.commands import fault_files
    from weltoffen_eval.commands.check_hints import hints
    from weltoffen_eval.results.scheme_files import read_scheme
    from weltoffen_eval.study.definition import read_study
    from weltoffen_eval.study.file_words import FILE_KINDS
    from weltoffen_eval.study.keys import is_study_id
    from weltoffen_eval.study.kinds.given import read_given_files
    from weltoffen_eval.study.responses.cleaning import read_responses
    from weltoffen_eval.study.responses.healthy import tell_whose

    folder = paths.study_folder(study)
    faults: list[Fault] = []
    the_study = read_study(folder, faults)
    cleaned = given = None
    if the_study is not None:
        read_scheme(None, the_study, faults)
        cleaned, given = read_responses(the_study, faults), read_given_files(the_study, faults)
    # an id that is refused, or not there to be read, names no folder
    name = the_study.id if the_study is not None and is_study_id(the_study.id or "") else ""
    if faults:
        if cleaned is not None:
            faults = tell_whose(faults, cleaned.records)
        path = fault_files.write_faults(name, faults) if name else None
        pages = fault_files.write_fault_pages(the_study, faults) if name and the_study and path else None
        if as_json:
            told = {"study": name, "faults": [fault_files.fault_row(fault) for fault in faults]}
            print(json.dumps(told, ensure_ascii=False))
        raise RefusedFaults(faults, path, pages, _not_checked(the_study))
    assert the_study is not None and cleaned is not None and given is not None
    fault_files.remove_faults(name)
    sheets = cleaned.records.drop_duplicates(["municipality", "wave", "setting", "perspective", "respondent"])
    counted = Counter(row.kind for row in given.rows)
    rows = {kind: counted[kind] for kind in FILE_KINDS if counted[kind]}
    said = hints(the_study, cleaned)
    if as_json:
        made = {"study": name, "faults": [], "sheets": len(sheets), "rows": rows, "hints": said}
        print(json.dumps(made, ensure_ascii=False))
        return 0
    print(
        f"{name}: no faults. {len(sheets)} sheets, {int(sheets['counted'].sum())} with answers; "
        f"{len(cleaned.cleaning_log) + len(given.log)} entries in the cleaning log."
    )
    if rows:
        print("Rows of other files: " + ", ".join(f"{kind} {count}" for kind, count in rows.items()) + ".")
    for line in said:
        print(line)
    return 0


def _not_checked(study: Study | None) -> list[str]:
    """The waves of which no questionnaire could be read, against which answers could be held."""
    if study is None:
        return ["all waves"]
    return [visible(wave.id) for wave in study.waves if wave.id not in study.instruments]
