"""Client for Parley's meeting API."""

from .client import MeetingClient
from .errors import MeetingError
from .realtime import MeetingConnection

__all__ = ["MeetingClient", "MeetingConnection", "MeetingError"]
