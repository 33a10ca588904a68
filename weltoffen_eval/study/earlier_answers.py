"""In which wave the answers lie that come before those of a wave, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from weltoffen_eval.study.succession import Answered, Holder, Successions


@dataclass(frozen=True)
class Earlier:
    """In which wave the answers lie that come before those of a wave: empty where there are none.

    ``holder``: whose they are, or why they are not joined. ``silent``: a predecessor gave no answers.
    """

    wave: str = ""
    holder: Holder = field(default_factory=Holder)
    silent: bool = False


def earlier_of(
    successions: Successions, municipality: str, wave: str, before: Sequence[str], answered: Answered
) -> Earlier:
    """The last of the waves ``before`` in which there are answers, and whose they are.

    Parameters
    ----------
    before : the waves before ``wave`` that have a questionnaire, in order of time
    answered : whether a municipality (key) answered it in a wave (id)
    """
    refused, silent = Earlier(), Earlier()
    for one in reversed(before):
        holder = successions.holder(municipality, wave, one, answered)
        if holder.refused and not refused.holder.refused:
            refused = Earlier("", holder)
        elif not holder.refused and answered(holder.municipality, one):
            return Earlier(one, holder)
        elif holder.wave and not silent.silent:
            silent = Earlier("", holder, True)
    return refused if refused.holder.refused else silent
