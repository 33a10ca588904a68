"""What repositories ask for: required elements of DataCite 4.5 and DDI-Codebook 2.5, and nothing invented."""

from __future__ import annotations

import json
import os

import pytest
from lxml import etree

from weltoffen_eval.results.repository_metadata import codebook_csv, datacite, ddi_codebook
from weltoffen_eval.study.definition import load_study

DDI = "{ddi:codebook:2_5}"


def test_datacite_has_all_that_is_required_and_says_what_is_not_known() -> None:
    record = json.loads(datacite(load_study("beispiel"), (), public=False))
    # required by DataCite 4.5 but for the identifier, which the repository gives
    assert {"creators", "titles", "publisher", "publicationYear", "types"} <= record.keys()
    assert record["creators"] == [{"name": "(:unav)", "nameType": "Organizational"}]
    assert record["publicationYear"] == "2024"
    assert "synthetic" in record["descriptions"][0]["description"]
    named = json.loads(datacite(load_study("beispiel"), ("Stadt Muster",), public=True))
    assert named["creators"][0]["name"] == "Stadt Muster"


def test_the_codebook_of_ddi_has_its_required_elements_and_a_variable_per_item_of_each_wave() -> None:
    study = load_study("beispiel")
    root = etree.fromstring(ddi_codebook(study))
    # required: stdyDscr with citation, titlStmt and titl; a name for every variable; a value for a category
    assert root.findtext(f"{DDI}stdyDscr/{DDI}citation/{DDI}titlStmt/{DDI}titl") == study.title
    variables = root.findall(f"{DDI}dataDscr/{DDI}var")
    assert len(variables) == sum(len(instrument.items) for instrument in study.instruments.values())
    assert all(variable.get("name") for variable in variables)
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    assert len(ids) == len(set(ids))
    first = variables[0]
    values = [category.findtext(f"{DDI}catValu") for category in first.findall(f"{DDI}catgry")]
    assert values == ["0", "1", "2", "3", "4", "98", "99", "97"]
    assert [c.get("missing") for c in first.findall(f"{DDI}catgry")][-2:] == ["Y", "Y"]


#: The elements of ours that have others beside them, in the order of the schema of DDI-Codebook 2.5 (codebook.xsd).
ORDERS = {
    "codeBook": ["stdyDscr", "dataDscr"],
    "stdyDscr": ["citation", "stdyInfo"],
    "citation": ["titlStmt", "prodStmt"],
    "titlStmt": ["titl", "IDNo"],
    "prodStmt": ["copyright", "software"],
    "stdyInfo": ["abstract", "sumDscr"],
    "sumDscr": ["collDate", "nation", "universe"],
    "dataDscr": ["varGrp", "var"],
    "varGrp": ["labl"],
    "var": ["labl", "qstn", "catgry", "varFormat"],
    "qstn": ["qstnLit"],
    "catgry": ["catValu", "labl"],
}


@pytest.mark.parametrize("name", ["beispiel", "egi-chile", "wilhelmshaven"])
def test_the_elements_of_the_codebook_stand_in_the_order_of_its_schema(name: str) -> None:
    for element in etree.fromstring(ddi_codebook(load_study(name))).iter():
        found = [etree.QName(child).localname for child in element]
        order = ORDERS.get(etree.QName(element).localname, [])
        assert found == sorted(found, key=order.index)


@pytest.mark.skipif(
    "WELTOFFEN_DDI_SCHEMA" not in os.environ, reason="names codebook.xsd, which is not ours to ship"
)
@pytest.mark.parametrize("name", ["beispiel", "egi-chile", "wilhelmshaven"])
def test_the_codebook_is_valid_under_the_schema_of_ddi(name: str) -> None:
    offline = etree.XMLParser(no_network=True)
    schema = etree.XMLSchema(etree.parse(os.environ["WELTOFFEN_DDI_SCHEMA"], offline))
    schema.assertValid(etree.fromstring(ddi_codebook(load_study(name))))


def test_the_codebook_as_a_table_has_a_row_for_each_code() -> None:
    instrument = load_study("beispiel").instruments["2021"]
    head, *rows = codebook_csv(instrument, "de")
    of_first = [dict(zip(head, row, strict=True)) for row in rows if row[0] == "MS01"]
    assert [row["code"] for row in of_first] == ["0", "1", "2", "3", "4", "98", "99", "97"]
    assert of_first[-1]["missing"] == "skipped"
    assert {row["points"] for row in of_first[:5]} == {"0", "25", "50", "75", "100"}
