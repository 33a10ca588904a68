"""The files of a study folder to start from: study.toml with its guesses as comments, the register."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from weltoffen_eval.drafting.draft import Draft
from weltoffen_eval.drafting.questionnaire_files import questionnaire_files, quoted
from weltoffen_eval.raw.heads import fits
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.responses.columns import common_patterns

#: With more names than these to be left aside, study.toml says that all the rest is.
_MOST_NAMES = 60
_LINE = 100
#: So many rows are named in a comment.
_MOST_ROWS = 12
_REGISTER = ("municipality", "name", "ags", "kind", "state", "population", "parent")


def study_files(
    draft: Draft, name: str, title: str, path: str, instrument: str, structure: str = ""
) -> dict[str, str]:
    """The texts of a study's files by their path in its folder.

    Parameters
    ----------
    name, title : of the study
    path : of the raw file in the folder, whose first part is the wave
    instrument : as study.toml names it; empty where it is made from the columns
    structure : path of the survey's structure in the folder, where there is one
    """
    files = {"municipalities.csv": _register(draft)}
    if not instrument:
        made = questionnaire_files(draft, name, title)
        files |= {f"instrument/{file}": text for file, text in made.items()}
    whence = "as asked for" if instrument else "made from the columns; check"
    files["study.toml"] = f"""# Made by weltoffen new; what is marked "check" is a guess.
id = {quoted(name)}
title = {quoted(title)}  # check
instrument = {quoted(instrument or "./instrument")}  # {whence}
scheme = "standard"
language = "de"
synthetic = false  # check: true where the answers are invented
source = {quoted(draft.table.file)}

[[wave]]
id = {quoted(path.partition("/")[0])}
date = {draft.date.day}  # check: date of the data, printed in reports; {_in_a_comment(draft.date.whence)}

