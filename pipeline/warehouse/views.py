"""Views of the published tables, in SQL, with what each shows."""

from __future__ import annotations

#: Of copies of one report: what a person corrected, the text layer, a scan.
_TRUST = "(o.method = 'person') desc, o.method desc, o.confidence desc, o.observation_id"

#: Views of the DuckDB file, by name: what they are for, and their SQL.
VIEWS: dict[str, tuple[str, str]] = {
    "latest": (
        "Each series and period once, as the newest report says it",
        f"""select * exclude (rank) from (
  select o.*, s.label_ar, s.label_fr, s.label_en,
         row_number() over (partition by o.series_id, o.time_period
                            order by o.report_year desc nulls last, {_TRUST}) as rank
  from observations o join series s using (series_id))
where rank = 1 order by series_id, time_period""",
    ),
    "first": (
        "Each series and period once, as the first report said it",
        f"""select * exclude (rank) from (
  select o.*, s.label_ar, s.label_fr, s.label_en,
         row_number() over (partition by o.series_id, o.time_period
                            order by o.report_year nulls last, {_TRUST}) as rank
  from observations o join series s using (series_id))
where rank = 1 order by series_id, time_period""",
    ),
    "by_year": (
        "What each report said about each period, one column a vintage year",
        f"""select series_id, time_period, report_year, any_value(obs_value order by {_TRUST}) as obs_value,
       any_value(qualifier order by {_TRUST}) as qualifier, count(*) as copies
from observations o group by all order by series_id, time_period, report_year""",
    ),
}

#: Table macros of the DuckDB file: ``from as_of('2024-03-15')``, ``from as_of(2022)`` for the end of a year.
MACROS: dict[str, tuple[str, str, str]] = {
    "as_of": (
        "day",
        "Each series and period once, as the reports say it that were known on that day",
        f"""select * exclude (rank) from (
  select o.*, s.label_ar, s.label_fr, s.label_en,
         row_number() over (partition by o.series_id, o.time_period
                            order by o.report_year desc, {_TRUST}) as rank
  from observations o join series s using (series_id) join reports r using (report_id)
  where r.release_date <= rpad(cast(day as varchar), 10, '-99'))
where rank = 1 order by series_id, time_period""",
    ),
}
