"""The questionnaire of a draft: instrument.toml and items.csv from the columns that hold answers."""

from __future__ import annotations

import csv
import io
import json

from weltoffen_eval.drafting.answer_scales import DraftOption, DraftScale
from weltoffen_eval.drafting.draft import Draft
from weltoffen_eval.drafting.field_levels import ALL, OTHERS, Levels, find_levels, group_of, readable
from weltoffen_eval.drafting.open_guesses import BY_ALPHABET


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
    return text + "".join(_scale(scale) for scale in draft.scales)


def _scale(scale: DraftScale) -> str:
    text = f"\n[[scale]]\nid = {quoted(scale.id)}\n"
    if scale.numbers is not None:
        low, high = scale.numbers
        goals = f"min = {low:.15g}  # check: 0 points; the least number that occurs"
        return text + f'kind = "numeric"\n{goals}\nmax = {high:.15g}  # check: 100 points; the greatest\n'
    order = "as usual or by their numbers" if scale.ordered else BY_ALPHABET
    text += f'kind = "ordinal"\n# check: from the least to the most, {order}; points in equal steps\n'
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


def _non_answer(option: DraftOption) -> str:
    code = f", code = {option.code}" if option.code is not None else ""
    label = f"{{ de = {quoted(option.label)} }}"
    return f"  {{ kind = {quoted(option.missing)}{code}, label = {label}{_aliases(option)} }},\n"


def _aliases(option: DraftOption) -> str:
    return f", aliases = [{', '.join(map(quoted, option.aliases))}]" if option.aliases else ""
