"""One notebook of everything that people do has the same outputs, whatever runs it."""

from __future__ import annotations

import contextlib
import functools
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from weltoffen_eval.publish.running.execution import run_notebook
from weltoffen_eval.publish.running.processes import SURROUNDINGS
from weltoffen_eval.publish.running.workers import Ready, start_pool

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only"),
    # jupyter_client announces that kernels will be encrypted some day
    pytest.mark.filterwarnings("ignore:.*encryption.*"),
]
#: What others write to the file descriptors, and what a fork prints, comes to ipykernel by threads: a cell waits
#: until the last of it was taken, which is a mark of its own that goes no further. Our streams have taken it when
#: they are flushed.
ARRIVAL = """
import os, sys, threading
def arrive():
    for stream in (sys.stdout, sys.stderr):
        taken = threading.Event()
        takes = "_keep" if hasattr(stream, "_keep") else "write"
        take = getattr(stream, takes)
        def see(text):
            others = text.replace("\\0", "")
            if others: take(others)
            if others != text: taken.set()
            return len(text)
        setattr(stream, takes, see)
        os.write(stream._original_stdstream_fd, b"\\0")
        stream.flush()
        assert taken.wait(60)
        delattr(stream, takes)
def of_a_fork():
    came, ready = threading.Event(), threading.Event()
    if hasattr(sys.stdout, "_keep"):
        return arrive
    thread = get_ipython().kernel.iopub_thread
    def handle(message):
        thread._handle_pipe_msg(message)
        came.set()
    def listen():
        thread._pipe_in.on_recv(handle)
        ready.set()
    thread.schedule(listen)
    assert ready.wait(60)
    return lambda: came.wait(60)
"""
#: A cell each. Left out: libraries that are there before a notebook imports them, with the warning filters that
#: name their own modules and categories; the argument with which a report gets its streams.
EVERYTHING = {
    "arrival": ARRIVAL,
    "pyplot": "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "two figures": "plt.figure(); plt.plot([1, 2])\nplt.figure(); plt.plot([2, 1])\nprint('danach')",
    "show": "plt.bar(['a', 'b'], [1, 2])\nplt.show()\nprint('nach show')",
    "last expression": "fig, ax = plt.subplots()\nax.plot([2, 1])",
    "figure again": "fig",
    "figure shown": "display(fig)\nfig.savefig('bild.png')\nplt.get_backend(), plt.get_fignums()",
    "pandas plot": "import pandas as pd\npd.Series([1, 2]).plot()",
    "seaborn": "import seaborn as sns\nsns.barplot(x=['a', 'b'], y=[1, 2])",
    "svg": "%config InlineBackend.figure_formats = ['svg']\nplt.rcParams['svg.hashsalt'] = 'x'\nplt.rcParams['svg.fonttype'] = 'none'\nimport os; os.environ['SOURCE_DATE_EPOCH'] = '0'\nplt.plot([1, 3]);",
    "inline": "%matplotlib inline\n%config InlineBackend.figure_formats = ['png']\nplt.plot([3, 1]);",
    "settings": "import matplotlib, hashlib\nsorted(matplotlib.rcParams.items(), key=str)",
    "display": "from IPython.display import *\ndisplay('a', {'b': 1}, HTML('<b>x</b>'))\ndisplay(Markdown('*m*'), Latex('$x$'), SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'), JSON({'a': [1, None]}))",
    "handle": "handle = display('eins', display_id='h1')\nprint('dazwischen')\nhandle.update('zwei')",
    "handle of a cell before": "update_display('drei', display_id='h1')\ndisplay('vier', display_id='h1')",
    "handle without id": "other = display(HTML('1'), display_id=True)\nother.update(HTML('2'))",
    "clear": "print('weg')\ndisplay('weg')\nclear_output()\nprint('bleibt')",
    "clear later": "print('weg')\nclear_output(wait=True)\nprint('bleibt')\nclear_output(wait=True)",
    "own reprs": "class A:\n    def _repr_html_(self): return '<i>a</i>'\n    def __repr__(self): return 'A()'\nclass B:\n    def _repr_mimebundle_(self, **k): return {'text/plain': 'b', 'application/json': {1: (2, 3)}}, {'text/plain': {'x': 1}}\ndisplay(B())\nA()",
    "broken repr": "#!raises\nclass C:\n    def __repr__(self): raise ValueError('kein Text')\nC()",
    "frame": "pd.DataFrame({'a': [1.23456, None], 'b': ['x', 'ü']})",
    "options": "pd.set_option('display.precision', 2, 'display.max_rows', 4)\npd.DataFrame({'a': [i / 3 for i in range(9)]})",
    "styler": "pd.DataFrame({'a': [1, 2]}).style.set_uuid('t').background_gradient()",
    "numbers": "import numpy as np\nnp.arange(5) / 3, np.get_printoptions()['precision'], np.geterr()",
    "warning": "import warnings\nwarnings.warn('Achtung')\nwarnings.warn('alt', DeprecationWarning)\nnp.array([1]) / 0",
    "filters": "sorted(str(f) for f in warnings.filters if f[2].__module__ == 'builtins' and f[3] in (None, '__main__'))",
    "logging": "import logging\nlogging.warning('gewarnt')\nlogging.getLogger('x').info('still')\nlogging.root.handlers",
    "streams": "import sys\nprint('a'); print('b', file=sys.stderr); print('c')\nsys.stdout.write('d'), type(sys.stdout).__module__ > ''",
    "flushed": "print('a', flush=True); print('b', file=sys.stderr, flush=True); print('c', end='\\r'); print('d')",
    "between displays": "print('a'); display('b'); print('c', file=sys.stderr); display('d')",
    "await": "import asyncio\nasync def f(x):\n    await asyncio.sleep(0.01)\n    return x\nawait f(1), await asyncio.gather(f(2), f(3))",
    "running loop": "asyncio.get_running_loop().is_running()",
    "task": "done = []\nasync def later():\n    await asyncio.sleep(0)\n    done.append(1)\ntask = asyncio.create_task(later())",
    "after the task": "done",
    "no second loop": "#!raises\ncoro = f(1)\ntry:\n    asyncio.run(coro)\nfinally:\n    coro.close()",
    "context": "import contextvars\nvar = contextvars.ContextVar('v', default=0)\nvar.set(1);",
    "context again": "var.get()",
    "magics": "%%capture kept\nprint('gefangen')\ndisplay('gefangen')",
    "captured": "kept.stdout, len(kept.outputs)",
    "html magic": "%%html\n<u>u</u>",
    "shell": "!echo eins; echo zwei >&2; exit 3",
    "shell value": "found = !printf 'a\\nb'\nfound, _exit_code",
    "bash": "%%bash\necho bash",
    "run": "from pathlib import Path\nPath('teil.py').write_text('print(__name__, __file__); y = 2')\n%run teil.py\ny",
    "who": "%who_ls str",
    "help": "len?",
    "subprocess": "import subprocess\nprint('vorher', flush=True)\nsubprocess.run(['echo', 'aus dem Programm'])\narrive()\nprint('nachher')",
    "descriptor": "os.write(1, b'roh\\n')\narrive()",
    "much of others": "subprocess.run([sys.executable, '-c', 'print(\"x\" * 300_000)'])\narrive()",
    "thread": "import threading\nt = threading.Thread(target=print, args=('Faden',)); t.start(); t.join()",
    "thread display": "t = threading.Thread(target=display, args=('Faden',)); t.start(); t.join()",
    "thread failure": "t = threading.Thread(target=lambda: [][1], name='f'); t.start(); t.join()",
    "pool": "from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor\nimport multiprocessing\ndef square(x):\n    print('rechnet', flush=True)\n    return x * x\narrive = of_a_fork()\nwith ProcessPoolExecutor(1) as pool: result = list(pool.map(square, [2]))\nassert arrive() in (None, True)\nresult",
    "processes": "with multiprocessing.Pool(1) as pool: result = pool.map(abs, [-1, 2])\nresult, multiprocessing.get_start_method(), multiprocessing.current_process().name, multiprocessing.parent_process()",
    "spawn": "with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('spawn')) as pool: result = list(pool.map(abs, [-3]))\nresult",
    "forkserver": "with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('forkserver')) as pool: result = list(pool.map(abs, [-3]))\nresult",
    "seeded": "import random\nrandom.seed(1); np.random.seed(1)\nrandom.random(), np.random.rand(), np.random.default_rng(1).random()",
    "memory of results": "_, Out[min(Out)], len(In), _i[:5]",
    "hooks": "def hook(result): print('Haken', result.success)\nget_ipython().events.register('post_run_cell', hook)",
    "hook runs": "get_ipython().events.unregister('post_run_cell', hook)",
    "error": "#!raises\ndef g(x):\n    return 1 / x\ng(0)",
    "syntax error": "#!raises\nif:",
    "error group": "#!raises\nraise ExceptionGroup('viele', [ValueError('ä'), KeyError('b')])",
    "input": "#!raises\ninput('Name? ')",
    "standard input": "sys.stdin.read()",
    "exit": "#!raises\nsys.exit(0)",
    "traceback shown": "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError: traceback.print_exc()",
    "environment": "[os.environ.get(n) for n in ('MPLBACKEND', 'TERM', 'PAGER', 'GIT_PAGER', 'FORCE_COLOR', 'CLICOLOR', 'COLUMNS', 'PYTHONHASHSEED', 'TZ', 'JPY_SESSION_NAME')]",
    "process": "import signal\n__name__, sys.modules['__main__'].__name__, Path(sys.argv[0]).name, sys.argv[1], sys.orig_argv[:3], [a for a in sys.argv[3:] if 'outstream' not in a], [signal.getsignal(n) for n in (2, 15, 17)], sys.getrecursionlimit(), sys.flags.safe_path, os.getsid(0) == os.getpid()",
    "ipython": "ip = get_ipython()\ntype(ip), ip.colors, 'IPKernelApp' in ip.config, type(ip.kernel).__mro__[-5:], ip.history_manager.hist_file, type(ip.display_pub).__name__",
    "path": "sys.path",
    "hooks of python": "type(sys.excepthook).__name__, sys.displayhook.__class__.__name__, warnings.showwarning.__module__, sys.unraisablehook.__name__",
    "locale": "import locale, time, decimal\nlocale.setlocale(locale.LC_ALL), time.tzname, decimal.getcontext().prec, os.umask(0o22) and None",
    "breakpoint": "breakpoint()",
    "python": "import faulthandler, gc, resource, socket\nfaulthandler.is_enabled(), gc.isenabled(), gc.get_threshold(), sys.gettrace(), sys.getprofile(), socket.getdefaulttimeout(), signal.pthread_sigmask(signal.SIG_BLOCK, []), os.nice(0), threading.current_thread().name, sys.stdout.encoding, sys.stdout.isatty(), sys.stdin.isatty(), logging.root.level, type(asyncio.get_event_loop_policy()), sys.flags, {n: signal.getsignal(n) for n in signal.valid_signals()}, [resource.getrlimit(getattr(resource, n)) for n in dir(resource) if n.startswith('RLIMIT')]",
    "libraries": "matplotlib.get_backend(), matplotlib.is_interactive(), len(matplotlib.colormaps), plt.style.available, pd.options.mode.copy_on_write, pd.options.display.width",
    "more to display": "display('x', clear=True)\ndisplay({'text/plain': 'roh'}, raw=True)\ndisplay(Javascript('1'), Code('x = 1'), IFrame('a', 1, 2))\nImage(data=b'\\x89PNG\\r\\n\\x1a\\n' + b'0' * 20)",
    "comm": "from comm import create_comm\nc = create_comm(target_name='x'); c.send({'b': 2}); c.close()",
    "program": "p = await asyncio.create_subprocess_exec('echo', 'hallo', stdout=-1)\nawait p.communicate()",
    "unknown magic": "#!raises\n%unbekannt",
    "after execution": "class D:\n    def __del__(self): raise ValueError('weg')\nd = D(); del d",
    "task failure": "async def bad(): raise ValueError('x')\ntask = asyncio.create_task(bad()); await asyncio.sleep(0.01); del task; gc.collect();",
    "interrupted": "#!raises\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)",
    "modes": "#!raises\n%xmode Verbose\n1 / 0",
    "skipped": "#!skip\nprint('nie')",
}  # fmt: skip
TAGS = {"#!raises": "raises-exception", "#!skip": "skip-execution"}


