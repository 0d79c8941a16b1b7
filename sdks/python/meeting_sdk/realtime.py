"""The live messages of one meeting, over a WebSocket that comes back when it is lost."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any, Dict, Optional, Tuple
from urllib.parse import quote, urlencode

from .errors import MeetingError, error_of
from .transport import Transport, back_off

# The longest wait before a lost connection is tried again, in seconds.
LONGEST_DELAY = 30.0
# Messages that wait for the program to take them before no more are read.
MOST_WAITING = 1000
# Statuses of a refusal that will stay.
FINAL = (400, 401, 403, 404, 410)
CLOSED = object()


class MeetingConnection:
    """An async context manager and iterator of messages: dicts with type, meeting_id, user_id, data, timestamp, position.

    A lost connection is made again from the last position that was seen, so each event comes once, in order. The
    iteration ends with the meeting, with the context, or with MeetingError when the server refuses for good.
    """

    def __init__(self, transport: Transport, meeting_id: str) -> None:
        self._transport = transport
        self._meeting_id = meeting_id
        self._last_position: Optional[int] = None
        self._messages: asyncio.Queue = asyncio.Queue()
        self._room = asyncio.Event()
        self._asked: Dict[str, asyncio.Future] = {}
        self._asked_so_far = 0
        self._socket: Any = None
        self._ready = asyncio.Event()
        self._task: Optional[asyncio.Task] = None
        self._failure: Optional[Exception] = None
        self._greeted = False

    async def __aenter__(self) -> "MeetingConnection":
        _websockets()
        self._task = asyncio.ensure_future(self._run())
        ready = asyncio.ensure_future(self._ready.wait())
        await asyncio.wait([self._task, ready], return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._failure:
            raise self._failure
        return self

    async def __aexit__(self, *_: Any) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def __aiter__(self) -> "MeetingConnection":
        return self

    async def __anext__(self) -> Dict[str, Any]:
        message = await self._messages.get()
        self._room.set()
        if message is not CLOSED:
            return message
        # For whoever asks once more.
        self._messages.put_nowait(CLOSED)
        if self._failure:
            raise self._failure
        raise StopAsyncIteration

    async def send_reaction(self, reaction_type: str, duration: int = 3) -> None:
        """Shows a reaction, such as ``thumbs_up``, to all for so many seconds.

        It is not sent again when the answer is lost: that raises MeetingError CONNECTION_LOST.
        """
        await self._ask("reaction", {"reaction_type": reaction_type, "duration": duration})

    async def _ask(self, type_: str, data: Dict[str, Any]) -> Any:
        if not self._socket:
            raise _lost("The socket is not connected; nothing was sent")
        self._asked_so_far += 1
        id_ = str(self._asked_so_far)
        answer = self._asked[id_] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send(json.dumps({"type": type_, "id": id_, "data": data}))
            return await asyncio.wait_for(answer, self._transport.timeout)
        except asyncio.TimeoutError:
            raise _lost("No answer came: it may have happened or not") from None
        except _websockets().exceptions.ConnectionClosed:
            raise _lost("The socket was lost: it may have happened or not") from None
        finally:
            self._asked.pop(id_, None)

    async def _run(self) -> None:
        try:
            await self._stay_connected()
        except Exception as error:
            self._failure = error
        finally:
            self._drop()
            self._messages.put_nowait(CLOSED)

    async def _stay_connected(self) -> None:
        """Returns when the meeting is over. Raises what leaves no hope of a connection."""
        attempt = 0
        while True:
            was_ready = self._ready.is_set()
            try:
                token = await self._transport.token()
            except Exception:
                # Whoever gives tokens may be away for a moment, too.
                if not was_ready:
                    raise
            else:
                self._greeted = False
                is_over, status = await self._stay(token)
                if is_over:
                    return
                if self._greeted:
                    attempt = 0
                else:
                    await self._raise_refusal(status)
                    if not was_ready and attempt >= self._transport.max_retries:
                        raise MeetingError("NETWORK_ERROR", 0, "The socket cannot be opened")
            await asyncio.sleep(back_off(attempt, LONGEST_DELAY))
            attempt += 1

    async def _stay(self, token: str) -> Tuple[bool, Optional[int]]:
        """One connection, until it is lost: whether the meeting is over, and the status of a refusal."""
        at = "" if self._last_position is None else "?" + urlencode({"last_position": self._last_position})
        address = "ws" + self._transport.api_url[len("http") :]
        url = f"{address}/ws/meetings/{quote(self._meeting_id, safe='')}{at}"
        try:
            async with _connect(url, {"Authorization": f"Bearer {token}"}) as socket:
                async for text in socket:
                    message = json.loads(text)
                    if message["type"] == "connected":
                        self._welcome(socket, message["data"])
                    elif await self._take(message):
                        return True, None
        except (OSError, asyncio.TimeoutError, _websockets().exceptions.WebSocketException) as error:
            response = getattr(error, "response", None)
            return False, getattr(response, "status_code", getattr(error, "status_code", None))
        finally:
            self._drop()
        return False, None

    async def _raise_refusal(self, status: Optional[int]) -> None:
        """Raises what the REST API says of why there is no socket, where that is final."""
        path = f"/api/v1/meetings/{quote(self._meeting_id, safe='')}/status"
        try:
            answer = await self._transport.request("GET", path)
        except MeetingError as error:
            if error.status in FINAL:
                raise
            return
        if answer.get("status") in ("ended", "cancelled"):
            raise MeetingError("MEETING_ENDED", 410, "The meeting has ended")
        if status in FINAL:
            raise error_of(status, None)

    def _welcome(self, socket: Any, data: Dict[str, Any]) -> None:
        if self._last_position is None:
            self._last_position = data["position"]
        self._greeted = True
        self._socket = socket
        self._ready.set()

    async def _take(self, message: Dict[str, Any]) -> bool:
        """Hands a message on; True when it is the last one."""
        type_, position = message["type"], message.get("position")
        if type_ in ("ack", "error"):
            asked = self._asked.pop(message.get("id") or "", None)
            if asked and not asked.done():
                data = message.get("data")
                asked.set_result(data) if type_ == "ack" else asked.set_exception(error_of(0, data))
            return False
        if type_ == "pong":
            return False
        if position is not None:
            if self._last_position is not None and position <= self._last_position:
                return False
            self._last_position = position
        while self._messages.qsize() >= MOST_WAITING:
            self._room.clear()
            await self._room.wait()
        self._messages.put_nowait(message)
        return type_ in ("meeting_ended", "meeting_cancelled")

    def _drop(self) -> None:
        self._socket = None
        asked, self._asked = self._asked, {}
        for one in asked.values():
            if not one.done():
                one.set_exception(_lost("The socket was lost before the answer came: it may have happened or not"))


def _lost(message: str) -> MeetingError:
    return MeetingError("CONNECTION_LOST", 0, message)


def _websockets() -> Any:
    try:
        import websockets
        import websockets.exceptions
    except ImportError:
        raise ImportError(
            "Live messages need the package websockets: pip install 'meeting-sdk[realtime]'"
        ) from None
    return websockets


def _connect(url: str, headers: Dict[str, str]) -> Any:
    try:
        from websockets.asyncio.client import connect
    except ImportError:
        # Before version 13.
        from websockets.legacy.client import connect as old_connect

        return old_connect(url, extra_headers=headers)
    return connect(url, additional_headers=headers)
