"""What can go wrong with a fleet, as sentences that say what to do."""

from inference.errors import BirchtreeError, InputError, ModelError
from inference.fleet.orders import Order, Refusal

_RESUME = "Run the same command again with --resume: finished work is kept."


def not_installed() -> InputError:
    """Dask is missing here."""
    return InputError(
        "fleet.not_installed",
        "--scheduler needs Dask distributed, which this installation lacks. Install it once, with "
        "`.venv/bin/pip install -e '.[fleet]'` in the folder of BirchTree's source; or leave --scheduler out, and this "
        "computer does all the work.",
    )


def unreachable(address: str, error: Exception) -> InputError:
    """Nobody answers."""
    return InputError(
        "fleet.unreachable",
        "No scheduler answers at {address} ({reason}). Start one there with `dask scheduler`, which prints its address "
        "(such as tcp://10.0.0.5:8786), and check that no firewall stands between.",
        address=address,
        reason=" ".join(str(error).split())[:200] or type(error).__name__,
    )


def no_workers(address: str, patience_s: float) -> InputError:
    """A scheduler without workers."""
    return InputError(
        "fleet.no_workers",
        "The scheduler at {address} has no worker, and none came within {seconds} seconds. Start some with "
        "`dask worker {address}` on the machines that should do the work.",
        address=address,
        seconds=f"{patience_s:g}",
    )


def all_lost(address: str, patience_s: float) -> InputError:
    """All workers went."""
    return InputError(
        "fleet.workers_lost",
        "All workers of the scheduler at {address} are gone, and none came back within {seconds} seconds. Start some "
        "with `dask worker {address}`. {resume}",
        address=address,
        seconds=f"{patience_s:g}",
        resume=_RESUME,
    )


def scheduler_lost(address: str) -> InputError:
    """The scheduler went."""
    return InputError(
        "fleet.scheduler_lost",
        "The connection to the scheduler at {address} is lost. Start it again with `dask scheduler`, and its workers. "
        "{resume}",
        address=address,
        resume=_RESUME,
    )


def no_birchtree(worker: str, reason: str) -> InputError:
    """A worker of somebody else."""
    return InputError(
        "fleet.no_birchtree",
        "The worker at {worker} has no BirchTree, or an older one ({reason}). Start workers with the `dask` of an "
        "installation of BirchTree: `.venv/bin/dask worker ADDRESS`.",
        worker=worker,
        reason=reason,
    )


def other_versions(worker: str, changed: str) -> InputError:
    """Crowns would differ."""
    return InputError(
        "fleet.versions",
        "The worker at {worker} has {changed}, so its crowns could differ from those of this computer. Install the "
        "same versions on all machines, or stop that worker.",
        worker=worker,
        changed=changed,
    )


def killed(order: Order, reason: str) -> InputError:
    """A piece of work that ends whoever tries it."""
    return InputError(
        "fleet.killed",
        "{title} ended one worker after the other, so it is not tried again. Most often their memory is not enough: "
        "give them more with `dask worker --memory-limit`, or fewer threads with --nthreads 1. {resume} (Dask says: "
        "{reason})",
        title=order.title[0].upper() + order.title[1:],
        resume=_RESUME,
        reason=" ".join(reason.split())[:200],
    )


def refused(refusal: Refusal, order: Order) -> BirchtreeError:
    """A worker said why it cannot."""
    facts = {"worker": refusal.worker, "sentence": refusal.sentence, "title": order.title}
    if refusal.stage == "version":
        return other_versions(refusal.worker, refusal.sentence)
    if refusal.stage == "rasters":
        return InputError(
            "fleet.rasters",
            "The worker at {worker} cannot use the rasters of the plot: {sentence} All machines must see the very same "
            "files under the same path, on a network drive for instance.",
            **facts,
        )
    if refusal.stage == "model":
        return ModelError(
            "fleet.model",
            "The worker at {worker} cannot use the model: {sentence} Install the same model on that machine with "
            "`birchtree models add`, in place of another of that name with --replace, or stop that worker.",
            **facts,
        )
    kind = ModelError if refusal.is_model else InputError
    return kind(refusal.code, "{sentence} (The worker at {worker} said so, at {title}.)", **facts)
