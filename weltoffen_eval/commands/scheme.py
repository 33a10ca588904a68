"""``weltoffen scheme``: scoring schemes checked and compared, without a notebook."""

from __future__ import annotations

from weltoffen_eval.commands.calls import Calls

command = Calls(
    "scheme",
    room="weltoffen_eval.commands.of_scheme",
    names=("check", "diff"),
    help="Scoring schemes: whether one is sound, and what differs between two.",
    short_help="Scoring schemes checked and compared.",
)
