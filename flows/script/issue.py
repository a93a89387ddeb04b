"""What is wrong with a script, and where: FV1xx format, FV2xx graph, FV3xx texts, FV4xx compliance."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """`message` says what to do; line and column count from 1. `way` is the shortest conversation that leads to it."""

    file: str
    line: int
    column: int
    code: str
    message: str
    way: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.message}"
