"""The process in which files of SPSS are taken apart: begun with the first, begun anew where one ends it."""

from __future__ import annotations

import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Seconds for a file, and more for each million bytes; a damaged file can keep its reader busy without end.
_TIME, _TIME_PER_MILLION = 300, 5


class ReaderEnded(Exception):
    """The file ended the process that read it, or kept it busy for too long."""


@dataclass
class _SavReader:
    """A process that reads files one by one; ``owner``: whose it is, since a forked process has none yet."""

    owner: int = 0
    process: subprocess.Popen[bytes] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.owner != os.getpid() or self.process.poll() is not None:
            # -P: a module that lies beside the data is none of ours
            call = [sys.executable, "-P", "-m", "weltoffen_eval.raw.sav_extract"]
            self.process = subprocess.Popen(
                call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self.owner = os.getpid()
            atexit.register(self.end)
        return self.process

    def end(self) -> None:
        if self.process is None or self.owner != os.getpid():
            return
        self.process.kill()
        self.process.communicate()
        self.process = None
        atexit.unregister(self.end)


_READER = _SavReader()


def take_apart(path: Path, encoding: str | None) -> tuple[dict[str, Any], bytes]:
    """What ``sav_extract`` says of a file: a document, and the numbers of the cells.

    Raises
    ------
    ReaderEnded
        Where there is no answer.
    """
    with _READER.lock:
        process = _READER.begin()
        assert process.stdin is not None and process.stdout is not None
        limit = _TIME + path.stat().st_size // 1_000_000 * _TIME_PER_MILLION
        watch = threading.Timer(limit, process.kill)
        watch.daemon = True
        watch.start()
        try:
            process.stdin.write(json.dumps([str(path.absolute()), encoding]).encode() + b"\n")
            process.stdin.flush()
            head = process.stdout.read(16)
            sizes = struct.unpack("<QQ", head) if len(head) == 16 else (0, 0)
            document, codes = (process.stdout.read(size) for size in sizes)
            if not document or (len(document), len(codes)) != sizes:
                raise ReaderEnded
            return json.loads(document), codes
        except (OSError, ReaderEnded):
            _READER.end()
            raise ReaderEnded from None
        finally:
            watch.cancel()
