"""study.toml of the example: what each of its files is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Listed:
    """A file of the study with what it needs to be read; ``keys`` are lines of TOML.

    ``wave`` and ``setting`` are empty where its columns say them.
    """

    path: str
    text: str
    wave: str
    setting: str
    keys: tuple[str, ...] = ()


def study_toml(study_id: str, municipalities: int, waves: dict[str, str], files: list[Listed]) -> str:
    """The text of study.toml; ``waves`` are instruments by wave."""
    first = next(iter(waves.values()))
    text = f'''# Synthetic: made by weltoffen_eval.study.example.generator; nobody gave these answers.
id = "{study_id}"
title = "Selbstcheck – Beispielstudie (synthetisch)"
instrument = "{first}"
scheme = "standard"
synthetic = true
licence = "CC0-1.0"
source = "synthetisch erzeugt: {municipalities} erfundene Kommunen"
'''
    for wave, instrument in waves.items():
        text += f'\n[[wave]]\nid = "{wave}"\ndate = {wave}-06-30\n'
        if instrument != first:
            text += f'instrument = "{instrument}"\n'
    for file in files:
        kind = [line for line in file.keys if line.startswith("kind")]
        rest = [line for line in file.keys if not line.startswith("kind")]
        said = {"path": file.path, "wave": file.wave, "setting": file.setting}
        where = [f'{name} = "{value}"' for name, value in said.items() if value]
        text += "\n[[file]]\n" + "\n".join([*kind, *where, *rest]) + "\n"
    return text
