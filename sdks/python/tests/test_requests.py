import asyncio
import unittest

from meeting_sdk import MeetingClient, MeetingError
from played_server import PlayedServer, failure, success


class Requests(unittest.IsolatedAsyncioTestCase):
    def client(self, server, **options):
        return MeetingClient(server.url, options.pop("token", "the-token"), max_retry_delay=0.02, **options)

    async def refused(self, answer):
        with self.assertRaises(MeetingError) as caught:
            await answer
        return caught.exception

    async def test_a_request_carries_the_token_and_the_fields_as_they_are(self):
        with PlayedServer(success({"participant_id": "p1"})) as server:
            joined = await self.client(server).join_meeting("a/b", {"device_type": "desktop"})
        self.assertEqual(joined, {"participant_id": "p1"})
        method, path, headers, body = server.asked[0]
        self.assertEqual((method, path), ("POST", "/api/v1/meetings/a%2Fb/join"))
        self.assertEqual(headers["Authorization"], "Bearer the-token")
        self.assertEqual(body, '{"device_type": "desktop"}')

    async def test_it_is_tried_again_under_the_same_key_while_what_is_in_the_way_may_pass(self):
        plays = ["cut", failure(503, "UNAVAILABLE"), (502, {}, "<html>"), success({"message_id": "m"})]
        with PlayedServer(*plays) as server:
            sent = await self.client(server).send_chat_message("m", {"content": "Hello"})
        self.assertEqual(sent, {"message_id": "m"})
        self.assertEqual(len(server.asked), 4)
        self.assertEqual(len(set(server.keys)), 1)
        self.assertRegex(server.keys[0], "^[0-9a-f]{32}$")

    async def test_each_call_has_a_key_of_its_own_or_the_given_one_and_reading_has_none(self):
        with PlayedServer() as server:
            client = self.client(server)
            await client.start_meeting("m")
            await client.start_meeting("m")
            await client.start_meeting("m", idempotency_key="mine")
            await client.get_chat_history("m", limit=10)
        self.assertEqual(len(set(server.keys)), 4)
        self.assertEqual(server.keys[2:], ["mine", None])
        self.assertEqual(server.asked[3][1], "/api/v1/meetings/m/chat?limit=10")

    async def test_a_short_wait_is_waited_and_a_long_one_is_told(self):
        limit = failure(429, "RATE_LIMIT_EXCEEDED", headers={"Retry-After": "0"})
        with PlayedServer(limit, success({"is_hand_raised": True})) as server:
            self.assertEqual(await self.client(server).raise_hand("m"), {"is_hand_raised": True})
        limit = failure(429, "RATE_LIMIT_EXCEEDED", {"window": 3600}, {"Retry-After": "3600"})
        with PlayedServer(limit) as server:
            error = await self.refused(self.client(server).raise_hand("m"))
        self.assertEqual((error.status, error.retry_after, error.details), (429, 3600, {"window": 3600}))
        self.assertEqual(len(server.asked), 1)

    async def test_it_fails_after_so_many_attempts(self):
        with PlayedServer("cut", "cut", "cut", success({})) as server:
            error = await self.refused(self.client(server, max_retries=2).start_meeting("m"))
        self.assertEqual((error.code, error.status, len(server.asked)), ("NETWORK_ERROR", 0, 3))

    async def test_it_fails_at_once_where_another_attempt_would_fail_as_well(self):
        with PlayedServer(failure(409, "MEETING_ALREADY_ACTIVE", {"meeting_id": "m"})) as server:
            error = await self.refused(self.client(server).start_meeting("m"))
        self.assertEqual((error.code, error.status), ("MEETING_ALREADY_ACTIVE", 409))
        self.assertEqual(error.details, {"meeting_id": "m"})
        self.assertEqual(str(error), "MEETING_ALREADY_ACTIVE: It is MEETING_ALREADY_ACTIVE")
        self.assertEqual(len(server.asked), 1)

    async def test_the_waiting_room_is_an_error_though_its_status_is_a_good_one(self):
        with PlayedServer(failure(202, "WAITING_ROOM_REQUIRED")) as server:
            error = await self.refused(self.client(server).join_meeting("m"))
        self.assertEqual((error.code, error.status), ("WAITING_ROOM_REQUIRED", 202))

    async def test_answers_without_the_envelope_are_understood(self):
        with PlayedServer((201, {}, {"meeting_id": "m"})) as server:
            self.assertEqual(await self.client(server).create_meeting({"title": "x"}), {"meeting_id": "m"})
        with PlayedServer((404, {}, {"error": {"code": "NOT_FOUND", "message": "Nothing"}})) as server:
            error = await self.refused(self.client(server).get_meeting_status("m"))
        self.assertEqual((error.code, error.message), ("NOT_FOUND", "Nothing"))
        with PlayedServer((413, {}, "<html>")) as server:
            error = await self.refused(self.client(server).get_meeting_status("m"))
        self.assertEqual(error.code, "HTTP_413")

    async def test_the_token_may_be_a_function_plain_or_async(self):
        async def later():
            return "async-token"

        with PlayedServer() as server:
            await self.client(server, token=lambda: "plain-token").start_meeting("m")
            await self.client(server, token=later).start_meeting("m")
        tokens = [headers["Authorization"] for _, _, headers, _ in server.asked]
        self.assertEqual(tokens, ["Bearer plain-token", "Bearer async-token"])

    async def test_the_token_is_not_shown_to_whomever_a_redirect_leads_to(self):
        with PlayedServer() as other:
            with PlayedServer((302, {"Location": other.url + "/x"}, "")) as server:
                await self.client(server).get_meeting_status("m")
        self.assertNotIn("Authorization", other.asked[0][2])

    async def test_calls_run_side_by_side(self):
        with PlayedServer() as server:
            client = self.client(server)
            await asyncio.gather(*(client.get_participants("m") for _ in range(5)))
        self.assertEqual(len(server.asked), 5)

    def test_an_address_that_is_none_is_refused_at_once(self):
        with self.assertRaisesRegex(ValueError, "https://"):
            MeetingClient("api.example.com", "token")


if __name__ == "__main__":
    unittest.main()
