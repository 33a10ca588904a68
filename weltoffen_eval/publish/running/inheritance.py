"""What a forked process inherits and a new interpreter would not have: it is given up here."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
import warnings
from multiprocessing import process
from multiprocessing.process import BaseProcess
from pathlib import Path

#: Where pyplot draws in a kernel, if nobody says otherwise.
_INLINE = "module://matplotlib_inline.backend_inline"


def give_up_inheritance() -> None:
    """Become, as far as a program can tell, what a new interpreter with these libraries is.

    To be called in the child, when its environment and its folder are those that it is to have.
    """
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    # SIGHUP is as it was found: who starts a run by nohup has it ignored, as an ordinary kernel has then
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _reset_random_numbers()
    _reset_warnings()
    _reset_multiprocessing()
    _reset_search_path()
    _reset_matplotlib()


def name_command(arguments: list[str]) -> None:
    """The process seems to have been started by the command that starts an ordinary kernel."""
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *arguments]
    sys.orig_argv = [sys.executable, "-m", "ipykernel_launcher", *arguments]


def _reset_random_numbers() -> None:
    """Random numbers that no fork shares with another: those of a process that has just begun."""
    import random

    random.seed()
    if numpy := sys.modules.get("numpy.random"):
        numpy.seed()  # the notebook may use the old generator


def _reset_warnings() -> None:
    """The filters of Python and of the libraries; who ignores all warnings, or raises them, is not asked."""
    blanket = [each for each in warnings.filters if each[1:4] == (None, Warning, None)]
    for each in blanket:
        warnings.filters.remove(each)  # type: ignore[attr-defined]
    for option in sys.warnoptions:
        warnings._processoptions([option])  # type: ignore[attr-defined]
    # forget also what was said already
    warnings._filters_mutated()  # type: ignore[attr-defined]


def _reset_multiprocessing() -> None:
    """The process is the first one, as far as multiprocessing knows, and starts others as Python does."""
    import multiprocessing.context
    import multiprocessing.forkserver
    import multiprocessing.process

    multiprocessing.context._default_context._actual_context = None  # type: ignore[attr-defined]
    multiprocessing.process._current_process = _MainProcess()  # type: ignore[attr-defined]
    multiprocessing.process._parent_process = None  # type: ignore[attr-defined]
    multiprocessing.process._children = set()  # type: ignore[attr-defined]
    server = multiprocessing.forkserver.ForkServer()
    for name in ("ensure_running", "get_inherited_fds", "connect_to_new_process", "set_forkserver_preload"):
        setattr(multiprocessing.forkserver, name, getattr(server, name))
    multiprocessing.forkserver._forkserver = server
    sys.modules.pop("__mp_main__", None)


class _MainProcess(BaseProcess):
    """As that of multiprocessing, which keeps no class of it."""

    def __init__(self) -> None:
        self._identity: tuple[int, ...] = ()
        self._name, self._parent_pid, self._popen, self._closed = "MainProcess", None, None, False
        self._config = {"authkey": process.AuthenticationString(os.urandom(32)), "semprefix": "/mp"}  # type: ignore[attr-defined]

    def close(self) -> None:
        pass


def _reset_search_path() -> None:
    """Without the folders that the command and its program put before those of Python."""
    library = str(Path(os.__file__).parent)
    if library not in sys.path:
        return
    place = sys.path.index(library)
    # Python's own two: the archive of its library, then the folder
    place -= bool(place and sys.path[place - 1].endswith(".zip"))
    asked = [folder for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder]
    sys.path[:place] = list(dict.fromkeys(str(Path(folder).absolute()) for folder in asked))


def _reset_matplotlib() -> None:
    """Its settings as it reads them when it is imported: from the environment and from a file."""
    os.environ["MPLBACKEND"] = os.environ.get("MPLBACKEND") or _INLINE
    if "matplotlib" not in sys.modules:
        return
    import matplotlib
    from matplotlib import cbook

    settings, default = matplotlib.rcParams, matplotlib.rcParamsDefault
    file = matplotlib.matplotlib_fname()
    if Path(file) != Path(cbook._get_data_path("matplotlibrc")):
        dict.update(settings, matplotlib.rc_params_from_file(file))
    elif settings != default:
        dict.update(settings, default)
    settings["backend"] = os.environ["MPLBACKEND"]
    # what it decides when the first figure is drawn
    sys.modules.pop("matplotlib_inline.backend_inline", None)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot._backend_mod = None  # type: ignore[attr-defined]
