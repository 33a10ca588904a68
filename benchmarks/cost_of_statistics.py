"""What the statistics cost: the reference of 11,000 municipalities, and the robustness of one."""

from __future__ import annotations

import statistics
import time

import numpy as np
import pandas as pd

from weltoffen_eval.analysis.comparison import compare_with_others
from weltoffen_eval.analysis.robustness import DRAWS
from weltoffen_eval.results.profiles import load_profile
from weltoffen_eval.study.register import Municipality, Register


def main(count: int = 11_000, dimensions: int = 7) -> None:
    random = np.random.default_rng(1)
    kinds = ("Gemeinde", "Stadt", "kreisfreie Stadt", "Landkreis")
    register = Register(
        tuple(
            Municipality(
                f"m{n:05d}", f"M{n}", kind=kinds[n % 4], population=int(random.integers(500, 400_000))
            )
            for n in range(count)
        )
    )
    points = random.uniform(0, 100, count * dimensions)
    scores = pd.DataFrame(
        {
            "municipality": np.repeat([m.key for m in register.municipalities], dimensions),
            "wave": "1", "setting": "questionnaire", "perspective": "administration", "unit": "institution",
            "level": "dimension", "id": np.tile([f"d{n}" for n in range(dimensions)], count),
            "score": points, "low": points, "high": points, "n_answered": 15.0,
        }
    )  # fmt: skip
    begin = time.perf_counter()
    compared = compare_with_others(scores, register)
    print(f"reference: {len(compared)} rows, three groupings: {time.perf_counter() - begin:.2f} s (aim 20 s)")

    seconds = []
    for key in ("musterstadt", "beispielstadt", "fabelhausen", "silbenstadt", "vokabelstadt"):
        profile = load_profile("beispiel", key, "2021")
        begin = time.perf_counter()
        _ = profile.bands
        seconds.append(time.perf_counter() - begin)
    typical = statistics.median(seconds)
    print(f"robustness, {DRAWS} draws, one municipality: median {typical:.3f} s (aim 0.2 s)")


if __name__ == "__main__":
    main()
