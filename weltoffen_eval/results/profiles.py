"""Profiles as they are read: from data/processed where that is up to date, else from the raw files."""

from __future__ import annotations

from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.analysis.comparison import references_of
from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.errors import CallError, RefusedError
from weltoffen_eval.results.before import (
    Before,
    NotJoined,
    answers_before,
    lineage,
    of_municipality,
    of_wave,
)
from weltoffen_eval.results.evidence import items_with_evidence
from weltoffen_eval.results.healthy_study import read_healthy
from weltoffen_eval.results.ledger import released_findings
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.provenance import provenance_of
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.store import log_of, read_processed
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.merging import merging_of
from weltoffen_eval.study.reported import as_self_check
from weltoffen_eval.study.without_questionnaire import fields_alone


def load_profile(
    study: str | Path,
    municipality: str,
    wave: str,
    scheme: str | None = None,
    language: str | None = None,
    audience: str = "internal",
    *,
    silent: bool = False,
) -> Profile:
    """The profile of a municipality; from data/processed where that is up to date, else computed.

    Parameters
    ----------
    language : in which its reports are written; without it the study's own
    audience : the public gets no comparison with others
    silent : whether it may be of a municipality that gave no answers, or of a wave without questionnaire

    Raises
    ------
    CallError
        If there is no such study, municipality or wave, or, where it may not be silent, no answers.
    RefusedError
        With all faults, if the study cannot be read; with its own, if one lies in a row of the municipality.
    """
    loaded = load_study(study)
    loaded.check_municipality(municipality)
    chosen = loaded.wave(wave)
    rules = load_scheme(scheme, loaded)
    instrument = loaded.instruments.get(wave) or (fields_alone(loaded) if silent else None)
    if instrument is None:
        raise CallError(f"The wave {wave} of {loaded.id} has no questionnaire.")
    keys = lineage(loaded, municipality)
    stored = read_processed(paths.processed_folder(loaded.id), loaded, rules)
    if stored is not None:
        answers, sheets = (stored.table(name, *keys) for name in ("responses", "records"))
        responses, records = (
            of_wave(of_municipality(frame, municipality), wave) for frame in (answers, sheets)
        )
        scores, references = (
            of_wave(stored.table(name, municipality), wave) for name in ("scores", "reference")
        )
        comments = stored.table("comments", municipality)
        log, provenance, left_out = stored.cleaning_log(records), stored.provenance, stored.left_out
    else:
        cleaned, _, left_out = read_healthy(loaded)
        answers, sheets = (
            frame[frame["municipality"].isin(keys)] for frame in (cleaned.responses, cleaned.records)
        )
        responses, records = (
            of_wave(of_municipality(frame, municipality), wave) for frame in (answers, sheets)
        )
        all_scores = score_study(
            loaded, cleaned.responses, rules, merging=merging_of(loaded, cleaned.records)
        )
        scores, references = (
            of_wave(of_municipality(frame, municipality), wave)
            for frame in (all_scores, references_of(loaded, as_self_check(all_scores, loaded.report), rules))
        )
        comments = of_municipality(cleaned.comments, municipality)
        log, provenance = log_of(cleaned.cleaning_log, records), provenance_of(loaded, rules)
    if faults := left_out.of([municipality]):
        raise RefusedError(faults)
    if len(responses) == 0 and not silent:
        raise CallError(f"{municipality} gave no answers in wave {wave} of {loaded.id}.")
    responses, scores, answers, comments = (
        as_self_check(frame, loaded.report) for frame in (responses, scores, answers, of_wave(comments, wave))
    )
    before = answers_before(
        loaded, municipality, chosen, answers, sheets, [fault.municipality for fault in left_out.faults]
    )
    return Profile(
        study=loaded,
        municipality=loaded.register.by_key[municipality],
        wave=chosen,
        instrument=instrument,
        scheme=rules,
        responses=responses.reset_index(drop=True),
        scores=scores.reset_index(drop=True),
        records=records.reset_index(drop=True),
        references=references.reset_index(drop=True),
        cleaning_log=log,
        provenance=provenance,
        left_out=left_out.count_in([wave]),
        language=language or loaded.language,
        before=before if isinstance(before, Before) else None,
        merging=merging_of(loaded, sheets).as_self_check(loaded.report),
        audience=audience,
        not_joined=before if isinstance(before, NotJoined) else None,
        earlier=released_findings(loaded, municipality) if audience == "public" else (),
        evidence=items_with_evidence(comments, responses),
    )
