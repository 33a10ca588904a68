"""Cards for the tables: the questions of which talking pays off most, each with why."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Heading, Note
from weltoffen_eval.display.answers import answer
from weltoffen_eval.display.shown import note, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.questions_to_discuss import questions_to_talk_about
from weltoffen_eval.results.talking_points import least_done
from weltoffen_eval.study.questionnaire.instrument import Item


def blocks(telling: Telling) -> Iterator[Block | None]:
    """A card per question: what fell or is least there, then what the answers leave open."""
    found = questions_to_talk_about(telling.profile)
    if not found.count:
        yield paragraph(telling.say("no_cards"))
        return
    yield paragraph(telling.say("cut_out", cards=found.count))
    yield Heading(3, telling.text("cards_heading"), "cards", sheet="cards")
    lowest = "lowest_question" if found.of_one_field else "lowest"
    first = ((found.fallen, "fallen"), (found.lowest, lowest))
    questions = [(item, why) for item, why in first if item is not None]
    questions += [(least_done(telling.profile, pair), "laid_down") for pair in found.laid_down]
    questions += [(item, "apart") for item in found.apart]
    questions += [(item, "unanswered") for item in found.unanswered]
    for number, (item, why) in enumerate(questions, start=1):
        yield _card(telling, number, item, why)


def _card(telling: Telling, number: int, item: Item, why: str) -> Note:
    said = answer(telling, item.id)
    return note(
        telling.text("card", number=float(number)),
        telling.say("card_question", question=telling.label(item.text)),
        telling.say("card_answer", "item", item.id, answer=said.text),
        telling.say(f"card_{why}"),
        telling.say("card_ask"),
    )
