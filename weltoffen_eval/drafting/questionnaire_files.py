"""The questionnaire of a draft: instrument.toml and items.csv from the columns that hold answers."""

from __future__ import annotations

import csv
import io
import json

from weltoffen_eval.drafting.answer_order import ALPHABET, EXPLAINED, GRADES, NUMBERS
from weltoffen_eval.drafting.answer_scales import DraftOption, DraftScale
from weltoffen_eval.drafting.draft import Draft
from weltoffen_eval.drafting.field_levels import ALL, OTHERS, Levels, find_levels, group_of, readable
from weltoffen_eval.drafting.open_guesses import BY_ALPHABET, BY_NUMBERS, BY_OCCURRENCE, LEFT_NUMBERS
from weltoffen_eval.study.questionnaire.subjects import IMPLEMENTATION, OTHER, labels_tell

_ORDERS = {
    ALPHABET: BY_ALPHABET,
    NUMBERS: BY_NUMBERS,
    EXPLAINED: "as the file explains its numbers",
    GRADES: "1 means most, as in grades of a school",
}


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def questionnaire_files(draft: Draft, name: str, title: str) -> dict[str, str]:
    """instrument.toml and items.csv by their names."""
    beginning = draft.beginning
    groups = draft.survey.groups if draft.survey is not None else {}
    levels = find_levels(draft.items, beginning.groups, beginning.codes, groups)
    fields, criteria = levels.fields, levels.criteria
    scale_of = {head: scale for scale in draft.scales for head in scale.columns}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    columns = ["item", "dimension", *(["criterion"] if criteria else [])]
    writer.writerow([*columns, "position", "scale", "direction", "text_de"])
    for position, (item, head) in enumerate(draft.items.items(), start=1):
        within = fields[item] != ALL or item in criteria
        own = head.removeprefix(group_of(head)).strip("/[]") if within else head
        text = readable(beginning.wordings.get(head, "")) or readable(own) or item
        place = [fields[item][0], *([criteria[item][0] if item in criteria else ""] if criteria else [])]
        writer.writerow([item, *place, position, scale_of[head].id, 1, text])
    return {"instrument.toml": _instrument(draft, name, title, levels), "items.csv": stream.getvalue()}


def _instrument(draft: Draft, name: str, title: str, levels: Levels) -> str:
    text = f"""# Made from the columns of {draft.table.file}: everything here is a guess and can be changed.
# In items.csv: direction is 1 everywhere; write -1 where the highest answer means least. # check
id = {quoted(f"{name}-fragebogen")}
edition = "1"
title = {{ de = {quoted(title)} }}
source = {quoted(draft.table.file)}
licence = "not known"  # check
"""
    comment = f"  # {levels.whence}" if levels.whence else "  # check"
    # what stands in no group comes last
    for key, said in sorted(dict.fromkeys(levels.fields.values()), key=lambda field: field[1] == OTHERS):
        text += f"\n[[dimension]]{comment}\nid = {quoted(key)}\ntitle = {{ de = {quoted(said)} }}\n"
    field_of = {criterion: levels.fields[item][0] for item, criterion in levels.criteria.items()}
    for (key, said), field in field_of.items():
        text += f"\n[[criterion]]\nid = {quoted(key)}\ndimension = {quoted(field)}\n"
        text += f"title = {{ de = {quoted(said)} }}\n"
    text += "".join(_scale(scale) for scale in draft.scales)
    return text + _numbers(draft, next(iter(levels.fields.values()))[0])


def _numbers(draft: Draft, dimension: str) -> str:
    """How columns of numbers that are left aside can be taken in, as comments."""
    if not draft.numbers:
        return ""
    text = f"""
# check: {LEFT_NUMBERS}. To count one as a question,
# take the # off its scale and say which number has 0 and which 100 points, add its row to items.csv, and in
# study.toml take its head out of ignore and write it into items. Where less is better, direction is -1.
"""
    for number, (item, (head, least, most)) in enumerate(draft.numbers.items(), start=1):
        asked = readable(draft.beginning.wordings.get(head, "")) or readable(head) or item
        stream = io.StringIO()
        row = [item, dimension, len(draft.items) + number, f"zahl-{number}", 1, asked]
        csv.writer(stream, lineterminator="\n").writerow(row)
        text += f"""#
# study.toml: items = {{ …, {quoted(item)} = {quoted(head)} }}  ({least} to {most} occur)
# items.csv: {stream.getvalue().strip()}
# [[scale]]
# id = "zahl-{number}"
# about = "other"
# kind = "numeric"
# min = …  # 0 points
# max = …  # 100 points
"""
    return text


def _scale(scale: DraftScale) -> str:
    text = f"\n[[scale]]\nid = {quoted(scale.id)}\n"
    if scale.numbers is not None:
        low, high = scale.numbers
        goals = f"min = {low:.15g}  # check: 0 points; {BY_OCCURRENCE}"
        return text + f'kind = "numeric"\n{goals}\nmax = {high:.15g}  # check: 100 points; the greatest\n'
    order = _ORDERS.get(scale.order, "as usual or by their numbers")
    text += f'{_about(scale)}kind = "ordinal"\n'
    text += f"# check: from the least to the most, {order}; points in equal steps\n"
    text += "options = [\n"
    last = len(scale.options) - 1
    for place, option in enumerate(scale.options):
        points = f"{place * 100 / last:.4f}".rstrip("0").rstrip(".")
        label = f"label = {{ de = {quoted(option.label)} }}{_aliases(option)}"
        text += f"  {{ code = {option.code}, points = {points}, {label} }},\n"
    text += "]\n"
    if scale.non_answers:
        text += "non_answers = [  # check: what they mean\n"
        text += "".join(_non_answer(option) for option in scale.non_answers) + "]\n"
    return text


def _about(scale: DraftScale) -> str:
    """What the answers are about, as their words say."""
    # of answers in no known order nobody knows which of them says that something is there
    if scale.order != ALPHABET and labels_tell(option.label for option in scale.options):
        return f'about = "{IMPLEMENTATION}"  # check: reports say what is in place; "{OTHER}": they do not\n'
    return f'about = "{OTHER}"  # check: "{IMPLEMENTATION}" where reports are to say what is in place\n'


def _non_answer(option: DraftOption) -> str:
    code = f", code = {option.code}" if option.code is not None else ""
    label = f"{{ de = {quoted(option.label)} }}{_aliases(option)}"
    return f"  {{ kind = {quoted(option.missing)}{code}, label = {label} }},\n"


def _aliases(option: DraftOption) -> str:
    return f", aliases = [{', '.join(map(quoted, option.aliases))}]" if option.aliases else ""
