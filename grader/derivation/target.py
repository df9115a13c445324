"""What a derivation is asked to arrive at, as authors write it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A gradient, in the fields of `grader.cells.gradient`, or the ``state`` some steps back.

    >>> Target("c", lag=2).steps, Target(state=3).steps
    (2, 3)
    """

    by: str = ""
    of: str = "E"
    lag: int = 0
    known: tuple[str, ...] | None = None
    state: int | None = None

    def __post_init__(self) -> None:
        if bool(self.by) == (self.state is not None):
            raise ValueError("say either by what the gradient is, or how many steps back the state")

    @property
    def steps(self) -> int:
        """How many steps it goes back."""
        return self.lag if self.state is None else self.state
