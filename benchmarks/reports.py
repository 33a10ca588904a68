"""Reports of one wave of the example study by four ways, on two workers each: time and CPU per report.

``plain``: papermill, then ``jupyter nbconvert --to html``, as commands. ``kernels``: the same in two
processes that stay, with an ordinary kernel per notebook. ``ours``: ``weltoffen run`` (the frozen notebook:
the same workers and exporter). ``limit``: the cells alone in two warm processes, without Jupyter and
without a page.

Usage: reports.py [selfcheck|frozen] [municipalities] [rounds] [ways]

More municipalities than the example study has are those of a synthetic study. ``ways``: all four, or some of
them (``ours,limit``).
"""

from __future__ import annotations

import ctypes
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

from weltoffen_eval.publish.running.workers import Ready, start_pool
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.example.generator import write_study
from weltoffen_eval.study.responses.cleaning import clean_responses

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = {
    "selfcheck": ROOT / "notebooks" / "02_selfcheck.ipynb",
    "frozen": ROOT / "benchmarks" / "frozen.ipynb",
}
FROZEN_MODULES = (
    "matplotlib.pyplot", "matplotlib.backends.backend_agg", "matplotlib_inline.backend_inline", "seaborn",
    "statsmodels.api", "statsmodels.miscmodels.ordinal_model",
)  # fmt: skip
WORKERS = 2
EXAMPLE = "beispiel"
#: The study of whose municipalities reports are made.
STUDY = (
    f"s{sys.argv[2]}" if sys.argv[1:2] == ["selfcheck"] and int((*sys.argv[2:3], "36")[0]) > 36 else EXAMPLE
)
_WAYS = "plain,kernels,ours,limit"
_PR_SET_CHILD_SUBREAPER = 36


def plain(name: str, keys: list[str], folder: Path) -> None:
    def one(key: str) -> None:
        executed = folder / f"{key}.ipynb"
        call(BIN / "papermill", NOTEBOOKS[name], executed, "-p", "study", STUDY, "-p", "municipality", key)
        call(BIN / "jupyter", "nbconvert", "--to", "html", executed)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, keys))


def call(*command: object) -> None:
    """Once more if it fails: two ordinary kernels that start at the same time may want the same port."""
    for last in (False, True):
        done = subprocess.run([*map(str, command)], capture_output=True, text=True, cwd=ROOT)
        if done.returncode == 0:
            return
        print(f"{command[2]} failed: {done.stderr.strip().splitlines()[-1:]}", flush=True)
        if last:
            sys.exit(1)


def _with_a_kernel(name: str, key: str, folder: str) -> None:
    import papermill
    from nbconvert import HTMLExporter

    executed = Path(folder) / f"{key}.ipynb"
    papermill.execute_notebook(
        NOTEBOOKS[name], executed, {"study": STUDY, "municipality": key}, progress_bar=False
    )
    executed.with_suffix(".html").write_text(HTMLExporter().from_filename(str(executed))[0], encoding="utf-8")


def kernels(name: str, keys: list[str], folder: Path) -> None:
    with ProcessPoolExecutor(WORKERS) as pool:
        list(pool.map(_with_a_kernel, [name] * len(keys), keys, [str(folder)] * len(keys)))


def _forked(name: str, key: str, folder: str) -> None:
    from weltoffen_eval.publish.exporting.exports import export_notebook
    from weltoffen_eval.publish.exporting.html import WeltoffenHTMLExporter
    from weltoffen_eval.publish.keeping.files import write_whole
    from weltoffen_eval.publish.running.execution import run_notebook

    node = run_notebook(NOTEBOOKS[name], {"municipality": key}, "Frozen")
    page, _ = WeltoffenHTMLExporter(log_level="ERROR").from_notebook_node(node)
    write_whole(Path(folder) / f"{key}.html", page.encode("utf-8"))
    write_whole(Path(folder) / f"{key}.ipynb", export_notebook(node, "ipynb"))


def ours(name: str, keys: list[str], folder: Path) -> None:
    if name == "frozen":
        # in a process that ends, so that all of its own have ended too
        subprocess.run([sys.executable, __file__, "--frozen", folder, *keys], check=True, cwd=ROOT)
        return
    chosen = [part for key in keys for part in ("-m", key)]
    command = [BIN / "weltoffen", "run", STUDY, "-w", "2021", "-n", name, "--jobs", str(WORKERS)]
    subprocess.run([*command, "--out", folder, *chosen], check=True, capture_output=True, cwd=ROOT)


