"""Every cell of the drawn table pages that is not read as it stands, by what is wrong with it.

``python -m tests.bench.tablemisses --seed 5501 --producer chromium`` sets fresh pages and reads them; ``--grade 200`` reads
their scans. For whoever works on the reader: the counts by cause and by topic, then cell after cell.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections import Counter
from pathlib import Path
from tempfile import gettempdir

from pipeline.archive.opening import examine
from pipeline.codebook.loading import Codebook, load
from pipeline.model.extraction import Extraction
from pipeline.reading import read_report
from pipeline.run import assembled
from tests.bench.tablepages import GRADES, KIND_SETS, PRODUCERS, SETS, WORDS, make, scanned
from tests.bench.tablescore import Missed, Score, score


def main() -> None:
    """Print the misses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="development", choices=sorted({**SETS, **KIND_SETS}))
    parser.add_argument("--seed", type=int, help="another draw of the same words")
    parser.add_argument("--words", choices=sorted(WORDS), help="the words of a fresh draw")
    parser.add_argument("--kinds", action="store_true", help="a fresh draw of the kinds of tablekinds.py")
    parser.add_argument("--yearly", action="store_true", help="a fresh draw of the kinds of tableyearly.py")
    parser.add_argument("--producer", action="append", choices=PRODUCERS)
    parser.add_argument("--grade", choices=sorted(GRADES))
    parser.add_argument("--pages", type=int, default=6, help="pages of each producer that are scanned")
    parser.add_argument("--folder", type=Path, default=Path(gettempdir()) / "hasila-tables")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    asked.folder.mkdir(parents=True, exist_ok=True)
    name = asked.set
    if asked.seed is not None:
        family = "kinds-" if asked.kinds else "yearly-" if asked.yearly else ""
        name = f"{asked.words or 'verification'}-{family}{asked.seed}"
        (KIND_SETS if family else SETS)[name] = (WORDS[asked.words or "verification"], asked.seed)
    total = Score()
    for path, leaves in make(asked.folder, name, producers=asked.producer or PRODUCERS).items():
        numbers = list(range(1, len(leaves) + 1))
        if asked.grade:
            upright = [i for i, leaf in enumerate(leaves) if leaf.stands_alone]
            chosen = sorted(random.Random(name).sample(upright, min(asked.pages, len(upright))))
            made = asked.folder / f"{path.stem}-{asked.grade}.pdf"
            scanned(path, [i + 1 for i in chosen], made, asked.grade)
            path, leaves, numbers = made, [leaves[i] for i in chosen], list(range(1, len(chosen) + 1))
        codebook = load(None)
        said = read_report(examine(path), codebook)
        told = score(said, leaves, numbers, loose=bool(asked.grade), marked=marked(said, codebook))
        total.add(told)
        print(
            f"\n## {path}: {told.exact} of {told.cells} exact, {told.invented} invented, {told.silent} of them"
            f" without a finding, {told.false_tables} false tables"
        )
        for cause, count in Counter(m.cause for m in told.missed).most_common():
            print(f"{count:5} {cause}")
        for missed in told.missed:
            print(_line(missed))
        for line in told.unmarked:
            print(f"unmarked {line}")
    print(
        f"\n# {total.exact} of {total.cells} exact = {100 * total.exact / max(total.cells, 1):.2f} %, {total.silent} wrong without a finding"
    )
    for topic, wrong in total.wrong_by_topic.most_common(25):
        print(f"{wrong:5} of {total.by_topic[topic]:5} {topic}")


def marked(said: Extraction, codebook: Codebook) -> set[str]:
    """Readings that a finding names."""
    dataset = assembled([said], codebook)
    reading_of = {o.observation_id: o.reading_id for o in dataset.observations}
    return {i for f in dataset.findings for i in (*f.readings, *(reading_of[o] for o in f.observations))}


def _line(missed: Missed) -> str:
    fact = missed.fact
    return (
        f"p{missed.page} [{missed.cause}] {fact.printed!r} row={fact.row} column={fact.column}\n"
        f"      said {missed.said}   {' '.join(missed.topics)}"
    )


if __name__ == "__main__":
    main()
