"""Who runs the tasks of the flows: threads, or the workers of a cluster; chosen by ``HASILA_RUNNER``.

Whichever it is, a task waits for a child process that reads (:mod:`pipeline.apart`): a report that crashes its reader
costs a Dask or Ray worker nothing.
"""

from __future__ import annotations

from typing import Any, cast

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from pipeline.errors import UsageError
from pipeline.settings import Settings


def runner_of(settings: Settings) -> TaskRunner[Any]:
    """Threads of this process, or workers of Dask or Ray, of a cluster of our own or another's.

    Raises:
        UsageError: when the packages of the cluster are missing.
    """
    kind, _, address = settings.runner.partition(":")
    if kind == "threads":
        return cast(TaskRunner[Any], ThreadPoolTaskRunner(max_workers=settings.workers))
    try:  # only where they are asked for; they are extras
        return _dask(address, settings.workers) if kind == "dask" else _ray(address, settings.workers)
    except ImportError as error:
        raise UsageError(
            f"HASILA_RUNNER={settings.runner} needs a package that is missing ({error.name}).",
            f'Install it, with: pip install "hasila[{kind}]"',
        ) from error


def _dask(address: str, workers: int) -> TaskRunner[Any]:
    from prefect_dask.task_runners import DaskTaskRunner

    if address:
        return cast(TaskRunner[Any], DaskTaskRunner(address=address))
    own = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    return cast(TaskRunner[Any], DaskTaskRunner(cluster_kwargs=own))


def _ray(address: str, workers: int) -> TaskRunner[Any]:
    from prefect_ray.task_runners import RayTaskRunner

    if address:
        return cast(TaskRunner[Any], RayTaskRunner(address=address))
    own = {"num_cpus": workers, "include_dashboard": False, "log_to_driver": False}
    return cast(TaskRunner[Any], RayTaskRunner(init_kwargs=own))
