"""Requests to the REST API, tried again while what stands in the way may pass."""

from __future__ import annotations

import asyncio
import http.client
import inspect
import json
import random
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import Any, Awaitable, Callable, Dict, Optional, Tuple, Union

from .errors import MeetingError, error_of

Token = Union[str, Callable[[], Union[str, Awaitable[str]]]]

# What is likely to be over soon. Each attempt carries the same Idempotency-Key, so nothing happens twice.
PASSING = (0, 429, 502, 503, 504)
FIRST_DELAY = 0.25


def back_off(attempt: int, most: float) -> float:
    """Seconds before the next attempt: twice as long each time, and never the same for two clients."""
    return min(FIRST_DELAY * 2 ** min(attempt, 20), most) * (0.5 + random.random() / 2)


class Transport:
    def __init__(
        self, api_url: str, token: Token, max_retries: int, max_retry_delay: float, timeout: float
    ) -> None:
        if not api_url.startswith(("http://", "https://")):
            raise ValueError(f"api_url must begin with http:// or https://, and is {api_url!r}")
        self.api_url = api_url.rstrip("/")
        self.max_retries = max_retries
        self.max_retry_delay = max_retry_delay
        self.timeout = timeout
        self._token = token

    async def token(self) -> str:
        """The token for a request that is about to be sent."""
        if isinstance(self._token, str):
            return self._token
        token = self._token()
        return await token if inspect.isawaitable(token) else token

    async def request(
        self,
        method: str,
        path: str,
        body: Optional[Dict[str, Any]] = None,
        query: Optional[Dict[str, Any]] = None,
        idempotency_key: Optional[str] = None,
    ) -> Any:
        """The ``data`` of the answer. Raises MeetingError."""
        given = {name: value for name, value in (query or {}).items() if value is not None}
        url = self.api_url + path + ("?" + urllib.parse.urlencode(given) if given else "")
        headers = {"Accept": "application/json"}
        if method != "GET":
            headers["Idempotency-Key"] = idempotency_key or uuid.uuid4().hex
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        attempt = 0
        while True:
            request = urllib.request.Request(url, data=data, headers=headers, method=method)
            # Not for whomever a redirect leads to.
            request.add_unredirected_header("Authorization", f"Bearer {await self.token()}")
            try:
                return await asyncio.to_thread(self._attempt, request)
            except MeetingError as error:
                delay = self._delay(attempt, error)
                if delay is None:
                    raise
            await asyncio.sleep(delay)
            attempt += 1

    def _delay(self, attempt: int, error: MeetingError) -> Optional[float]:
        """Seconds before the next attempt; None where there is to be none."""
        if attempt >= self.max_retries or error.status not in PASSING:
            return None
        if error.retry_after is None:
            return back_off(attempt, self.max_retry_delay)
        return error.retry_after if error.retry_after <= self.max_retry_delay else None

    def _attempt(self, request: urllib.request.Request) -> Any:
        status, headers, content = self._answer(request)
        try:
            body = json.loads(content) if content else None
        except ValueError:
            # Not from the API itself: a page of some proxy.
            body = None
        said = body.get("status") if isinstance(body, dict) else None
        if status < 300 and said == "success":
            return body["data"]
        # Routes outside of the meetings document answer without its envelope.
        if status < 300 and said != "error":
            return body
        after = headers.get("Retry-After", "")
        raise error_of(status, body, int(after) if after.isdigit() else None)

    def _answer(self, request: urllib.request.Request) -> Tuple[int, Any, bytes]:
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.headers, refused.read()
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise MeetingError("NETWORK_ERROR", 0, f"{self.api_url} cannot be reached: {reason}") from error
