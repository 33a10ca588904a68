"""Clean and score 11,000 municipalities × 108 items: seconds and memory at its highest."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

MEASURED = """
import resource, sys, time
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.analysis.scoring import score_study
from weltoffen_eval.study.responses.cleaning import clean_responses
from weltoffen_eval.study.definition import load_study

begin = time.perf_counter()
study = load_study(sys.argv[1])
cleaned = clean_responses(study)
middle = time.perf_counter()
scores = score_study(study, cleaned.responses, load_scheme(None, study))
end = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
print(f"{len(cleaned.responses):,} responses, {len(scores):,} scores")
print(f"clean {middle - begin:.1f} s, score {end - middle:.1f} s, both {end - begin:.1f} s, {peak:.2f} GB")
"""


def main(municipalities: int = 11_000) -> None:
    from weltoffen_eval.study.example.generator import write_study

    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        write_study(folder, municipalities, study_id="large", workshop=False)
        # one wave is what is measured: one sheet per municipality
        text = (Path(folder) / "study.toml").read_text(encoding="utf-8")
        head, *files = text.split("[[file]]")
        wave = head.index('[[wave]]\nid = "2024"')
        (Path(folder) / "study.toml").write_text(head[:wave] + "[[file]]" + files[0], encoding="utf-8")
        print(f"{municipalities:,} municipalities written in {time.perf_counter() - begin:.1f} s")
        subprocess.run([sys.executable, "-c", MEASURED, folder], check=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11_000)