def notebook_of_everything(folder: Path) -> Path:
    node = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "x"}})
    parameters = nbformat.v4.new_code_cell("study = 'x'", metadata={"tags": ["parameters"]})
    node.cells = [parameters]
    for name, source in EVERYTHING.items():
        cell = nbformat.v4.new_code_cell(source, metadata={"name": name})
        cell.metadata["tags"] = [tag for mark, tag in TAGS.items() if source.startswith(mark)]
        node.cells.append(cell)
    path = folder / "alles.ipynb"
    nbformat.write(node, path)
    return path


def normal(outputs: list[nbformat.NotebookNode]) -> list[dict[str, object]]:
    """Without what differs between two runs of the same kernel: addresses, the process, parts of a stream."""

    def plain(value: object) -> object:
        if isinstance(value, str):
            value = re.sub(r"/tmp/ipykernel_\d+/", "ipykernel/", value)
            value = re.sub(r"0x[0-9a-f]{6,}", "0x", value)
            return re.sub(r"ident=\d+|Thread-\d+|Task-\d+|/tmp/[^ ']{1,90}/teil\.py", "", value)
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        return [plain(each) for each in value] if isinstance(value, list) else value

    made: list[dict[str, object]] = []
    for output in outputs:
        known = plain(dict(output))
        assert isinstance(known, dict)
        if made and known["output_type"] == "stream" and made[-1].get("name") == known["name"]:
            made[-1]["text"] += known["text"]  # type: ignore[operator]
        else:
            made.append(known)
    return made


