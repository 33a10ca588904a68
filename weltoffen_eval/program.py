"""Which state of the program this is: the tree of its files as git names it, and the lock of its libraries.

Both are the same in a checkout and in a wheel of it. The tree leads to the commits that hold it::

    git rev-list --all | while read c; do test $(git rev-parse $c:weltoffen_eval) = TREE && echo $c; done

Source of the names: the objects of git (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

from weltoffen_eval import paths

#: In the folder of the package, and no part of what git has of it.
_NOT_SOURCE = ("__pycache__", "shipped")


@cache
def program_tree() -> str:
    """The name that git gives the folder of the package, 40 hexadecimal digits."""
    root = paths.PACKAGE
    found = (path for path in root.rglob("*") if path.is_file())
    return tree_of({path.relative_to(root).as_posix(): path.read_bytes() for path in found})


@cache
def lock_hash() -> str:
    """SHA-256 of the lock that comes with the program; empty where none does."""
    lock = paths.lock_file()
    return hashlib.sha256(lock.read_bytes()).hexdigest() if lock.is_file() else ""


def tree_of(files: Mapping[str, bytes]) -> str:
    """The name that git gives a folder with these files, none of which can be executed.

    Parameters
    ----------
    files : contents by path in the folder; what is compiled, and what only a wheel has, is left out
    """
    kept: dict[str, bytes] = {}
    for path, content in files.items():
        if not set(_NOT_SOURCE) & set(path.split("/")) and not path.endswith(".pyc"):
            kept[path] = content
    return _tree(kept).hex()


def _tree(files: Mapping[str, bytes]) -> bytes:
    folders: dict[str, dict[str, bytes]] = {}
    entries: dict[str, bytes] = {}
    for path, content in files.items():
        first, _, rest = path.partition("/")
        if rest:
            folders.setdefault(first, {})[rest] = content
        else:
            entries[first] = b"100644 " + first.encode() + b"\0" + _object(b"blob", content)
    for name, inside in folders.items():
        # git sorts a folder as if its name ended with a stroke
        entries[f"{name}/"] = b"40000 " + name.encode() + b"\0" + _tree(inside)
    return _object(b"tree", b"".join(entries[name] for name in sorted(entries, key=str.encode)))


def _object(kind: bytes, content: bytes) -> bytes:
    # a name and no protection: git's own
    return hashlib.sha1(kind + b" %d\0" % len(content) + content, usedforsecurity=False).digest()