def run_frozen(folder: str, keys: list[str]) -> None:
    with start_pool(WORKERS, Ready(FROZEN_MODULES)) as pool:
        list(pool.map(_forked, ["frozen"] * len(keys), keys, [folder] * len(keys)))


def _cells(name: str, keys: list[str]) -> tuple[float, float]:
    """Seconds and seconds of CPU for the cells alone, after one round that warms everything."""
    run_cells(name, keys[0])
    begin, cpu = time.perf_counter(), time.process_time()
    for key in keys:
        run_cells(name, key)
    return time.perf_counter() - begin, time.process_time() - cpu


def run_cells(name: str, key: str) -> None:
    """Run the cells of a notebook in this process, without Jupyter."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    with redirect_stdout(io.StringIO()):
        for source in _sources(name):
            source = source.replace("musterstadt", key).replace('"beispiel"', f'"{STUDY}"')
            code = shell.transform_cell(source.replace("%matplotlib inline", ""))
            exec(code, shell.user_ns)
            _draw_open_figures()


@cache
def _sources(name: str) -> list[str]:
    import nbformat

    return [c.source for c in nbformat.read(NOTEBOOKS[name], 4).cells if c.cell_type == "code"]


def _draw_open_figures() -> None:
    """What a kernel does after each cell: pictures of the figures that pyplot holds open."""
    if "matplotlib.pyplot" not in sys.modules:
        return
    pyplot = sys.modules["matplotlib.pyplot"]
    for number in pyplot.get_fignums():
        pyplot.figure(number).savefig(io.BytesIO(), format="png", bbox_inches="tight")
    pyplot.close("all")


def limit(name: str, keys: list[str]) -> tuple[float, float]:
    with ProcessPoolExecutor(WORKERS) as pool:
        parts = list(pool.map(_cells, [name] * WORKERS, [keys[n::WORKERS] for n in range(WORKERS)]))
    return max(wall for wall, _ in parts), sum(cpu for _, cpu in parts)


def measure(way: Callable[[str, list[str], Path], None], name: str, keys: list[str]) -> tuple[float, float]:
    """Seconds and seconds of CPU, of all processes that were started on the way."""
    # whoever loses its parent becomes ours, so that its time is counted
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    before, begin = _cpu(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        way(name, keys, Path(folder))
    wall = time.perf_counter() - begin
    return wall, _cpu() - before


def _cpu() -> float:
    deadline = time.monotonic() + 5
    try:
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.05)
    except ChildProcessError:
        pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(name: str = "selfcheck", municipalities: str = "36", rounds: str = "1", ways: str = _WAYS) -> None:
    with tempfile.TemporaryDirectory() as project:
        if STUDY != EXAMPLE:
            write_study(
                Path(project) / "data" / "raw" / STUDY, int(municipalities), study_id=STUDY, workshop=False
            )
            (Path(project) / "notebooks").symlink_to(ROOT / "notebooks")
            os.environ["WELTOFFEN_PROJECT"] = project
            subprocess.run([BIN / "weltoffen", "score", STUDY], check=True, capture_output=True)
        study = load_study(STUDY)
        responses = clean_responses(study).responses
        to_selfcheck = (responses["wave"] == "2021") & (responses["setting"] == "questionnaire")
        answered = set(responses.loc[to_selfcheck, "municipality"])
        keys = [m.key for m in study.register.municipalities[: int(municipalities)] if m.key in answered]
        for number in range(1, int(rounds) + 1):
            run_round(number, name, keys, ways.split(","))


def run_round(number: int, name: str, keys: list[str], ways: list[str]) -> None:
    times = {}
    for way in (plain, kernels, ours):
        if way.__name__ in ways:
            # in a process of its own, which has started nothing else
            with ProcessPoolExecutor(1) as pool:
                times[way.__name__] = pool.submit(measure, way, name, keys).result()
    if "limit" in ways:
        times["limit"] = limit(name, keys)
    print(f"{name}, round {number}: {len(keys)} reports, {WORKERS} workers")
    for way_name, (wall, cpu) in times.items():
        faster, more = wall / times["ours"][0], times["ours"][1] / cpu
        print(
            f"  {way_name:8} {len(keys) / wall:6.2f} reports/s, {cpu / len(keys):6.2f} s of CPU each; "
            f"ours is {faster:5.2f} times as fast and takes {more:5.2f} times the CPU",
            flush=True,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--frozen"]:
        run_frozen(sys.argv[2], sys.argv[3:])
    else:
        main(*sys.argv[1:])
