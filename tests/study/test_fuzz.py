"""Files that were damaged at random: they are refused with faults or mean something; nothing else happens."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from places import REFERENCE

from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.errors import RefusedError
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.responses.cleaning import clean_responses

FILES = [
    "verwaltung.csv", "workshop.csv", "municipalities.csv", "study.toml", "scheme.toml",
    "instrument/items.csv", "instrument/instrument.toml",
]  # fmt: skip
SPLINTERS = [
    b'"', b",", b";", b"\n", b"\r", b"\x00", b"\xff", b"nan", b"inf", b"-1", b"1e999", b"=1", b"\xc3",
    b"9" * 5000, b"\\u0000", b"[" * 5000, b"../", b"1.234", b"\xef\xbb\xbf", b"99999999999999999999", b"{", b"]", b"true", b'""', b"adorf", b"A1", b"",
]  # fmt: skip
DAMAGE = st.tuples(
    st.floats(0, 1), st.integers(0, 20), st.one_of(st.sampled_from(SPLINTERS), st.binary(max_size=3))
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FILES), st.lists(DAMAGE, min_size=1, max_size=3))
def test_a_damaged_file_is_refused_with_faults_or_means_something(
    name: str, damages: list[tuple[float, int, bytes]]
) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "study"
        shutil.copytree(REFERENCE / "example" / "study", folder)
        content = bytearray((folder / name).read_bytes())
        for where, removed, splinter in damages:
            begin = int(where * len(content))
            content[begin : begin + removed] = splinter
        (folder / name).write_bytes(content)
        try:
            study = load_study(folder)
            scores = score_study(study, clean_responses(study).responses, load_scheme(None, study))
        except RefusedError as refused:
            assert refused.faults
            assert all(fault.file and fault.found and fault.expected for fault in refused.faults)
        else:
            assert scores["score"].dropna().between(0, 100).all()
