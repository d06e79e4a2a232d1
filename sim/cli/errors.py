"""Errors: which exceptions are the user's to mend, and the exit code each ends with."""

BAD_INPUT = 2
INTERRUPTED = 130  # 128 + SIGINT, as shells count
FAILED = 1


def exit_code(error: Exception) -> int | None:
    """Return the exit code of an error that is told in a message; None for a fault of the program itself."""
    # Imported here: to print the help must not take the time of loading them.
    from sim.experiments.engine import KilledRunError
    from sim.experiments.experiment import InterruptedRunError
    from sim.experiments.settings import SettingError
    from sim.results.files import StoreError
    from sim.results.measures import MeasureError
    from sim.world.located import BadInputError

    codes: dict[type[Exception], int] = {
        BadInputError: BAD_INPUT,
        SettingError: BAD_INPUT,
        StoreError: BAD_INPUT,
        MeasureError: BAD_INPUT,
        KilledRunError: FAILED,
        InterruptedRunError: INTERRUPTED,
    }
    return next((code for kind, code in codes.items() if isinstance(error, kind)), None)
