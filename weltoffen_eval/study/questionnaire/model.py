"""What instrument.toml may say: the models of its tables, and what each of them becomes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from weltoffen_eval.study import declared
from weltoffen_eval.study.brand_table import BrandTable
from weltoffen_eval.study.declared import DeclaredTable, required
from weltoffen_eval.study.languages import ByLanguage
from weltoffen_eval.study.questionnaire.instrument import (
    NON_ANSWERS,
    Criterion,
    Dimension,
    NonAnswer,
    Option,
    ResponseScale,
)
from weltoffen_eval.study.questionnaire.subjects import SUBJECTS

Text = Annotated[str, declared.text()]
Title = Annotated[ByLanguage, declared.title()]
Weight = Annotated[float, declared.number(at_least=0)]
Number = Annotated[float, declared.number()]
Code = Annotated[int, declared.whole_number(at_least=-(10**9))]
Points = Annotated[float, declared.number(at_least=0, at_most=100)]
Aliases = Annotated[tuple[str, ...], declared.texts()]


class DimensionTable(DeclaredTable):
    """A [[dimension]]."""

    id: Text = required()
    title: Title = required()
    weight: Weight = 1.0
    plain: Title = ByLanguage()

    def as_dimension(self) -> Dimension:
        return Dimension(self.id or "", self.title, self.weight or 0.0, self.plain)


class CriterionTable(DeclaredTable):
    """A [[criterion]]."""

    id: Text = required()
    dimension: Text = required()
    title: Title = required()
    weight: Weight = 1.0
    plain: Title = ByLanguage()

    def as_criterion(self) -> Criterion:
        return Criterion(self.id or "", self.dimension or "", self.title, self.weight or 0.0, self.plain)


class OptionTable(DeclaredTable):
    """One of the ``options`` of a scale."""

    code: Code = required()
    points: Points = required()
    label: Title = required()
    aliases: Aliases = ()
    help: Title = ByLanguage()
    suggestion: Title = ByLanguage()

    def as_option(self) -> Option:
        return Option(
            self.code or 0, float(self.points or 0), self.label, self.aliases, self.suggestion, self.help
        )


class NonAnswerTable(DeclaredTable):
    """One of the ``non_answers`` of a scale."""

    kind: Annotated[str, declared.choice(NON_ANSWERS)] = required()
    label: Title = required()
    code: Code | None = None
    aliases: Aliases = ()
    help: Title = ByLanguage()
    suggestion: Title = ByLanguage()

    def as_non_answer(self) -> NonAnswer:
        return NonAnswer(self.kind or "", self.label, self.code, self.aliases, self.suggestion, self.help)


class ScaleTable(DeclaredTable):
    """A [[scale]]; which of its keys belong to which kind is checked beside the model."""

    id: Text = required()
    kind: Annotated[str, declared.choice(("ordinal", "numeric"))] = required()
    about: Annotated[str, declared.choice(SUBJECTS)] | None = None
    min: Number | None = None
    max: Number | None = None
    options: list[OptionTable] = Field(default_factory=list)
    non_answers: list[NonAnswerTable] = Field(default_factory=list)

    def as_scale(self) -> ResponseScale:
        numeric = self.kind == "numeric"
        return ResponseScale(
            self.id or "",
            self.kind or "ordinal",
            () if numeric else tuple(option.as_option() for option in self.options),
            tuple(non_answer.as_non_answer() for non_answer in self.non_answers),
            float(self.min or 0) if numeric else 0.0,
            100.0 if self.max is None or not numeric else float(self.max),
            self.about or "",
        )


class InstrumentFile(DeclaredTable):
    """instrument.toml."""

    id: Annotated[str, declared.key("an instrument id")] = required()
    edition: Text = required()
    title: Title = required()
    source: Text = required()
    licence: Text = required()
    stem: Title = ByLanguage()
    instructions: Title = ByLanguage()
    brand: BrandTable | None = None
    previous: Annotated[str, declared.any_text()] = ""
    dimension: list[DimensionTable] = Field(default_factory=list)
    criterion: list[CriterionTable] = Field(default_factory=list)
    scale: list[ScaleTable] = Field(default_factory=list)
