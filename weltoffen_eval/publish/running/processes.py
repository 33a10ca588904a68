"""Processes that are forked with the libraries already there: when that is safe, what they must do."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from pathlib import Path

#: One thread per process, so that it can be forked and gives the same digits on every machine; no
#: module beside the data is imported.
SURROUNDINGS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYTHONSAFEPATH": "1",
    "TZ": "UTC",
}
#: As nbclient starts its kernels: they write no history.
IN_MEMORY = ("--HistoryManager.hist_file=:memory:",)
_PR_SET_PDEATHSIG = 1


def can_fork() -> bool:
    """True on Linux in a process of one thread; a fork of several would copy locks that nobody frees."""
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


def end_with(parent: int) -> None:
    """Let the kernel of the system end this process when its parent dies, however that dies (Linux)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        # it died before we asked to be told
        os._exit(1)
