"""What can be wrong in the conversation core.

FlowError
├── ScriptInvalid      a script file breaks the format or its proofs; carries every issue
├── UnknownScript      a session is pinned to a script or version that is not loaded
└── SessionUnreadable  a stored session does not fit its schema or its script

Nothing that a person types or taps raises: it becomes an outcome or an effect.
"""


class FlowError(Exception):
    """A fault of the deployment, never of a person."""


class ScriptInvalid(FlowError):  # noqa: N818
    """A script breaks the format or its proofs."""

    def __init__(self, issues: tuple[object, ...]) -> None:
        self.issues = issues
        super().__init__("\n".join(str(issue) for issue in issues))


class UnknownScript(FlowError):  # noqa: N818
    """A session is pinned to a script that is not loaded."""


class SessionUnreadable(FlowError):  # noqa: N818
    """A stored session does not fit its schema or its script."""
