"""Run the measurements named, or all of them, and rewrite their sections of ``README.md``.

A topic is a module of this package with ``run() -> str``, which gives the Markdown between ``<!-- topic:begin -->`` and
``<!-- topic:end -->``.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"


def topics() -> list[str]:
    """Names of the modules beside this one that are a topic."""
    files = sorted(HERE.glob("*.py"))
    return [file.stem for file in files if re.search(r"^def run\(\) -> str:", file.read_text("utf-8"), re.M)]


def rewritten(text: str, topic: str, section: str) -> str:
    """The README with the section of a topic replaced, or added at its end."""
    begin, end = f"<!-- {topic}:begin -->", f"<!-- {topic}:end -->"
    block = f"{begin}\n{section.strip()}\n{end}"
    if begin not in text:
        return f"{text.rstrip()}\n\n## {topic}\n\n{block}\n"
    return re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: block, text, flags=re.S)


def main(wanted: list[str]) -> int:
    """Run topics; 2 when there is no such topic."""
    known = topics()
    unknown = [topic for topic in wanted if topic not in known]
    if unknown:
        print(f"No topic {', '.join(unknown)}; there are: {', '.join(known)}.", file=sys.stderr)
        return 2
    for topic in wanted or known:
        print(f"## {topic}", flush=True)
        section = importlib.import_module(f"tests.bench.{topic}").run()
        print(section, flush=True)
        README.write_text(rewritten(README.read_text("utf-8"), topic, section), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
