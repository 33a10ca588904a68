"""The page with the lists of a draw, a list per group: to be printed and hung up."""

from __future__ import annotations

from collections.abc import Mapping

from weltoffen_eval.publish.exporting.pages import render_page, sort_key


def group_lists(groups: Mapping[str, int], seed: int) -> bytes:
    """Nothing but ids, by group (from 1 on) and alphabet; a group that nobody is in says so.

    Parameters
    ----------
    groups : the group of each id
    seed : of the draw, so that it can be made again
    """
    members = {number: sorted((who for who, group in groups.items() if group == number), key=_by_alphabet)
               for number in range(1, max(groups.values()) + 1)}  # fmt: skip
    return render_page("groups.html.j2", groups=members, total=len(groups), seed=seed)


def _by_alphabet(name: str) -> tuple[str, str]:
    return sort_key(name), name
