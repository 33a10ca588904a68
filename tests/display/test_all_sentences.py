"""The catalogue as a whole: what is printed is listed, what is listed is printed, alike in every language."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pandas as pd
import pytest
from persons import answered_by_persons
from places import REFERENCE, ROOT

from weltoffen_eval import load_profile, quality_report, report
from weltoffen_eval.analysis.answers import item_points
from weltoffen_eval.blocks import (
    Block,
    DataFile,
    Entry,
    Facts,
    Figure,
    Heading,
    Link,
    Listing,
    Paragraph,
    Table,
)
from weltoffen_eval.blocks import Note as NoteBlock
from weltoffen_eval.display.language import language_names, load_language
from weltoffen_eval.display.sentence_list import example_of, list_sentences, notebook_texts
from weltoffen_eval.display.sentences import Catalogue, load_catalogue
from weltoffen_eval.display.shown import Shown, keys_of, sentences_of
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.display.waves import section
from weltoffen_eval.publish.running.cell_texts import translate_cells
from weltoffen_eval.results.before import Before, NotJoined
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Instrument
from weltoffen_eval.study.succession import Holder

#: The catalogues of the reports on one municipality, and of what all reports say.
REPORTS = ("common", "selfcheck", "data_quality", "waves")
MINI = REFERENCE / "example" / "study"


def parts_of(profile: Profile) -> list[Shown]:
    return [
        report.title(profile), report.summary(profile), report.overview(profile), report.dimensions(profile),
        report.robustness(profile), report.workshop_topics(profile), report.method(profile),
        report.cleaning_log(profile), report.glossary(profile),
        report.provenance(profile), quality_report.title(profile), quality_report.sheets_received(profile),
        quality_report.unanswered(profile), quality_report.to_ask_again(profile), quality_report.cleaning_log(profile), since_before(profile),
    ]  # fmt: skip


def since_before(profile: Profile) -> Shown:
    """What any report on one municipality can show of an earlier wave."""
    telling = Telling(profile, "selfcheck")
    return telling.show(*since(profile).bundle.blocks, *section.participants(telling))


def since(profile: Profile) -> Shown:
    """As since_before, without what persons answered before, which takes long."""
    telling = Telling(profile, "selfcheck")
    documented = section.blocks(telling, ("Hauptamt", ""))
    return telling.show(*section.blocks(telling), *section.questions(telling), *documented)


def withheld(profile: Profile, reason: str) -> Profile:
    """As if the reason held for all of its scores."""
    scores = profile.scores.assign(withheld=reason, score=float("nan"), low=float("nan"), high=float("nan"))
    return replace(profile, scores=scores)


def only_answered(profile: Profile, aspect: str) -> Profile:
    """As if only the questions on one aspect were answered."""
    items = {item.id for item in profile.instrument.items if item.aspect == aspect}
    rows = profile.scores
    left = (rows["level"].astype(str) == "item") & ~rows["id"].astype(str).isin(items)
    reasons = rows["withheld"].astype(str).where(~left, "coverage")
    return replace(profile, scores=rows.assign(withheld=reasons))


def nobody_answered(profile: Profile, item: str) -> Profile:
    """As if no sheet had an answer to an item."""
    rows, answers = profile.scores, profile.responses
    own = (rows["level"] == "item") & (rows["id"] == item) & (rows["setting"] == "questionnaire")
    here = (answers["item"] == item) & (answers["setting"] == "questionnaire")
    return replace(
        profile,
        scores=rows.assign(withheld=rows["withheld"].astype(str).mask(own, "coverage")),
        responses=answers.assign(
            code=answers["code"].mask(here), missing=answers["missing"].astype(object).mask(here, "skipped")
        ),
    )


def no_sheet_full_enough(profile: Profile) -> Profile:
    """As if the offices answered enough together, and none of them alone."""
    rows = profile.scores
    fields = rows["level"] == "dimension"
    return replace(
        profile, scores=rows.assign(withheld=rows["withheld"].astype(str).mask(fields, "coverage"))
    )


def not_compared(profile: Profile, field: str) -> Profile:
    """As if too few others had points in a field."""
    rows = profile.references
    return replace(
        profile, references=rows.assign(grouping=rows["grouping"].astype(str).mask(rows["id"] == field, ""))
    )


def two_open_in(profile: Profile, field: str) -> Profile:
    """As if two questions of one field alone were open, so that its points could be less."""
    made = nobody_answered(nobody_answered(profile, "A1"), "A2")
    low = made.scores["low"].mask((made.scores["level"] == "dimension") & (made.scores["id"] == field), 0.0)
    return replace(made, scores=made.scores.assign(low=low))


def as_before(profile: Profile) -> Profile:
    """As if the same had been answered in an earlier wave."""
    wave = replace(profile.wave, id="2018")
    before = Before(wave, profile.instrument, profile.responses.assign(wave="2018"), profile.merging)
    return replace(profile, before=before)


def offices(profile: Profile, earlier: str, now: str) -> Profile:
    """As if these had answered and nobody else."""
    assert profile.before is not None
    after, then = (
        pd.concat([rows[is_self_check(rows)].assign(respondent=name) for name in names.split()])
        for rows, names in ((profile.responses, now), (profile.before.responses, earlier))
    )
    return replace(profile, responses=after, before=replace(profile.before, responses=then))


def reforms(profile: Profile) -> list[Profile]:
    """As if others had held its place before."""
    assert profile.before is not None
    joined = replace(profile.before, municipality="probestadt", since="2024")
    lost = [
        NotJoined(Holder("", "merged", ("probestadt", "modellstadt"), wave="2024")),
        NotJoined(Holder("", "split", ("musterstadt", "modellstadt"), "probestadt", "2024")),
        NotJoined(Holder("probestadt", wave="2024"), silent=True),
        NotJoined(Holder("probestadt", wave="2024"), faulty=True),
    ]
    return [
        replace(profile, before=joined),
        *(replace(profile, before=None, not_joined=reason) for reason in lost),
    ]


def compared_in(profile: Profile, *fields: str) -> Profile:
    """As if all other fields had no points, and nothing were answered otherwise where none is named."""
    assert profile.before is not None
    rows = profile.scores
    kept = rows["id"].isin(fields) if fields else rows["id"] == "management"
    withheld_now = rows["withheld"].astype(str).mask((rows["level"] == "dimension") & ~kept, "coverage")
    made = replace(profile, scores=rows.assign(withheld=withheld_now))
    if fields:
        return made
    same = {m.item: m.previous for m in profile.instrument.mapping if m.comparable == "yes"}
    as_now = profile.responses[profile.responses["item"].isin(same)].astype({"item": str})
    as_now = as_now.assign(item=as_now["item"].map(same), wave="2021")
    return replace(made, before=replace(profile.before, responses=as_now))


def best_before(profile: Profile) -> Profile:
    """As if every question had been answered as well as can be in the wave before."""
    assert profile.before is not None
    instrument, answers = profile.before.instrument, profile.before.responses
    points = {item.id: item_points(item, instrument, profile.scheme)[0] for item in instrument.items}
    best = {name: max(of, key=lambda code: of[code]) for name, of in points.items() if of}
    codes = answers["item"].astype(str).map(best).astype("Int64").fillna(answers["code"])
    return replace(profile, before=replace(profile.before, responses=answers.assign(code=codes)))


def nothing_dropped(profile: Profile) -> Profile:
    """As if the questions that were dropped had been put otherwise."""
    mapping = tuple(replace(m, item=m.item or m.previous) for m in profile.instrument.mapping)
    return replace(profile, instrument=replace(profile.instrument, mapping=mapping))


def long_criteria(profile: Profile) -> Profile:
    """As if its criteria had names so long that not all of a field fit in an alternative text."""
    criteria = tuple(replace(c, title={"de": f"{c.id} {200 * 'x'}"}) for c in profile.instrument.criteria)
    return replace(profile, instrument=replace(profile.instrument, criteria=criteria))


def persons_in_its_place(folder: Path, sheets: list[str]) -> Profile:
    """As if persons had answered in the place of an administration, one of them with a blank too many."""
    study = folder / "mini"
    shutil.copytree(MINI, study)
    scheme = study / "scheme.toml"
    text = scheme.read_text(encoding="utf-8")
    scheme.write_text(text.replace("min_group_size = 3", "min_group_size = 5"), encoding="utf-8")
    return answered_by_persons(study, [" " + sheets[0], *sheets[1:]])


def two_offices(folder: Path, *answers: str) -> Profile:
    """Adorf with a sheet of each of two offices."""
    study = folder / "study"
    shutil.copytree(MINI, study)
    rows = [f"adorf,b{number},{given}" for number, given in enumerate(answers, start=1)]
    text = "\n".join(["municipality,respondent,A1,A2,A3,B1,B2", *rows]) + "\n"
    (study / "verwaltung.csv").write_text(text, encoding="utf-8")
    return load_profile(study, "adorf", "2021")


def of_what_is_in_place(profile: Profile) -> Profile:
    """As if every scale of the study said that it asks what is in place, and no question counted backwards."""

    def saying(instrument: Instrument) -> Instrument:
        return replace(
            instrument,
            scales=tuple(replace(scale, about="implementation") for scale in instrument.scales),
            items=tuple(replace(item, direction=1) for item in instrument.items),
        )

    asked = {wave: saying(instrument) for wave, instrument in profile.study.instruments.items()}
    return replace(
        profile,
        study=replace(profile.study, instruments=asked),
        instrument=saying(profile.instrument),
    )


@pytest.fixture(scope="module")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> list[Profile]:
    """Municipalities of every kind, and what no shipped study has, made from them."""
    small = {
        key: of_what_is_in_place(load_profile(MINI, key, "2021")) for key in ("adorf", "bestadt", "cekreis")
    }
    adorf, bestadt = small["adorf"], small["bestadt"]
    big = [
        load_profile("beispiel", key, wave)
        for key, wave in (("musterstadt", "2021"), ("modellstadt", "2024"), ("tintenstadt", "2024"))
    ]
    known = replace(big[0].municipality, contact="Hauptamt", mandate="Beschluss vom 1. März")
    one_sheet_empty = bestadt.records.assign(counted=bestadt.records.index != bestadt.records.index[0])
    many = ["0,0,1,1,50", "1,1,1,1,100", "2,2,1,2,150", "2,2,2,2,200", "1,1,1,,100", "0,?,0,,0"]
    return [
        persons_in_its_place(tmp_path_factory.mktemp("many"), many),
        persons_in_its_place(tmp_path_factory.mktemp("few"), many[:2]),
        two_offices(tmp_path_factory.mktemp("two"), "0,2,0,1,5", "2,0,0,2,200"),
        *small.values(),
        *big,
        *(
            withheld(adorf, r)
            for r in ("not_chosen", "not_asked", "not_applicable", "group_size", "disclosure")
        ),
        only_answered(adorf, "concept"),
        only_answered(adorf, "practice"),
        replace(withheld(adorf, "coverage"), scheme=replace(adorf.scheme, min_coverage=1.0)),
        replace(adorf, left_out=2),
        replace(adorf, left_out=1),
        replace(adorf, scheme=replace(adorf.scheme, levels="items", bands=())),
        replace(
            adorf,
            scheme=replace(adorf.scheme, aggregation={**adorf.scheme.aggregation, "criterion": "geometric"}),
        ),
        replace(adorf, scheme=replace(adorf.scheme, levels="criteria")),
        long_criteria(big[0]),
        replace(bestadt, records=one_sheet_empty),
        replace(adorf, cleaning_log=adorf.cleaning_log.iloc[:0]),
        replace(big[0], municipality=known),
        nobody_answered(big[1], "MS03"),
        no_sheet_full_enough(big[1]),
        # two questions of one field alone, and a field that is not compared
        two_open_in(adorf, "alpha"),
        not_compared(big[0], "opening"),
        as_before(big[0]),
        replace(big[1], instrument=replace(big[1].instrument, previous="")),
        # so long a name leaves no room for all fields in an alternative text
        replace(big[0], municipality=replace(big[0].municipality, name=90 * "x")),
        load_profile("beispiel", "kommahausen", "2021"),
        # its fields have comparison groups of two kinds
        load_profile("beispiel", "probehausen", "2021"),
        load_profile("beispiel", "musterstadt", "2024"),
        load_profile("beispiel", "silbenstadt", "2024"),
        replace(adorf, evidence=frozenset({"A1"})),
        # blanks around a hundred answers
        load_profile("beispiel", "musterhausen", "2024"),
        load_profile("beispiel", "vokabelstadt", "2021"),
        load_profile("beispiel", "kreis-skizzenfelde", "2024"),
        load_profile("egi-chile", "putre", "2019"),
        load_profile("egi-chile", "putre", "2021"),
        load_profile("egi-chile", "calle-larga", "2021"),
    ]


@pytest.fixture(scope="module")
def changed() -> list[Profile]:
    """As if something else had been answered, or by others, before or now; nothing else is told otherwise."""
    later = load_profile("beispiel", "musterstadt", "2024")
    return [
        offices(later, "Hauptamt", "Hauptamt"),
        offices(later, "Hauptamt", "Sozialamt"),
        offices(later, "Hauptamt", "Hauptamt Sozialamt"),
        offices(later, "Hauptamt Sozialamt", "Hauptamt Sozialamt"),
        *reforms(later),
        compared_in(later),
        compared_in(later, "access"),
        compared_in(later, "none"),
        best_before(later),
        nothing_dropped(later),
    ]


@pytest.fixture(scope="module")
def blocks(profiles: list[Profile], changed: list[Profile]) -> list[Block]:
    shown = [part for profile in profiles for part in parts_of(profile)]
    shown += [part for profile in changed for part in (report.summary(profile), since(profile))]
    return [block for part in shown for block in part.bundle.blocks]


def pattern_of(text: str) -> str:
    return "".join(
        re.escape(literal) + ("(?:.+)" if place is not None else "")
        for literal, place, _, _ in Formatter().parse(text)
    )


def patterns(catalogue: Catalogue) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile("|".join(map(pattern_of, worded.texts.values())), re.DOTALL)
        for name, worded in catalogue.worded.items()
    }


def other_texts(blocks: list[Block]) -> Iterator[str]:
    """What stands in blocks besides sentences: headings, captions, links, cells."""
    for block in blocks:
        entries: tuple[Entry, ...] = ()
        links: tuple[Link, ...] = ()
        match block:
            case Heading():
                yield block.text
            case Figure():
                yield from (block.caption, block.alternative, block.unfold)
                yield from other_texts([block.table])
                yield from re.findall(r">([^<>]+)</text>", block.svg)
            case Table():
                yield block.caption
                yield from (cell for row in block.rows for cell in row)
            case DataFile():
                yield block.title
            case Paragraph():
                links = block.links
            case Listing():
                entries = block.entries
            case Facts():
                entries = tuple(entry for _, entry in block.facts)
        for link in (*links, *(link for entry in entries for link in entry.links)):
            yield from (link.text, link.context)
        yield from (entry.text for entry in entries)


def test_every_computed_sentence_is_in_the_catalogue(blocks: list[Block], profiles: list[Profile]) -> None:
    known = {f"{name}.{sentence}" for name in REPORTS for sentence in load_catalogue(name, "de").declared}
    for block in blocks:
        match block:
            case Paragraph() | NoteBlock():
                assert block.sentences, block.text
            case Listing():
                assert all(entry.sentences for entry in block.entries)
    suggested = set()
    for profile in profiles:
        suggested |= {s.text for s in profile.instrument.suggestions}
        for scale in profile.instrument.scales:
            answers = (*scale.options, *scale.non_answers)
            suggested |= {text for answer in answers for text in answer.suggestion.values()}
    for sentence in sentences_of(blocks):
        assert sentence.name in known or (not sentence.name and sentence.text in suggested), sentence.text


def test_every_caption_heading_and_alternative_text_is_in_the_catalogue(
    blocks: list[Block], profiles: list[Profile]
) -> None:
    fitting = [p for name in REPORTS for p in patterns(load_catalogue(name, "de")).values()]
    titles = {d.title["de"] for profile in profiles for d in profile.instrument.dimensions}
    for block in blocks:
        texts: tuple[str, ...] = ()
        match block:
            case Heading():
                texts = (block.text,) if block.text not in titles else ()
            case Figure():
                texts = (block.caption, block.alternative, block.table.caption)
            case Table():
                texts = (block.caption,)
        for text in texts:
            assert any(pattern.fullmatch(text) for pattern in fitting), text


#: The figures of no shipped study are split: those that are say so in the test of their parts.
#: Of a range where persons answered, and of one field only, other tests have their own studies.
_NEVER_HERE = {"part", "only_range", "no_range", "open_matters"}


@pytest.mark.parametrize("name", REPORTS)
def test_every_sentence_of_the_catalogue_is_printed(name: str, blocks: list[Block]) -> None:
    catalogue = load_catalogue(name, "de")
    said = {sentence.name for sentence in sentences_of(blocks)}
    fitting = patterns(catalogue)
    # what is part of another sentence, such as an entry of its list, is looked for inside, text by text: over all of
    # them at once a pattern with several places takes the square of their length
    texts = {sentence.text for sentence in sentences_of(blocks)} | set(other_texts(blocks))
    never = {
        sentence
        for sentence in catalogue.declared
        if f"{name}.{sentence}" not in said and not any(map(fitting[sentence].search, texts))
    }
    assert never <= _NEVER_HERE


@pytest.mark.parametrize("name", REPORTS)
def test_numbers_in_the_words_of_a_sentence_are_the_same_in_every_language(name: str) -> None:
    def numbers(language: str) -> dict[str, list[list[str]]]:
        return {
            sentence: sorted(
                re.findall(r"\d+", pattern_of(text).replace("\\ ", "")) for text in worded.texts.values()
            )
            for sentence, worded in load_catalogue(name, language).worded.items()
        }

    for language in language_names():
        assert {k: sorted(map(sorted, v)) for k, v in numbers(language).items()} == {
            k: sorted(map(sorted, v)) for k, v in numbers("de").items()
        }


def test_a_report_says_the_same_with_the_same_numbers_in_every_language() -> None:
    told = {}
    for language in ("de", "en"):
        profile = load_profile(MINI, "adorf", "2021", language=language)
        shown = [block for part in parts_of(profile) for block in part.bundle.blocks]
        told[language] = [
            (s.name, s.rests_on, [(key, printed.replace(",", ".")) for key, printed in s.numbers])
            for s in sentences_of(shown)
            if s.name  # what the study itself says is one where its language has to be marked
        ]
        keys = [block.rests_on for block in shown if isinstance(block, Table | Figure)]
        told[f"keys in {language}"] = [("", tuple(map(tuple, keys)), [])]  # type: ignore[arg-type]
    assert told["de"] == told["en"]
    assert told["keys in de"] == told["keys in en"]


@pytest.mark.parametrize(
    ("study", "municipality", "language_of_items"),
    [("beispiel", "silbenstadt", ""), (MINI, "adorf", "de")],
    ids=["a questionnaire in both languages", "a questionnaire in German"],
)
def test_an_english_report_holds_german_only_where_it_says_so(
    study: str | Path, municipality: str, language_of_items: str
) -> None:
    profile = load_profile(study, municipality, "2021", language="en")
    shown = [block for part in parts_of(profile) for block in part.bundle.blocks]
    german = re.compile(r"\b(und|der|die|das|von|Fragen?|Punkte|Wert|nicht|Antwort)\b")
    for sentence in sentences_of(shown):
        text = sentence.text
        for start, end, language in reversed(sentence.foreign):
            assert language == "de"
            text = text[:start] + text[end:]
        # names of fields in a list or in quotation marks are names
        text = re.sub(r"“[^”]*”", "", text)
        if sentence.name == "selfcheck.question_and_answer":
            text = ""
        assert not german.search(text), text
    for block in shown:
        if isinstance(block, Table) and block.name.startswith("items-"):
            assert [column.language for column in block.columns][1] == language_of_items
        if isinstance(block, Heading) and block.level == 3 and block.anchor.startswith("dimension-"):
            assert block.language == language_of_items


def test_every_number_of_a_report_has_a_finding_behind_it(profiles: list[Profile]) -> None:
    for profile in profiles[:4]:
        for part in parts_of(profile):
            known = {finding.key for finding in part.findings}
            assert known == set(keys_of(part.bundle.blocks))


@pytest.mark.parametrize("language", language_names())
@pytest.mark.parametrize("name", REPORTS)
def test_every_example_can_be_said(name: str, language: str) -> None:
    catalogue = load_catalogue(name, language)
    for sentence in catalogue.declared:
        assert "{" not in example_of(catalogue, sentence)


def test_the_published_list_is_that_of_the_catalogue() -> None:
    published = (ROOT / "docs" / "sentences.md").read_text(encoding="utf-8")
    assert published == list_sentences(ROOT / "notebooks"), "make sentences"


def test_the_cells_of_the_two_notebooks_have_their_english_texts() -> None:
    import nbformat

    for name in ("01_data_quality", "02_selfcheck"):
        node = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        german = {c.id: c.source for c in node.cells if c.cell_type == "markdown"}
        translate_cells(node, "en")
        for cell in node.cells:
            if cell.cell_type == "markdown":
                assert cell.source != german[cell.id]
                levels = [re.findall(r"^#+", text, re.MULTILINE) for text in (cell.source, german[cell.id])]
                assert levels[0] == levels[1]
    assert {cell for cell, _ in notebook_texts(ROOT / "notebooks")} >= german.keys()


def test_the_languages_have_the_same_words() -> None:
    german, *others = (load_language(name).words for name in ("de", *language_names()))
    for words in others:
        assert {table: set(terms) for table, terms in words.items()} == {
            table: set(terms) for table, terms in german.items()
        }
