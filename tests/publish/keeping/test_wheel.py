"""The wheel in an archive: made without a source, the same each time, and it can be installed."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile

from weltoffen_eval.publish.keeping.wheel import exact_requirements, own_wheel


def test_the_record_of_the_wheel_names_each_file_with_its_hash() -> None:
    name, content = own_wheel()
    assert (name, content) == own_wheel()
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        files = {path: wheel.read(path) for path in wheel.namelist()}
    record = next(path for path in files if path.endswith(".dist-info/RECORD"))
    rows = list(csv.reader(io.StringIO(files[record].decode())))
    assert {row[0] for row in rows} == files.keys()
    for path, digest, size in rows:
        if path != record:
            expected = base64.urlsafe_b64encode(hashlib.sha256(files[path]).digest()).rstrip(b"=").decode()
            assert (digest, size) == (f"sha256={expected}", str(len(files[path])))
    assert "weltoffen_eval/commands/main.py" in files
    assert (
        b"weltoffen = weltoffen_eval.commands.main:main"
        in files[record.replace("RECORD", "entry_points.txt")]
    )
    assert not [path for path in files if "__pycache__" in path]


def test_every_library_stands_with_its_version() -> None:
    lines = exact_requirements().decode().splitlines()
    assert [line.partition("==")[0] for line in lines] == sorted(line.partition("==")[0] for line in lines)
    assert all(line.count("==") == 1 for line in lines)
    assert {"pandas", "papermill", "nbconvert", "six"} <= {line.partition("==")[0] for line in lines}
