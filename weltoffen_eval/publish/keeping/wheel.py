"""A wheel of the installed package itself, the same bytes for the same files; also where there is no source.

Source: the binary distribution format (https://packaging.python.org/specifications/binary-distribution-format/).
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.program import tree_of
from weltoffen_eval.zip_files import fixed_entry

NAME = "weltoffen-eval"
_LEFT_OUT = ("__pycache__",)
_WHEEL = "Wheel-Version: 1.0\nGenerator: weltoffen-eval\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
#: Files that a Jupyter server looks for outside the package, with where they lie in it.
_SHARED = {
    "etc/jupyter/jupyter_server_config.d/weltoffen-eval.json": "publish/exporting/lab_export.json",
    "share/jupyter/kernels/weltoffen/kernel.json": "publish/running/kernel.json",
}


def own_wheel() -> tuple[str, bytes]:
    """The file name of the wheel and its bytes."""
    found = distribution(NAME)
    stem = f"{NAME.replace('-', '_')}-{found.version}"
    stream = io.BytesIO()
    records: list[str] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as wheel:
        for path, content in sorted(_contents(found, stem)):
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            records.append(f"{_cell(path)},sha256={digest},{len(content)}\n")
            wheel.writestr(fixed_entry(path), content)
        record = f"{stem}.dist-info/RECORD"
        wheel.writestr(fixed_entry(record), "".join([*records, f"{record},,\n"]))
    return f"{stem}-py3-none-any.whl", stream.getvalue()


def _contents(found: Distribution, stem: str) -> Iterator[tuple[str, bytes]]:
    root = paths.PACKAGE
    for path in root.rglob("*"):
        if path.is_file() and not set(_LEFT_OUT) & set(path.parts) and path.suffix != ".pyc":
            yield f"{root.name}/{path.relative_to(root).as_posix()}", path.read_bytes()
    if not paths.SHIPPED_NOTEBOOKS.is_dir():
        # in a checkout they lie beside the package
        for path in paths.shipped_notebooks():
            yield f"{root.name}/shipped/notebooks/{path.name}", path.read_bytes()
        for path in (paths.lock_file(), paths.licence_file(), paths.citation_file()):
            if path.is_file():
                yield f"{root.name}/shipped/{path.name}", path.read_bytes()
    for name in ("METADATA", "entry_points.txt"):
        yield f"{stem}.dist-info/{name}", (found.read_text(name) or "").encode()
    yield f"{stem}.dist-info/WHEEL", _WHEEL.encode()
    for target, source in _SHARED.items():
        yield f"{stem}.data/data/{target}", (root / source).read_bytes()


def wheel_tree(path: Path) -> str:
    """The state of the program in a wheel, as reports name it; empty where it is no wheel."""
    try:
        with zipfile.ZipFile(path) as wheel:
            names = [name for name in wheel.namelist() if name.startswith(f"{paths.PACKAGE.name}/")]
            return tree_of({name.partition("/")[2]: wheel.read(name) for name in names})
    except (OSError, zipfile.BadZipFile):
        return ""


def _cell(path: str) -> str:
    return f'"{path}"' if "," in path else path


def exact_requirements() -> bytes:
    """Name and version of every library that the package needs, as installed, a line each."""
    found: dict[str, str] = {}
    _collect(NAME, found, set(), ())
    del found[NAME]
    return "".join(f"{name}=={version}\n" for name, version in sorted(found.items())).encode()


def _collect(
    name: str, found: dict[str, str], seen: set[tuple[str, tuple[str, ...]]], extras: tuple[str, ...]
) -> None:
    """Add a library and all it needs, with the extras that are asked of it."""
    from importlib.metadata import PackageNotFoundError

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    try:
        one = distribution(name)
    except PackageNotFoundError:
        # needed on other systems only
        return
    key = canonicalize_name(name)
    if (key, extras) in seen:
        return
    seen.add((key, extras))
    found[key] = one.version
    for line in one.requires or ():
        needed = Requirement(line)
        marker = needed.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            _collect(needed.name, found, seen, tuple(sorted(needed.extras)))