@pytest.fixture(scope="module")
def surroundings() -> Iterator[None]:
    """As in a worker."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SURROUNDINGS.items():
            patch.setenv(name, value)
        yield


@contextlib.contextmanager
def not_as_in_a_test() -> Iterator[None]:
    """In a test, which pytest names in the environment, ipykernel does not look at file descriptors."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)
        yield


#: How ``weltoffen run`` runs a notebook: forked, where nothing can be forked, and on a worker of Dask.
OURS = {"run": None, "run without fork": "python3", "Dask": "weltoffen"}
#: How papermill, nbclient and nbconvert do.
OTHERS = ("kernel weltoffen", "python3 of the provisioner")


Ways = Callable[[str], list[object]]


@pytest.fixture(scope="module")
def outputs_by(tmp_path_factory: pytest.TempPathFactory, surroundings: None) -> Iterator[Ways]:
    """The outputs of every cell, by the way that the notebook is run; each way is gone once."""
    path = notebook_of_everything(tmp_path_factory.mktemp("alles"))

    def by_another(way: str) -> nbformat.NotebookNode:
        node = nbformat.read(path, as_version=4)
        node.cells.insert(1, nbformat.v4.new_code_cell('# Parameters\nstudy = "y"\n'))
        folder = str(tmp_path_factory.mktemp("ort"))
        with pytest.MonkeyPatch.context() as patch:
            if way == "python3 of the provisioner":
                patch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "weltoffen-forked")
            kernel = "weltoffen" if way == "kernel weltoffen" else "python3"
            NotebookClient(node, kernel_name=kernel, shutdown_kernel="immediate").execute(cwd=folder)
        return node

    with not_as_in_a_test(), start_pool(1, Ready()) as pool:

        @functools.cache
        def outputs(way: str) -> list[object]:
            with not_as_in_a_test():
                if way in OURS:
                    node = pool.submit(run_notebook, path, {"study": "y"}, "Alles", kernel=OURS[way]).result()
                else:
                    node = by_another(way)
            return [normal(cell.outputs) for cell in node.cells[2:]]

        yield outputs


#: In check-slow those whose parts others have: our loop with an ordinary kernel, our server behind its own name, a
#: worker of Dask, which forks as a run does.
RARE = ("run without fork", "python3 of the provisioner", "Dask")


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=[pytest.mark.slow] * (way in RARE)) for way in (*OURS, *OTHERS)]
)
def test_a_notebook_of_everything_has_the_outputs_of_python3(outputs_by: Ways, way: str) -> None:
    for name, ours, theirs in zip(EVERYTHING, outputs_by(way), outputs_by("python3"), strict=True):
        assert ours == theirs, name
