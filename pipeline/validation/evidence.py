"""What the rules look at: all readings, observations and series of a run, indexed once, and what they vouched for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.codebook.loading import Codebook, fold
from pipeline.model.assembly import Assembly
from pipeline.model.edition import Edit
from pipeline.model.extraction import Complaint, Extraction
from pipeline.model.observation import Observation
from pipeline.model.reading import Label, Mention, Reading
from pipeline.model.report import Outcome
from pipeline.model.series import Series
from pipeline.validation.prose.telling import Telling
from pipeline.validation.tables.failures import Checked
from pipeline.validation.tables.layout import Grid
from pipeline.validation.years.representative import latest

#: Two that are held against each other: what a report says of its own year, and what that of the year before says of its own.
Pair = tuple[Observation, Observation]
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=10_000)
def _with(held: frozenset[str], rule: str) -> frozenset[str]:
    """A set with one rule more; the few that occur are shared by all readings."""
    return held | {rule}


@dataclass(slots=True)
class Evidence:
    """Indexed input of the rules; ``vouched`` are, for each reading, the rules that found it right.

    ``checked`` are the tables of the one report that the rules of level table look at just now; ``beside_last_year``
    are pairs by table and column, kept by the first rule that needs them; ``contradicting`` tells of labels whether their
    languages contradict each other.
    """

    codebook: Codebook
    extractions: tuple[Extraction, ...] = ()
    observations: Sequence[Observation] = ()
    series: tuple[Series, ...] = ()
    complaints: tuple[tuple[str, Complaint], ...] = ()
    checked: tuple[Checked, ...] = ()
    reading: dict[str, Reading] = field(default_factory=dict)
    year_of: dict[str, int | None] = field(default_factory=dict)
    file_of: dict[str, str] = field(default_factory=dict)
    series_of: dict[str, Series] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    captions: dict[str, Label] = field(default_factory=dict)
    vouched: dict[str, frozenset[str]] = field(default_factory=dict)
    _told_in: dict[str, list[Observation]] | None = None
    _telling: Telling | None = None
    _prose: dict[str, list[Reading]] | None = None
    _latest: dict[str, list[Observation]] = field(default_factory=dict)
    beside_last_year: dict[tuple[str, int | None], list[Pair]] | None = None
    contradicting: dict[Label, bool] = field(default_factory=dict)

    @staticmethod
    def of(
        extractions: Sequence[Extraction],
        assembly: Assembly,
        codebook: Codebook,
        *,
        edits: Sequence[Edit] = (),
        vouched: dict[str, frozenset[str]] | None = None,
    ) -> Evidence:
        """Index a run; ``vouched`` is what the tables said before."""
        return Evidence(
            extractions=tuple(extractions),
            observations=sorted(assembly.observations, key=lambda one: one.observation_id),
            series=assembly.series,
            complaints=assembly.complaints,
            codebook=codebook,
            edits=tuple(edits),
            captions={t.table_id: t.caption for e in extractions for t in e.tables},
            reading={r.reading_id: r for e in extractions for r in e.readings},
            series_of={s.series_id: s for s in assembly.series},
            year_of={e.report.report_id: e.report.edition_year for e in extractions},
            file_of={e.report.report_id: e.report.file_name for e in extractions},
            vouched={} if vouched is None else vouched,
        )

    @property
    def grids(self) -> Iterator[Grid]:
        """The figures of those tables."""
        return (table.grid for table in self.checked)

    @property
    def readings(self) -> Iterator[Reading]:
        """All readings, report by report."""
        return (reading for extraction in self.extractions for reading in extraction.readings)

    @property
    def mentions(self) -> Iterator[Mention]:
        """All mentions, report by report."""
        return (mention for extraction in self.extractions for mention in extraction.mentions)

    def told_in(self, report_id: str) -> Sequence[Observation]:
        """Observations of one report; indexed when first asked for, since few runs hold copies or claims."""
        if self._told_in is None:
            self._told_in = defaultdict(list)
            for one in self.observations:
                self._told_in[one.locus.report_id].append(one)
        return self._told_in.get(report_id, ())

    @property
    def telling(self) -> Telling:
        """Reader of the words that say what figures count."""
        if self._telling is None:
            self._telling = Telling(self.codebook)
        return self._telling

    def prose_of(self, report_id: str) -> Sequence[Reading]:
        """Figures of one report outside its tables; indexed when first asked for."""
        if self._prose is None:
            self._prose = {
                e.report.report_id: [r for r in e.readings if r.kind != "cell"] for e in self.extractions
            }
        return self._prose.get(report_id, ())

    def latest(self, series: Series) -> list[Observation]:
        """The last word on every whole year of a series; worked out once for all rules that ask."""
        found = self._latest.get(series.series_id)
        if found is None:
            found = self._latest[series.series_id] = latest(series)
        return found

    def vintages(self, series_id: str) -> tuple[Observation, ...]:
        """What all reports said about a series; none if there is no such series."""
        return self.series_of[series_id].vintages if series_id in self.series_of else ()

    def vouch(self, rule: str, readings: Iterable[str], *, weak: bool = False) -> None:
        """Note that a relation holds for the readings of these ids; a weak one alone makes no value sure."""
        told = ("~" if weak else "") + rule
        for reading_id in readings:
            held = self.vouched.get(reading_id, _NONE)
            if told not in held:
                self.vouched[reading_id] = _with(held, told)

    def sure(self, reading: Reading) -> bool:
        """Whether some relation that is not weak holds for a reading."""
        return any(not rule.startswith("~") for rule in self.vouched.get(reading.reading_id, ()))

    def may_be_beyond(self, reading: Reading) -> bool:
        """Whether a percent may lie outside 0 to 100: a change or a rate of completion by its labels, or one worked out."""
        if reading.measure == "growth_rate" or self.sure(reading):
            return True
        columns, rows = reading.column_label, reading.row_label
        labels = " ".join(fold(text) for text in (columns.ar, columns.fr, rows.ar, rows.fr))
        return any(word in labels for word in self.codebook.identities.words["beyond"])

    def read_reports(self) -> list[Extraction]:
        """Reports that were read, in full or in part."""
        return [e for e in self.extractions if e.report.outcome in (Outcome.READ, Outcome.PARTLY)]
