"""Tesseract as processes that stay while a report is read, a model in each.

To load a model takes 0.02 to 0.08 s, and a page asks five to seven times. Tesseract takes names of images from
standard input, one a line (``stream_filelist``), and tells the words of each before it asks for the next; it ends with
that input. It stays a process of its own: one that hangs or crashes is ended, costs its page, and the next page starts
another. Where no terminal is to be had, which makes it tell line by line, pytesseract starts one for each call.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import subprocess
import tempfile
import tty
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import cv2
import numpy as np

from pipeline.engine import COMMAND
from pipeline.pages.image.raster import Gray

#: After the images of a call a blank one is read: once its first line is told, all before it was.
_BLANK = np.full((16, 16), 255, np.uint8)
#: Options with which it takes names from standard input and writes a table.
_AS_TABLE = ("-c", "stream_filelist=1", "tsv")
#: Columns of the table that Tesseract writes, and the level of its lines that are words.
_COLUMNS, _WORD = 12, "5"
#: So much of what a process that failed said is told; seconds in which one that closed its answer has ended.
_LAST_WORDS, _ENDING = 200, 1.0
#: Bytes of an answer that are read at once.
_PART = 1 << 16


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word as Tesseract tells it: box in pixels (x, y, width, height), confidence from 0 to 100, cut
    to whole hundredths: all bounds were measured with such.
    """

    text: str
    x: int
    y: int
    width: int
    height: int
    confidence: int


