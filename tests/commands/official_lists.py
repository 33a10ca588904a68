"""A small official list, made by hand after its public description."""

from __future__ import annotations

# Satzart, key (Kreis 5, Gemeinde 8 digits), Verband, name, Textkennzeichen, people
RECORDS = [
    ("10", "01", "", "Schleswig-Holstein", "", ""),
    ("40", "01001", "", "Flensburg, Stadt", "41", ""),
    ("50", "01001", "0000", "Flensburg, Stadt", "50", ""),
    ("60", "01001000", "0000", "Flensburg, Stadt", "61", "92550"),
    ("40", "01051", "", "Dithmarschen", "43", ""),
    ("60", "01051011", "0011", "Brunsbüttel, Stadt", "63", "12433"),
    ("60", "01051044", "5166", "Heide, Stadt", "63", "21737"),
    ("40", "03252", "", "Hameln-Pyrmont", "44", ""),
    ("60", "03252002", "0002", "Bad Münder am Deister, Stadt", "63", "17500"),
    ("40", "03353", "", "Harburg", "44", ""),
    ("60", "03353029", "0029", "Rosengarten", "64", "14190"),
    ("60", "03353040", "0040", "Winsen (Luhe), Stadt", "63", ""),
    ("40", "03404", "", "Osnabrück, Stadt", "41", ""),
    ("60", "03404000", "0000", "Osnabrück, Stadt", "61", "165251"),
    ("40", "03459", "", "Osnabrück", "44", ""),
    ("60", "03459004", "0004", "Bad Laer", "64", "9200"),
    ("60", "06631020", "0020", "Rosengarten", "64", "100"),
    ("60", "09779155", "0155", "Harburg (Schwaben), St", "63", "5600"),
]


def fixed_width(record: tuple[str, ...]) -> str:
    satzart, key, verband, name, mark, people = record
    line = f"{satzart}20240630{key:<8}{verband:<4}{name:<50}{'':<50}{mark:<2}".ljust(128)
    return f"{line}{'00000001234':<11}{people.zfill(11) if people else '':<11}".ljust(220)
