"""What goes wrong with a request."""

from __future__ import annotations

from typing import Any, Dict, Optional


class MeetingError(Exception):
    """A request that did not succeed.

    ``code`` is the API's, such as ``MEETING_ALREADY_ACTIVE``, or one of the client's own: ``NETWORK_ERROR`` (no answer,
    after all attempts), ``CONNECTION_LOST`` (the socket went before the answer came: it may have happened or not) and
    ``CONNECTION_CLOSED``.

    ``status`` is the HTTP status of the answer, 0 where none came and for messages over a socket. ``details`` says
    which field of a request is wrong, and the like. ``retry_after`` is in seconds, where the API names a time.
    """

    def __init__(
        self,
        code: str,
        status: int,
        message: str,
        details: Optional[Dict[str, Any]] = None,
        retry_after: Optional[int] = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.message = message
        self.details: Dict[str, Any] = details or {}
        self.retry_after = retry_after

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


def error_of(status: int, body: Any, retry_after: Optional[int] = None) -> MeetingError:
    """The error that an answer tells of; ``body`` is what it held of JSON, which a proxy's may not."""
    told = body.get("error", body) if isinstance(body, dict) else None
    if not isinstance(told, dict):
        told = {}
    code, message, details = told.get("code"), told.get("message"), told.get("details")
    return MeetingError(
        code if isinstance(code, str) else f"HTTP_{status}",
        status,
        message if isinstance(message, str) else f"The server answered with status {status}",
        details if isinstance(details, dict) else {},
        retry_after,
    )
