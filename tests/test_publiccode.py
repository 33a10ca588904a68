"""publiccode.yml: what the standard asks for is there, and it says the same as pyproject.toml and CITATION.cff."""

from __future__ import annotations

import tomllib

import pytest
import yaml
from places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
PUBLICCODE = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))

#: From the pages of the standard (schema.core, categories-list, scope-list), only what may come to be used here.
STATUS = {"3": "development", "4": "beta", "5": "stable", "7": "obsolete"}
TYPES = {"standalone/desktop", "standalone/other", "library"}
PLATFORMS = {"web", "windows", "mac", "linux", "ios", "android"}
CATEGORIES = {
    "data-analytics",
    "data-collection",
    "data-visualization",
    "feedback-and-reviews-management",
    "survey",
}
SCOPES = {"education", "local-authorities", "research", "society", "welfare"}
LANGUAGE_NAMES = {"de": "German", "en": "English"}


def test_name_version_licence_and_authors_are_those_of_the_package_and_of_the_citation() -> None:
    people = PUBLICCODE["legal"]["mainCopyrightOwner"]
    assert (PUBLICCODE["name"], PUBLICCODE["softwareVersion"]) == (PROJECT["name"], PROJECT["version"])
    assert (CITATION["title"], CITATION["version"]) == (PROJECT["name"], PROJECT["version"])
    assert PUBLICCODE["legal"]["license"] == PROJECT["license"] == CITATION["license"]
    assert [people] == [a["name"] for a in PROJECT["authors"]] == [a["name"] for a in CITATION["authors"]]
    assert PUBLICCODE["maintenance"]["contacts"] == [{"name": people}]
    assert PUBLICCODE["description"]["en"]["shortDescription"] == PROJECT["description"]


def test_the_place_of_the_repository_is_the_same_wherever_it_is_named() -> None:
    named = [PROJECT.get("urls", {}).get("Repository"), CITATION.get("repository-code")]
    assert {url for url in named if url} <= {PUBLICCODE["url"]}
    assert not PUBLICCODE["url"].endswith(".example/weltoffen-eval.git") or named == [None, None]


def test_status_and_languages_are_those_of_the_classifiers_and_of_the_sentences() -> None:
    (status,) = (c for c in PROJECT["classifiers"] if c.startswith("Development Status"))
    assert PUBLICCODE["developmentStatus"] == STATUS[status.split(" :: ")[1][0]]
    languages = PUBLICCODE["localisation"]["availableLanguages"]
    spoken = [folder.name for folder in (ROOT / "weltoffen_eval" / "sentences").iterdir() if folder.is_dir()]
    assert languages == sorted(spoken)
    classified = {c.split(" :: ")[1] for c in PROJECT["classifiers"] if c.startswith("Natural Language")}
    assert classified == {LANGUAGE_NAMES[language] for language in languages}


def test_what_the_standard_calls_mandatory_is_there_with_values_that_it_knows() -> None:
    assert PUBLICCODE["publiccodeYmlVersion"] == "0.4"
    assert PUBLICCODE["url"].startswith("https://")
    assert set(PUBLICCODE["platforms"]) <= PLATFORMS
    assert set(PUBLICCODE["categories"]) <= CATEGORIES
    assert set(PUBLICCODE["intendedAudience"]["scope"]) <= SCOPES
    assert PUBLICCODE["softwareType"] in TYPES
    assert PUBLICCODE["maintenance"]["type"] in ("internal", "community")
    assert PUBLICCODE["localisation"]["localisationReady"] is True


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_description_has_the_lengths_of_the_standard(language: str) -> None:
    description = PUBLICCODE["description"][language]
    assert 0 < len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]
    assert all(isinstance(feature, str) for feature in description["features"])
