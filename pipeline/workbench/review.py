"""A person goes through what waits for them: where they are, what they decided, the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.codebook.deciding import Entry, withdraw
from pipeline.codebook.decisions import ACCEPTED, CORRECTIONS, accepted, corrections
from pipeline.errors import UsageError
from pipeline.workbench.decisions import Decided, accept, correct, to_come
from pipeline.workbench.waiting import Waiting, waiting


@dataclass(slots=True, kw_only=True)
class Review:
    """One sitting over one edition. What is decided stands in the codebook alone, so that nothing is lost with it.

    Args:
        database: of the edition.
        codebook: folder in which decisions are kept.
        author: who decides.
        today: tells the day of a decision.
        place: tells where the file of a report is.
        explained: explanations of a finding in a language.
        again: the command that applies the decisions.
    """

    database: Path
    codebook: Path
    author: str
    today: Callable[[], date]
    place: Callable[[str], Path | None]
    explained: Callable[[Sequence[str], str], list[str]]
    again: str
    queue: tuple[Waiting, ...] = ()
    skipped: set[str] = field(default_factory=set)
    done: list[tuple[str, Decided]] = field(default_factory=list)
    _known: tuple[bytes, bytes, dict[str, str]] = (b"", b"", {})

    def __post_init__(self) -> None:
        self.queue = waiting(self.database)

    def standing(self) -> Mapping[str, str]:
        """Findings that are decided, ``accepted`` or ``corrected``, also those by command or in another sitting."""
        files = [self.codebook / name for name in (ACCEPTED, CORRECTIONS)]
        looked, changed = (file.read_bytes() for file in files)
        if self._known[:2] != (looked, changed):
            day = self.today()
            aside = {one.finding for one in accepted(files[0]) if not (one.until and one.until < day)}
            new = to_come(self.database, corrections(files[1]))
            found = {one.finding_id: "corrected" for one in self.queue if one.readings & new}
            found |= {one.finding_id: "accepted" for one in self.queue if one.finding_id in aside}
            self._known = (looked, changed, found)
        return self._known[2]

    def next_after(self, finding_id: str = "") -> str:
        """The next finding that is open, from the one given on and then from the start; empty when there is none."""
        ids = [one.finding_id for one in self.queue]
        at = ids.index(finding_id) + 1 if finding_id in ids else 0
        settled = self.standing()
        return next(
            (one for one in ids[at:] + ids[:at] if one not in settled and one not in self.skipped), ""
        )

    def accept(self, finding_id: str, reason: str, verdict: str) -> None:
        """Set a finding aside.

        Raises:
            HasilaError: when it can't be; nothing has changed then.
        """
        decided = accept(
            self.database,
            self.codebook,
            finding_id,
            reason=reason,
            author=self.author,
            today=self.today(),
            verdict=verdict,
        )
        self._note(finding_id, decided)

    def correct(self, finding_id: str, reading: str, new: str, reason: str) -> None:
        """Declare that a figure of a finding is another one.

        Raises:
            HasilaError: when it can't be; nothing has changed then.
        """
        decided = correct(self.database, self.codebook, reading, new, reason=reason, author=self.author)
        self._note(finding_id, decided)

    def undo(self) -> str:
        """Take the last decision back; the finding that it was made for.

        Raises:
            HasilaError: when there is none, or it was changed since it was written.
        """
        if not self.done:
            raise UsageError(
                "There is nothing to take back.", "Decisions of other sittings are taken back by hand."
            )
        finding_id, decided = self.done[-1]
        withdraw(decided.entry)
        self.done.pop()
        return finding_id

    @property
    def last(self) -> Entry | None:
        """Where the last decision of this sitting stands."""
        return self.done[-1][1].entry if self.done else None

    def _note(self, finding_id: str, decided: Decided) -> None:
        self.skipped.discard(finding_id)
        if decided.entry.added:
            self.done.append((finding_id, decided))
