"""The meeting API, a method for each route."""

from __future__ import annotations

from typing import Any, Dict, List, Optional
from urllib.parse import quote

from .realtime import MeetingConnection
from .transport import Token, Transport

Fields = Dict[str, Any]


class MeetingClient:
    """A user's client of the meeting API.

    Every method takes and returns what the API does, field for field, and raises MeetingError where it refuses.
    Requests are tried again while the server cannot be reached or asks to wait, and happen once all the same: each call
    has an Idempotency-Key, its own or the one given.

    ``token`` is a JWT, or a function that gets one, plain or async: it is asked before each request. ``timeout`` and
    ``max_retry_delay`` are seconds; where the server asks for a longer wait, the call fails at once.
    """

    def __init__(
        self,
        api_url: str,
        token: Token,
        *,
        max_retries: int = 3,
        max_retry_delay: float = 10.0,
        timeout: float = 15.0,
    ) -> None:
        self._transport = Transport(api_url, token, max_retries, max_retry_delay, timeout)

    # Meetings

    async def create_meeting(self, meeting: Fields, *, idempotency_key: Optional[str] = None) -> Fields:
        """Creates a meeting whose host one is; ``title`` is needed."""
        return await self._transport.request(
            "POST", "/api/v1/meetings", meeting, idempotency_key=idempotency_key
        )

    async def start_meeting(self, meeting_id: str, *, idempotency_key: Optional[str] = None) -> Fields:
        return await self._do("POST", meeting_id, "start", None, idempotency_key)

    async def end_meeting(self, meeting_id: str, *, idempotency_key: Optional[str] = None) -> Fields:
        return await self._do("POST", meeting_id, "end", None, idempotency_key)

    async def get_meeting_status(self, meeting_id: str) -> Fields:
        return await self._do("GET", meeting_id, "status")

    # Participants

    async def join_meeting(
        self, meeting_id: str, how: Optional[Fields] = None, *, idempotency_key: Optional[str] = None
    ) -> Fields:
        """Raises MeetingError WAITING_ROOM_REQUIRED (status 202) where one must wait: join again once admitted."""
        return await self._do("POST", meeting_id, "join", how or {}, idempotency_key)

    async def leave_meeting(self, meeting_id: str, *, idempotency_key: Optional[str] = None) -> Fields:
        return await self._do("POST", meeting_id, "leave", None, idempotency_key)

    async def get_participants(self, meeting_id: str) -> List[Fields]:
        return await self._do("GET", meeting_id, "participants")

    async def update_participant_status(
        self, meeting_id: str, status: Fields, *, idempotency_key: Optional[str] = None
    ) -> Fields:
        """Changes one's own microphone, camera, screen or hand."""
        return await self._do("PUT", meeting_id, "participants/status", status, idempotency_key)

    async def raise_hand(
        self, meeting_id: str, is_hand_raised: bool = True, *, idempotency_key: Optional[str] = None
    ) -> Fields:
        """Raises one's hand, or lowers it."""
        return await self.update_participant_status(
            meeting_id, {"is_hand_raised": is_hand_raised}, idempotency_key=idempotency_key
        )

    async def quieten_participant(
        self, meeting_id: str, user_id: str, status: Fields, *, idempotency_key: Optional[str] = None
    ) -> Fields:
        """As host or co-host: mutes somebody else, turns their camera or screen off, or lowers their hand."""
        return await self._do("PUT", meeting_id, f"participants/{_part(user_id)}/status", status, idempotency_key)

    async def change_role(
        self, meeting_id: str, user_id: str, role: str, *, idempotency_key: Optional[str] = None
    ) -> Any:
        """As host: gives somebody a role: co-host, attendee or viewer; ``host`` hands the meeting over."""
        return await self._do(
            "PUT", meeting_id, f"participants/{_part(user_id)}/role", {"role": role}, idempotency_key
        )

    async def remove_participant(
        self, meeting_id: str, user_id: str, *, idempotency_key: Optional[str] = None
    ) -> Any:
        """As host or co-host: sends somebody out."""
        return await self._do("DELETE", meeting_id, f"participants/{_part(user_id)}", None, idempotency_key)

    async def get_waiting_room(self, meeting_id: str) -> List[Fields]:
        """As host or co-host: who waits to be admitted."""
        return await self._do("GET", meeting_id, "waiting-room")

    async def admit_participant(
        self, meeting_id: str, user_id: Optional[str] = None, *, idempotency_key: Optional[str] = None
    ) -> Any:
        """As host or co-host: lets one in, or all who wait where no user is named."""
        return await self._answer_waiting(meeting_id, "admit", user_id, idempotency_key)

    async def deny_participant(
        self, meeting_id: str, user_id: Optional[str] = None, *, idempotency_key: Optional[str] = None
    ) -> Any:
        """As host or co-host: turns one away, or all who wait where no user is named."""
        return await self._answer_waiting(meeting_id, "deny", user_id, idempotency_key)

    # Chat

    async def send_chat_message(
        self, meeting_id: str, message: Fields, *, idempotency_key: Optional[str] = None
    ) -> Fields:
        return await self._do("POST", meeting_id, "chat", message, idempotency_key)

    async def get_chat_history(
        self, meeting_id: str, *, limit: Optional[int] = None, offset: Optional[int] = None
    ) -> List[Fields]:
        """The newest messages, in the order they were sent."""
        path = _path(meeting_id, "chat")
        return await self._transport.request("GET", path, query={"limit": limit, "offset": offset})

    # Breakout rooms

    async def create_breakout_rooms(
        self, meeting_id: str, rooms: Fields, *, idempotency_key: Optional[str] = None
    ) -> List[Fields]:
        return await self._do("POST", meeting_id, "breakout-rooms", rooms, idempotency_key)

    async def get_breakout_rooms(self, meeting_id: str) -> Any:
        return await self._do("GET", meeting_id, "breakout-rooms")

    async def close_breakout_rooms(self, meeting_id: str, *, idempotency_key: Optional[str] = None) -> Any:
        """All go back to the main room."""
        return await self._do("DELETE", meeting_id, "breakout-rooms", None, idempotency_key)

    async def assign_to_breakout_room(
        self, meeting_id: str, assignment: Fields, *, idempotency_key: Optional[str] = None
    ) -> Fields:
        return await self._do("POST", meeting_id, "breakout-rooms/assign", assignment, idempotency_key)

    async def auto_assign_breakout_rooms(
        self, meeting_id: str, *, idempotency_key: Optional[str] = None
    ) -> Any:
        """Spreads all who are in no breakout room evenly."""
        return await self._do("POST", meeting_id, "breakout-rooms/auto-assign", None, idempotency_key)

    async def join_breakout_room(
        self, meeting_id: str, room_id: str, *, idempotency_key: Optional[str] = None
    ) -> Any:
        """Goes to a breakout room of one's choice."""
        return await self._do("POST", meeting_id, f"breakout-rooms/{_part(room_id)}/join", None, idempotency_key)

    async def return_from_breakout_room(
        self, meeting_id: str, whose: Optional[Fields] = None, *, idempotency_key: Optional[str] = None
    ) -> Fields:
        """Goes back to the main room, or, as host or co-host, brings ``participant_user_id`` back."""
        return await self._do("POST", meeting_id, "breakout-rooms/return", whose or {}, idempotency_key)

    async def broadcast_to_breakout_rooms(
        self, meeting_id: str, content: str, *, idempotency_key: Optional[str] = None
    ) -> Fields:
        """As host or co-host: says something in every room."""
        return await self._do(
            "POST", meeting_id, "breakout-rooms/broadcast", {"content": content}, idempotency_key
        )

    # Security, recording

    async def apply_security_policy(
        self, meeting_id: str, policy: Fields, *, idempotency_key: Optional[str] = None
    ) -> None:
        return await self._do("POST", meeting_id, "security/policy", policy, idempotency_key)

    async def get_security_policy(self, meeting_id: str) -> Fields:
        return await self._do("GET", meeting_id, "security/policy")

    async def generate_livekit_token(
        self, meeting_id: str, whose: Optional[Fields] = None, *, idempotency_key: Optional[str] = None
    ) -> Fields:
        return await self._do("POST", meeting_id, "token", whose or {}, idempotency_key)

    async def start_recording(self, meeting_id: str, *, idempotency_key: Optional[str] = None) -> Fields:
        return await self._do("POST", meeting_id, "recording/start", None, idempotency_key)

    async def stop_recording(self, meeting_id: str, *, idempotency_key: Optional[str] = None) -> Fields:
        return await self._do("POST", meeting_id, "recording/stop", None, idempotency_key)

    # Live

    def connect(self, meeting_id: str) -> MeetingConnection:
        """The meeting's live messages: ``async with client.connect(id) as meeting: async for message in meeting: …``.

        Needs the extra ``realtime``.
        """
        return MeetingConnection(self._transport, meeting_id)

    async def _answer_waiting(
        self, meeting_id: str, answer: str, user_id: Optional[str], idempotency_key: Optional[str]
    ) -> Any:
        who = "" if user_id is None else _part(user_id) + "/"
        return await self._do("POST", meeting_id, f"waiting-room/{who}{answer}", None, idempotency_key)

    async def _do(
        self,
        method: str,
        meeting_id: str,
        path: str,
        body: Optional[Fields] = None,
        idempotency_key: Optional[str] = None,
    ) -> Any:
        return await self._transport.request(
            method, _path(meeting_id, path), body, idempotency_key=idempotency_key
        )


def _part(text: str) -> str:
    return quote(text, safe="")


def _path(meeting_id: str, path: str) -> str:
    return f"/api/v1/meetings/{_part(meeting_id)}/{path}"
