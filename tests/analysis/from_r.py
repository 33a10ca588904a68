"""The values from R that several tests compare with; how they came about stands beside them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from places import REFERENCE

FOLDER = REFERENCE / "r"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
ANSWERS = np.loadtxt(FOLDER / "answers.csv", delimiter=",", skiprows=1)
#: For closed formulas.
EXACT = 1e-8
