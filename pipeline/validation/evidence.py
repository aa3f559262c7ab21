"""What the rules look at: all readings, observations and series of a run, indexed once, and what they vouched for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.codebook.loading import Codebook, fold
from pipeline.model.assembly import Assembly
from pipeline.model.edition import Edit
from pipeline.model.extraction import Complaint, Extraction
from pipeline.model.observation import Observation
from pipeline.model.reading import Label, Mention, Reading
from pipeline.model.report import Outcome
from pipeline.model.series import Series, Vintage
from pipeline.validation.layout import Grid, Naming, grids
from pipeline.validation.tables import Checked, checked
from pipeline.validation.tidy import tidy_relations

_CHANGE = (
    "evolution",
    "variation",
    "croissance",
    "taux de realisation",
    "تطور",
    "ارتفاع",
    "نسبه النمو",
    "نسبه الانجاز",
    "التغير",
)

_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=10_000)
def _with(held: frozenset[str], rule: str) -> frozenset[str]:
    """A set with one rule more; the few that occur are shared by all readings."""
    return held | {rule}


@dataclass(slots=True)
class Evidence:
    """Indexed input of the rules; ``vouched`` counts, for each reading, the relations that hold for it."""

    extractions: tuple[Extraction, ...]
    observations: tuple[Observation, ...]
    series: tuple[Series, ...]
    codebook: Codebook
    complaints: tuple[tuple[str, Complaint], ...] = ()
    readings: tuple[Reading, ...] = ()
    mentions: tuple[Mention, ...] = ()
    grids: tuple[Grid, ...] = ()
    checked: tuple[Checked, ...] = ()
    reading: dict[str, Reading] = field(default_factory=dict)
    by_reading: dict[str, Observation] = field(default_factory=dict)
    told_by: dict[str, str] = field(default_factory=dict)
    year_of: dict[str, int | None] = field(default_factory=dict)
    file_of: dict[str, str] = field(default_factory=dict)
    series_of: dict[str, Series] = field(default_factory=dict)
    told_in: dict[str, list[Observation]] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    captions: dict[str, Label] = field(default_factory=dict)
    vouched: dict[str, frozenset[str]] = field(default_factory=dict)

    @staticmethod
    def of(
        extractions: Sequence[Extraction],
        assembly: Assembly,
        codebook: Codebook,
        *,
        dimensions: Mapping[str, Mapping[int, tuple[str, ...]]] | None = None,
        edits: Sequence[Edit] = (),
    ) -> Evidence:
        """Index a run; ``dimensions`` are the members of each row of tables that hold one figure a row."""
        readings = tuple(r for e in extractions for r in e.readings)
        by_reading = {}
        naming = Naming.of(codebook)
        tables = tuple(g for e in extractions for g in grids(e, naming))
        told_in: dict[str, list[Observation]] = defaultdict(list)
        for observation in assembly.observations:
            told_in[observation.locus.report_id].append(observation)
            for reading_id in (observation.reading_id, *observation.duplicates):
                by_reading[reading_id] = observation
        return Evidence(
            extractions=tuple(extractions),
            observations=assembly.observations,
            series=assembly.series,
            complaints=assembly.complaints,
            codebook=codebook,
            readings=readings,
            mentions=tuple(m for e in extractions for m in e.mentions),
            grids=tables,
            checked=tuple(
                checked(grid, tidy_relations(grid, dimensions[grid.table_id], naming))
                if dimensions and grid.table_id in dimensions
                else checked(grid)
                for grid in tables
            ),
            edits=tuple(edits),
            captions={t.table_id: t.caption for e in extractions for t in e.tables},
            reading={r.reading_id: r for r in readings},
            by_reading=by_reading,
            told_in=told_in,
            series_of={s.series_id: s for s in assembly.series},
            told_by={o.observation_id: o.reading_id for o in assembly.observations},
            year_of={e.report.report_id: e.report.edition_year for e in extractions},
            file_of={e.report.report_id: e.report.file_name for e in extractions},
        )

    def vintages(self, series_id: str) -> tuple[Vintage, ...]:
        """What all reports said about a series; none if there is no such series."""
        return self.series_of[series_id].vintages if series_id in self.series_of else ()

    def vouch(self, rule: str, readings: Iterable[Reading], *, weak: bool = False) -> None:
        """Note that a relation holds for these readings; a weak one alone makes no value sure."""
        told = ("~" if weak else "") + rule
        for reading in readings:
            held = self.vouched.get(reading.reading_id, _NONE)
            if told not in held:
                self.vouched[reading.reading_id] = _with(held, told)

    def sure(self, reading: Reading) -> bool:
        """Whether some relation that is not weak holds for a reading."""
        return any(not rule.startswith("~") for rule in self.vouched.get(reading.reading_id, ()))

    def speaks_of_change(self, reading: Reading) -> bool:
        """Whether the labels of a percent say that it is a change or a completion and may pass 100."""
        labels = " ".join(
            fold(t)
            for t in (
                reading.column_label.ar,
                reading.column_label.fr,
                reading.row_label.ar,
                reading.row_label.fr,
            )
        )
        return any(word in labels for word in _CHANGE) or reading.measure == "growth_rate"

    def read_reports(self) -> list[Extraction]:
        """Reports that were read, in full or in part."""
        return [e for e in self.extractions if e.report.outcome in (Outcome.READ, Outcome.PARTLY)]
