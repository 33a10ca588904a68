"""Reading a questionnaire from its folder; all faults of it at once."""

from __future__ import annotations

import hashlib
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError, Fault, RefusedError, did_you_mean
from weltoffen_eval.study.questionnaire.doubles import doubled
from weltoffen_eval.study.questionnaire.instrument import (
    Criterion,
    Dimension,
    Instrument,
    Item,
    ResponseScale,
)
from weltoffen_eval.study.questionnaire.tables import (
    read_glossary,
    read_items,
    read_mapping,
    read_suggestions,
)
from weltoffen_eval.study.study_files import leads_out
from weltoffen_eval.study.toml_files import Section, read_toml

_FILES = ("instrument.toml", "items.csv", "mapping.csv", "suggestions.csv", "glossary.csv")


def instrument_names() -> list[str]:
    """Ids of the questionnaires that come with the package."""
    return sorted(path.parent.name for path in paths.INSTRUMENTS.glob("*/instrument.toml"))


def instrument_folder(name: str, study_folder: Path | None = None) -> Path:
    """The folder of an instrument: a path relative to the study folder, or a shipped one's id.

    Raises
    ------
    CallError
        If there is none of this name, or the path leads out of the study folder.
    """
    if name.startswith(".") or "/" in name:
        refused = leads_out(study_folder, name) if study_folder is not None else ""
        if refused:
            raise CallError(f"It is {refused}; it was not opened.")
        return (study_folder or Path.cwd()) / name
    if name in instrument_names():
        return paths.INSTRUMENTS / name
    raise CallError(
        f"There is no instrument {name!r}; shipped are {', '.join(instrument_names())}. A study's own "
        f"is named by its path, such as ./instrument.{did_you_mean(name, instrument_names())}"
    )


def load_instrument(folder: Path | str) -> Instrument:
    """The instrument in a folder, or of a shipped id.

    Raises
    ------
    RefusedError
        With every fault of instrument.toml, items.csv, suggestions.csv and mapping.csv.
    """
    path = instrument_folder(folder) if isinstance(folder, str) else folder
    faults: list[Fault] = []
    instrument = read_instrument(path, path.name, faults)
    if instrument is None or faults:
        raise RefusedError(faults)
    return instrument


def read_instrument(folder: Path, label: str, faults: list[Fault]) -> Instrument | None:
    """As :func:`load_instrument`, with faults collected; ``label`` names the folder in messages."""
    before = len(faults)
    main = f"{label}/instrument.toml"
    section = read_toml(folder / "instrument.toml", main, faults, folder)
    if section is None:
        # its faults hide none of the items
        read_items(folder, label, None, None, None, faults)
        return None
    # what checks a file takes longer to import than most files to be read
    from weltoffen_eval.study.declared import each_table, read_as_far
    from weltoffen_eval.study.questionnaire.model import InstrumentFile
    from weltoffen_eval.study.questionnaire.scale_checks import check_scale

    read = read_as_far(InstrumentFile, section)
    dimensions = tuple(table.as_dimension() for table in read.dimension)
    criteria = tuple(table.as_criterion() for table in read.criterion)
    scales = tuple(table.as_scale() for table in read.scale)
    for table, place in zip(read.scale, each_table(section, "scale"), strict=True):
        check_scale(table, place)
    brand = read.brand.as_brand(folder, section) if read.brand else None
    for kind, entries in (("dimension", dimensions), ("scale", scales)):
        if not entries:
            section.fault(kind, "none", f"at least one [[{kind}]]")
    _check_ids(section, dimensions, criteria, scales)
    dimension_ids = [d.id for d in dimensions]
    criterion_of = {c.id: c.dimension for c in criteria}
    items = read_items(folder, label, dimension_ids, criterion_of, [s.id for s in scales], faults)
    if items:
        _check_filled(section, dimensions, criteria, items)
    known_items = [item.id for item in items]
    if read.previous and read.previous == read.id:
        section.fault("previous", repr(read.previous), "the id of the edition before, which is another one")
    suggestions = read_suggestions(folder, label, known_items, faults)
    mapping = read_mapping(folder, label, known_items, read.previous, faults)
    glossary = read_glossary(folder, label, faults)
    if len(faults) > before:
        return None
    return Instrument(
        id=read.id,
        edition=read.edition,
        title=read.title,
        source=read.source,
        licence=read.licence,
        previous=read.previous,
        stem=read.stem,
        instructions=read.instructions,
        glossary=glossary,
        brand=brand,
        dimensions=dimensions,
        criteria=criteria,
        scales=scales,
        items=items,
        suggestions=suggestions,
        mapping=mapping,
        sha256=hash_folder(folder),
    )


def _check_ids(
    section: Section,
    dimensions: tuple[Dimension, ...],
    criteria: tuple[Criterion, ...],
    scales: tuple[ResponseScale, ...],
) -> None:
    dimension_ids = [d.id for d in dimensions]
    for kind, ids in (
        ("dimension", dimension_ids),
        ("criterion", [c.id for c in criteria]),
        ("scale", [s.id for s in scales]),
    ):
        for name in doubled(ids):
            section.fault(kind, f"the id {name!r} twice", "each id once")
    if "overall" in dimension_ids:
        section.fault("dimension", "the id 'overall'", "another id; overall is the composite score")
    for criterion in criteria:
        if criterion.dimension not in dimension_ids:
            section.fault(
                f"criterion {criterion.id} dimension",
                repr(criterion.dimension),
                "the id of a dimension",
                did_you_mean(criterion.dimension, dimension_ids).strip(),
            )


def _check_filled(
    section: Section,
    dimensions: tuple[Dimension, ...],
    criteria: tuple[Criterion, ...],
    items: tuple[Item, ...],
) -> None:
    """A fault for each dimension and criterion to which no item belongs: it could have no score."""
    for kind, ids, used in (
        ("dimension", [d.id for d in dimensions], {item.dimension for item in items}),
        ("criterion", [c.id for c in criteria], {item.criterion for item in items}),
    ):
        for entry in ids:
            if entry and entry not in used:
                section.fault(
                    kind, f"{entry!r} without an item", f"an item of each {kind}", "Add one, or delete it."
                )


def hash_folder(folder: Path) -> str:
    """SHA-256 over names and contents of the files that make an instrument."""
    digest = hashlib.sha256()
    # the logo of the brand, wherever in the folder it lies
    logos = [
        path.relative_to(folder).as_posix() for end in ("svg", "png") for path in folder.rglob(f"*.{end}")
    ]
    for name in (*_FILES, *sorted(logos)):
        if (folder / name).is_file():
            digest.update(name.encode() + b"\0" + (folder / name).read_bytes() + b"\0")
    return digest.hexdigest()
