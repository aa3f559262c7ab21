"""Peers that read tables of digital pages: grids of text by page, and the processor time that they took.

Run by a Python of its own for peers that can't stand beside Hasila's packages: ``python peers.py NAME``, with a JSON object of
paths and page numbers on standard input and the grids and seconds as JSON on standard output.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Grid = list[list[str]]
Pages = dict[int, list[Grid]]
#: Python of an environment with img2table and tabula-py.
VARIABLE = "HASILA_BENCH_PEERS"
CAMELOT = ("lattice", "stream", "network", "hybrid")


def spent() -> float:
    """Seconds of the processor that this process and its ended children have taken."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def apart(name: str, pages: Mapping[Path, Sequence[int]]) -> tuple[dict[Path, Pages], float] | None:
    """What a peer of another environment reads, and its seconds; ``None`` where that environment is not there."""
    python = os.environ.get(VARIABLE, "")
    if not python:
        return None
    asked = json.dumps({str(path): list(numbers) for path, numbers in pages.items()})
    done = subprocess.run([python, __file__, name], input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}: {done.stderr[-400:]}", file=sys.stderr)
        return None
    said = json.loads(done.stdout)
    return {
        Path(path): {int(n): grids for n, grids in held.items()} for path, held in said["grids"].items()
    }, said["seconds"]


def pdfplumber_tables(path: Path, numbers: Sequence[int]) -> Pages:
    """Its default settings: tables by drawn rules."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return {
            n: [[[c or "" for c in row] for row in t] for t in pdf.pages[n - 1].extract_tables()]
            for n in numbers
        }


def camelot_tables(path: Path, numbers: Sequence[int], flavour: str) -> Pages:
    """One of its flavours; a page on which it fails is a page that it has no table on."""
    from camelot.io import read_pdf

    out: Pages = {}
    for n in numbers:
        try:
            for table in read_pdf(str(path), pages=str(n), flavor=flavour, suppress_stdout=True):
                out.setdefault(n, []).append(table.df.values.tolist())
        except Exception:
            continue
    return out


def img2table_tables(path: Path, numbers: Sequence[int]) -> Pages:
    """With the text layer, rules and implicit rows."""
    from img2table.document import PDF

    found = PDF(str(path), pages=[n - 1 for n in numbers], pdf_text_extraction=True).extract_tables(
        implicit_rows=True
    )
    return {
        page + 1: [t.df.fillna("").astype(str).values.tolist() for t in tables]
        for page, tables in found.items()
    }


def tabula_tables(path: Path, numbers: Sequence[int]) -> Pages:
    """It guesses itself between rules and white space."""
    import tabula

    out: Pages = {}
    for n in numbers:
        for frame in tabula.read_pdf(
            str(path), pages=n, silent=True, pandas_options={"header": None, "dtype": str}
        ):
            out.setdefault(n, []).append(frame.fillna("").astype(str).to_numpy().tolist())
    return out


APART: dict[str, Callable[[Path, Sequence[int]], Pages]] = {
    "img2table": img2table_tables,
    "tabula": tabula_tables,
}


def main(name: str) -> None:
    """Read what standard input names, print grids and seconds; the first page is read once before, for its imports."""
    asked = json.load(sys.stdin)
    reader = APART[name]
    first, numbers = next(iter(asked.items()))
    reader(Path(first), numbers[:1])
    began = spent()
    grids = {path: reader(Path(path), numbers) for path, numbers in asked.items()}
    json.dump({"grids": grids, "seconds": spent() - began}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
