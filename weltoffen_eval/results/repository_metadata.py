"""What a repository asks for: DataCite 4 metadata of an archive, and the DDI-Codebook of its questionnaires.

Sources: DataCite Metadata Schema 4.5 (https://schema.datacite.org/meta/kernel-4.5/); DDI-Codebook 2.5
(https://ddialliance.org/Specification/DDI-Codebook/2.5/).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item

#: What DataCite has stand where the creators are not known.
_UNKNOWN = "(:unav)"
_DDI = "ddi:codebook:2_5"
_SOFTWARE_LICENCE = "Apache-2.0"
KEYWORDS = ("municipality", "self-assessment", "integration", "diversity", "Selbstcheck")


def datacite(study: Study, creators: Sequence[str], public: bool) -> bytes:
    """The metadata of an archive as JSON, as DataCite and Zenodo take them."""
    last = study.waves[-1]
    synthetic = " The data are synthetic." if study.synthetic else ""
    what = "public reports" if public else "data, reports and the way from the ones to the others"
    record: dict[str, Any] = {
        "titles": [{"title": study.title, "lang": study.language}],
        "creators": [{"name": name, "nameType": "Organizational"} for name in creators or (_UNKNOWN,)],
        "publisher": {"name": _UNKNOWN},
        "publicationYear": str(last.date.year),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Evaluation of a self-assessment"},
        "subjects": [{"subject": word} for word in KEYWORDS],
        "dates": [{"date": wave.date.isoformat(), "dateType": "Collected"} for wave in study.waves],
        "language": study.language,
        "version": "1",
        "descriptions": [
            {
                "description": f"Evaluation of {study.title}: {what}.{synthetic} {study.source}".strip(),
                "descriptionType": "Abstract",
            }
        ],
        "rightsList": [{"rights": study.licence, "rightsIdentifier": study.licence}] if study.licence else [],
        "relatedIdentifiers": [
            {
                "relatedIdentifier": "https://pypi.org/project/weltoffen-eval/",
                "relatedIdentifierType": "URL",
                "relationType": "IsCompiledBy",
            }
        ],
        "formats": ["application/zip"],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    return (json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def ddi_codebook(study: Study) -> bytes:
    """Study and variables as DDI-Codebook 2.5; one variable per item of each wave's questionnaire."""
    from lxml import etree

    root = etree.Element(f"{{{_DDI}}}codeBook", nsmap={None: _DDI}, version="2.5")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", study.language)

    def add(parent: Any, tag: str, text: str = "", /, **attributes: str) -> Any:
        element = etree.SubElement(parent, f"{{{_DDI}}}{tag}", **attributes)
        if text:
            element.text = text
        return element

    of_study = add(root, "stdyDscr")
    citation = add(of_study, "citation")
    titles = add(citation, "titlStmt")
    add(titles, "titl", study.title)
    add(titles, "IDNo", study.id)
    produced = add(citation, "prodStmt")
    # the schema wants this order
    if study.licence:
        add(produced, "copyright", study.licence)
    add(produced, "software", f"weltoffen-eval {version('weltoffen-eval')}")
    info = add(of_study, "stdyInfo")
    if study.source:
        add(info, "abstract", study.source)
    summary = add(info, "sumDscr")
    for wave in study.waves:
        add(summary, "collDate", wave.id, date=wave.date.isoformat())
    add(summary, "nation", "Deutschland", abbr="DE")
    add(summary, "universe", f"{len(study.register.municipalities)} municipalities")
    data = add(root, "dataDscr")
    for wave in study.waves:
        instrument = study.instruments.get(wave.id)
        if instrument is not None:
            group = add(data, "varGrp", ID=f"wave-{_xml_id(wave.id)}")
            add(group, "labl", f"{wave.id}: {instrument.title[study.language]}")
    for wave_id, instrument in study.instruments.items():
        for item in instrument.items:
            _add_variable(add, data, wave_id, instrument, item, study.language)
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return text


def _add_variable(add: Any, data: Any, wave: str, instrument: Instrument, item: Item, language: str) -> None:
    scale = instrument.scale_of(item.id)
    name = f"{_xml_id(wave)}.{_xml_id(item.id)}"
    variable = add(data, "var", ID=f"v-{name}", name=item.id, dcml="0" if scale.kind == "ordinal" else "2")
    wording = item.text.get(language) or next(iter(item.text.values()), "")
    short = item.label.get(language) or wording
    add(variable, "labl", short)
    question = add(variable, "qstn")
    add(question, "qstnLit", " ".join(part for part in (instrument.stem.get(language, ""), wording) if part))
    for code, label, missing in _categories(instrument, item, language):
        category = add(variable, "catgry", **({"missing": "Y"} if missing else {}))
        add(category, "catValu", str(code))
        add(category, "labl", label)
    add(variable, "varFormat", type="numeric")


def _categories(instrument: Instrument, item: Item, language: str) -> Iterator[tuple[int, str, bool]]:
    scale = instrument.scale_of(item.id)
    for option in scale.options:
        yield option.code, option.label.get(language) or next(iter(option.label.values())), False
    for other in scale.non_answers:
        if other.code is not None:
            yield other.code, other.label.get(language) or next(iter(other.label.values())), True


def _xml_id(text: str) -> str:
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "_" for sign in text)


def codebook_csv(instrument: Instrument, language: str) -> list[list[str]]:
    """Rows of a codebook: item, what it belongs to, wording, and each code with its label and points."""
    rows = [["item", "dimension", "criterion", "label", "text", "code", "code_label", "points", "missing"]]
    for item in instrument.items:
        scale = instrument.scale_of(item.id)
        about = [
            item.id, item.dimension, item.criterion,
            item.label.get(language, ""), item.text.get(language, ""),
        ]  # fmt: skip
        for option in scale.options:
            rows.append([*about, str(option.code), option.label.get(language, ""), f"{option.points:g}", ""])
        for other in scale.non_answers:
            code = "" if other.code is None else str(other.code)
            rows.append([*about, code, other.label.get(language, ""), "", other.kind])
        if scale.kind == "numeric":
            rows.append([*about, "", f"{scale.minimum:g} to {scale.maximum:g}", "", ""])
    return rows