class Engines:
    """Processes by model and page mode; :func:`staying` ends them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[tuple[str, int], _Process] = {}

    def read(
        self, images: Sequence[Gray], model: str, mode: int, dpi: int, seconds: float
    ) -> list[list[Spoken]]:
        """The words of some images.

        Args:
            images: grey pages or parts of them.
            model: name under which Tesseract knows it.
            mode: its page segmentation mode.
            dpi: resolution of the images.
            seconds: that it may take.

        Raises:
            RuntimeError: it failed, or passed its time.
            ValueError, KeyError, IndexError, TypeError: its answer is no table of words.
            OSError: it can't be started.
        """
        files = [self._folder / f"{n}.tif" for n in range(len(images) + 1)]
        for file, image in zip(files, [*images, _BLANK], strict=True):
            _write(file, image, dpi)
        process = self._held.pop((model, mode), None)
        if process is None:
            terminal = _terminal()
            if terminal is None:
                return _asked_once(files[:-1], model, mode, dpi, seconds)
            process = _Process(model, mode, self._folder, *terminal)
        try:
            first = process.told + 1
            rows = process.ask(files, monotonic() + seconds)
        except BaseException:
            process.end()
            raise
        self._held[model, mode] = process
        return _words(rows, first, len(images))

    def end(self) -> None:
        """End all processes."""
        for process in self._held.values():
            process.end()
        self._held.clear()


_current: ContextVar[Engines | None] = ContextVar("engines", default=None)


@contextlib.contextmanager
def staying() -> Iterator[Engines]:
    """Within the block a process that was started stays for the next call, also in blocks within it."""
    held = _current.get()
    if held is not None:
        yield held
        return
    with tempfile.TemporaryDirectory(prefix="hasila-") as folder:
        engines = Engines(Path(folder))
        token = _current.set(engines)
        try:
            yield engines
        finally:
            _current.reset(token)
            engines.end()


class _Process:
    """One Tesseract, and what it has told that was not asked for yet."""

    def __init__(self, model: str, mode: int, folder: Path, answers: int, answering: int) -> None:
        self.told = 0  # images, blank ones too
        self._errors = folder / f"{model.replace('/', '-')}-{mode}.txt"
        self._answers = answers
        try:
            with self._errors.open("wb") as errors:
                self._process = subprocess.Popen(
                    (COMMAND, "stdin", "stdout", "-l", model, "--psm", str(mode), *_AS_TABLE),
                    stdin=subprocess.PIPE,
                    stdout=answering,
                    stderr=errors,
                )
        except BaseException:
            os.close(self._answers)
            raise
        finally:
            os.close(answering)

    def ask(self, files: Sequence[Path], until: float) -> list[str]:
        """The lines that tell of some images, of which the last is blank."""
        names = "".join(f"{file}\n" for file in files)
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # what it said last tells more
            self._process.stdin.write(names.encode())
            self._process.stdin.flush()
        self.told += len(files)
        end = f"\n1\t{self.told}\t".encode()
        answer = bytearray()
        while (at := answer.find(end, max(len(answer) - _PART - len(end), 0))) < 0:
            answer += self._more(until)
        # What follows the blank image's number is the rest of its line, no line of a table.
        return bytes(answer[:at]).decode("utf-8").split("\n")

    def _more(self, until: float) -> bytes:
        with selectors.DefaultSelector() as selector:
            selector.register(self._answers, selectors.EVENT_READ)
            if not selector.select(max(until - monotonic(), 0.0)):
                raise RuntimeError("it took longer than the time that a page has")
        try:
            part = os.read(self._answers, _PART)
        except OSError:  # of a terminal that nobody holds any more
            part = b""
        if part:
            return part
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING)
        said = self._errors.read_text(encoding="utf-8", errors="replace").strip()
        raise RuntimeError(f"it ended with code {self._process.returncode}: {said[-_LAST_WORDS:]}")

    def end(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.kill()
        self._process.wait()
        os.close(self._answers)


def _terminal() -> tuple[int, int] | None:
    """Two ends of a terminal, or nothing where none is left.

    To a terminal the C library writes line by line, to a pipe when its buffer is full.
    """
    try:
        answers, answering = os.openpty()
    except OSError:
        return None
    tty.setraw(answering)
    return answers, answering


def _asked_once(
    files: Sequence[Path], model: str, mode: int, dpi: int, seconds: float
) -> list[list[Spoken]]:
    """What a Tesseract that is started for these images alone tells of them."""
    import pytesseract  # brings pandas, as long to load as two pages of text take to read

    listed = files[0].with_name("images.txt")
    listed.write_text("\n".join(map(str, files)), encoding="utf-8")
    told = pytesseract.image_to_data(
        str(listed),
        lang=model,
        config=f"--psm {mode} --dpi {dpi}",
        timeout=seconds,
        output_type=pytesseract.Output.DICT,
    )
    found: list[list[Spoken]] = [[] for _ in files]
    columns = (told[name] for name in ("page_num", "text", "conf", "left", "top", "width", "height"))
    for number, text, sure, x, y, width, height in zip(*columns, strict=True):
        if text.strip() and float(sure) >= 0:
            word = Spoken(text.strip(), int(x), int(y), int(width), int(height), int(float(sure)))
            found[int(number) - 1].append(word)
    return found


def _write(file: Path, image: Gray, dpi: int) -> None:
    """An image as a file of bare pixels: to pack and unpack it would be a tenth of the page's cost."""
    options = (
        *(cv2.IMWRITE_TIFF_COMPRESSION, cv2.IMWRITE_TIFF_COMPRESSION_NONE),
        *(cv2.IMWRITE_TIFF_RESUNIT, 2),  # inches
        *(cv2.IMWRITE_TIFF_XDPI, dpi, cv2.IMWRITE_TIFF_YDPI, dpi),
    )
    if not cv2.imwrite(str(file), image, options):
        raise OSError(f"no room for an image in {file.parent}")


def _words(lines: Sequence[str], first: int, count: int) -> list[list[Spoken]]:
    """The words of so many images from the lines that tell of them."""
    found: list[list[Spoken]] = [[] for _ in range(count)]
    for line in lines:
        level, number, *_, x, y, width, height, confidence, text = _cells(line)
        if level == _WORD and text.strip() and float(confidence) >= 0:
            at = int(number) - first
            if not 0 <= at < count:
                raise ValueError(f"a word of image {at + 1} of {count}")
            place = int(x), int(y), int(width), int(height)
            found[at].append(Spoken(text.strip(), *place, int(float(confidence))))
    return found


def _cells(line: str) -> list[str]:
    cells = line.rstrip("\r").split("\t")
    return cells if len(cells) == _COLUMNS else [""] * _COLUMNS
