"""Studies as the scoring lab meets them seldom."""

from __future__ import annotations

from pathlib import Path

from places import REFERENCE


def study_of_fields(folder: Path, count: int) -> Path:
    """One municipality, and a field for each of its questions; only the first is answered with yes."""
    numbers = range(1, count + 1)
    made = folder / "fields"
    (made / "instrument").mkdir(parents=True)
    head = (REFERENCE / "example" / "study" / "instrument" / "instrument.toml").read_text(encoding="utf-8")
    scales = head[head.index("[[scale]]") :]
    fields = "".join(f'[[dimension]]\nid = "f{n}"\ntitle = {{ de = "Feld {n}" }}\n' for n in numbers)
    about = 'id = "fields"\nedition = "1"\ntitle = { de = "Felder" }\nsource = "x"\nlicence = "CC0-1.0"\n'
    (made / "instrument" / "instrument.toml").write_text(about + fields + scales, encoding="utf-8")
    rows = "".join(f"Q{n},f{n},{n},stufen,1,Frage {n}?\n" for n in numbers)
    items = "item,dimension,position,scale,direction,text_de\n" + rows
    (made / "instrument" / "items.csv").write_text(items, encoding="utf-8")
    (made / "municipalities.csv").write_text("municipality,name\nadorf,Adorf\n", encoding="utf-8")
    answers = ",".join(["2", *["0"] * (count - 1)])
    (made / "a.csv").write_text(
        f"municipality,{','.join(f'Q{n}' for n in numbers)}\nadorf,{answers}\n", encoding="utf-8"
    )
    (made / "study.toml").write_text(
        'id = "fields"\ntitle = "Felder"\ninstrument = "./instrument"\nscheme = "standard"\nsource = "x"\n'
        'licence = "CC0-1.0"\n[[wave]]\nid = "2024"\ndate = 2024-06-30\n[[file]]\nkind = "responses"\n'
        'path = "a.csv"\nwave = "2024"\nsetting = "questionnaire"\nperspective = "administration"\n',
        encoding="utf-8",
    )
    return made