{_file(draft, path, bool(instrument), structure)}"""
    return files


def _register(draft: Draft) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_REGISTER)
    writer.writerows([[key, name, ags, "", "", "", ""] for key, name, ags in draft.units])
    return stream.getvalue()


def _in_a_comment(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _file(draft: Draft, path: str, matched: bool, structure: str) -> str:
    roles, beginning = draft.roles, draft.beginning
    lines = ["[[file]]", f"path = {quoted(path)}", f"wave = {quoted(path.partition('/')[0])}"]
    if draft.of_limesurvey:
        lines.append('format = "limesurvey"  # by its heads; what is no item and not named is left aside')
    if structure:
        lines.append(f"structure = {quoted(structure)}  # lay beside the file and knows its questions")
    lines.append('setting = "questionnaire"  # check: or workshop, dialogue')
    if roles.perspective:
        lines.append(f"perspective_column = {quoted(roles.perspective)}  # each value is a perspective")
    elif draft.many:
        lines.append('perspective = "residents"  # check: whose answers these are; so many are of persons')
    else:
        lines.append('perspective = "administration"  # check: whose answers these are')
    # residents are persons anyway
    if draft.several and not draft.many and not roles.respondent:
        lines.append(
            'unit = "persons"  # check: a municipality has several records, which nothing tells apart'
        )
    elif draft.several and not draft.many:
        lines.append('sheets = "average"  # check: a municipality has several records; "merge": parts of one')
    if beginning.tab:
        lines.append(f"tab = {quoted(beginning.tab)}  # the tab with most filled cells")
    if beginning.delimiter:
        lines.append(f"delimiter = {quoted(beginning.delimiter)}  # with which most cells are parted")
    if beginning.header_row > 1:
        lines.append(f"header_row = {beginning.header_row}  # the first row with most filled cells of text")
    if beginning.skipped:
        skipped = sorted(beginning.skipped.items())
        reasons = "; ".join(
            f"{', '.join(str(row) for row, why in skipped if why == reason)}: {reason}"
            for reason in dict.fromkeys(beginning.skipped.values())
        )
        lines += [f"# {reasons}", f"skip_rows = {sorted(beginning.skipped)}"]
    if beginning.unfinished:
        rows = ", ".join(map(str, beginning.unfinished[:_MOST_ROWS]))
        more = " …" if len(beginning.unfinished) > _MOST_ROWS else ""
        lines.append(f"# not finished, as the survey tool notes: rows {rows}{more}")
        lines.append('incomplete = "keep"  # check: they count; "drop" leaves them out')
    if draft.decimal:
        lines.append(f"decimal = {quoted(draft.decimal)}  # as the numbers are written")
    if draft.in_doubt:
        doubtful = ", ".join(quoted(head) for head in draft.in_doubt)
        lines.append(f"# check: 1.234 may be a thousand or a little more than one in {doubtful}; say")
        lines.append('# decimal = "," or decimal = "."')
    if roles.named:
        named = ", ".join(f"{key} = {quoted(head)}" for key, head in roles.named.items())
        lines.append(f"columns = {{ {named} }}  # check: by their heads and values")
    if draft.by_codes:
        lines.append("# check: municipalities are named by codes of a form, which are their keys;")
        lines.append("# their names in municipalities.csv are made of these and are printed in reports")
    # an export of LimeSurvey is read by what a survey of the questionnaire is like
    recognised = draft.of_limesurvey and matched
    items = {item: head for item, head in draft.items.items() if item != head or draft.of_limesurvey}
    if items and not recognised:
        how = "by id, text or label" if matched else "columns that share a few values, or numbers; check"
        lines += [f"# {how}", f"items = {_inline(items)}"]
    if draft.not_asked:
        lines += ["# items of the questionnaire without a column", f"not_asked = {_array(draft.not_asked)}"]
    lines += _aside(draft)
    if draft.many:
        lines += ["", "[report]", 'perspective = "residents"  # check: whose answers the reports show']
    return "\n".join(lines) + "\n"


def _inline(items: Mapping[str, str]) -> str:
    # a table of TOML stands on one line
    return "{ " + ", ".join(f"{quoted(item)} = {quoted(head)}" for item, head in items.items()) + " }"


def _array(names: list[str]) -> str:
    whole = "[" + ", ".join(map(quoted, names)) + "]"
    return whole if len(whole) <= _LINE else "[\n" + _wrapped(names) + "]"


def _wrapped(names: list[str]) -> str:
    rows: list[str] = []
    row = " "
    for name in names:
        if len(row) + len(quoted(name)) > _LINE and row.strip():
            rows, row = [*rows, row], " "
        row += f" {quoted(name)},"
    return "\n".join([*rows, row]) + "\n"


def _aside(draft: Draft) -> list[str]:
    """What is left aside, each reason with its columns; where it is too much, all the rest at once."""
    read = [*draft.items.values(), draft.roles.municipality, draft.roles.ags, draft.roles.respondent]
    read.append(draft.roles.perspective)
    read = [head for head in read if head]
    nameless = any(e.rule == "column_ignored" and e.column.isdigit() for e in draft.table.log)
    groups = {why: _patterns_and_names(heads, read) for why, heads in draft.aside.items() if heads}
    if nameless or (not draft.of_limesurvey and sum(map(len, groups.values())) > _MOST_NAMES):
        said = "; ".join(f"{why} ({len(draft.aside[why])})" for why in groups)
        return [f"# check: {said or 'columns without a name'}", "ignore_rest = true"]
    if not groups:
        return []
    if draft.of_limesurvey:
        told = [
            line for why, names in groups.items() for line in (why, *_wrapped(names).rstrip("\n").split("\n"))
        ]
        return ["# left aside:", *(f"# {line}" for line in told)]
    text = "".join(f"  # {why}\n{_wrapped(names)}" for why, names in groups.items())
    return [f"ignore = [\n{text}]"]


def _patterns_and_names(heads: list[str], read: list[str]) -> list[str]:
    patterns = common_patterns(heads, read)
    return [*patterns, *(head for head in heads if not any(fits(head, pattern) for pattern in patterns))]


def empty_study(name: str, title: str, date: str, instrument: Instrument, named: str) -> dict[str, str]:
    """The files of a study of which nothing has come: an empty sheet of an invented municipality."""
    wave = date[:4]
    heads = ["municipality", *(item.id for item in instrument.items)]
    row = ["musterstadt", *[""] * len(instrument.items)]
    return {
        "municipalities.csv": ",".join(_REGISTER) + "\nmusterstadt,Musterstadt,,,,,\n",
        f"{wave}/antworten.csv": "\n".join([",".join(heads), ",".join(row)]) + "\n",
        "study.toml": f"""# Made by weltoffen new. Put in your municipalities and answers.
id = {quoted(name)}
title = {quoted(title)}
instrument = {quoted(named)}
scheme = "standard"
language = "de"
synthetic = false  # true where the answers are invented

[[wave]]
id = "{wave}"
date = {date}  # date of the data, printed in reports

[[file]]
path = "{wave}/antworten.csv"  # one row for each sheet, one column for each question
wave = "{wave}"
setting = "questionnaire"  # or workshop, dialogue
perspective = "administration"
""",
    }
