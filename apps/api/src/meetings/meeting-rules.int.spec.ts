import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { QueryBus } from '@nestjs/cqrs';
import fc from 'fast-check';
import { type ChatMessage, Participant, type ParticipantState, streamOf } from '#libs/domain';
import { ChatHistory } from '../chat/chat-history.js';
import { Aggregates } from '../platform/aggregates.js';
import { anyDeeds } from '../testing/rules/any-deeds.js';
import { USERS } from '../testing/rules/deed.js';
import { DeedDoer, type Done, eventsOf, principal } from '../testing/rules/deed-doer.js';
import { HeldMeeting } from '../testing/rules/held-meeting.js';
import { mayHave } from '../testing/rules/simple-rules.js';
import { RunningApi } from '../testing/running-api.js';
import { until } from '../testing/until.js';

jest.setTimeout(120_000);

let api: RunningApi;
let doer: DeedDoer;
beforeAll(async () => {
  api = await RunningApi.start();
  doer = new DeedDoer(api);
});
afterAll(() => api.stop());

/** Each who is in has a seat, and nothing on that they may not have. */
const inLine = async (meeting: HeldMeeting): Promise<boolean> => {
  const seats = await Promise.all(
    Object.values(meeting.state.roster).map(async ({ userId, participantId }) => {
      const state: ParticipantState = await api.part(Aggregates).state(Participant, participantId);
      const may = (what: string) => mayHave(meeting.rules, what, userId);
      return (
        state.seated &&
        (state.isMuted || may('microphone')) &&
        (!state.isVideoOn || may('camera')) &&
        (!state.isScreenSharing || may('screen'))
      );
    }),
  );
  return seats.every(Boolean);
};

/** Nobody turns on what is another's, and each request was done once. */
const checkSeats = async (meeting: HeldMeeting, users: ReadonlyMap<string, string>): Promise<void> => {
  for (const [participantId, userId] of users) {
    const events = await eventsOf(api, streamOf(Participant, participantId));
    expect(events.filter(({ type }) => type === 'ParticipantSeated')).toHaveLength(1);
    const own = events.filter(({ type }) => /Unmuted|TurnedOn|ShareStarted|HandRaised|Reaction/u.test(type));
    for (const { metadata } of own) expect(metadata.userId).toBe(userId);
    const requests = own.map(({ type, metadata }) => `${type} ${metadata.correlationId}`);
    expect(new Set(requests).size).toBe(requests.length);
  }
  expect(meeting.state.status).toMatch(/active|ended/u);
};

/** Each message was written once, and is shown to those whom it is for, and to nobody else. */
const checkChat = async ({ meetingId }: HeldMeeting, done: readonly Done[]): Promise<void> => {
  const events = await eventsOf(api, `chat-${meetingId}`);
  const written = events.map(({ data }) => data as ChatMessage);
  const asked = done.filter(({ deed }) => ['write', 'broadcast'].includes(deed.does));
  const said = new Set(events.map(({ metadata }) => metadata.correlationId));
  expect(said.size).toBe(events.length);
  for (const { deed, requestId, answer } of asked)
    expect([String(deed), said.has(requestId)]).toEqual([String(deed), answer === 'done']);
  for (const userId of USERS) {
    const history = api.part(QueryBus).execute(new ChatHistory(meetingId, 200, 0, principal(userId)));
    const shown = await history.catch(() => []);
    for (const { recipientId, senderId } of shown)
      if (recipientId !== undefined) expect([recipientId, senderId]).toContain(userId);
    const mine = written.filter(({ senderId }) => senderId === userId).map(({ messageId }) => messageId);
    if (shown.length > 0)
      expect(shown.map(({ messageId }) => messageId)).toEqual(expect.arrayContaining(mine));
  }
};

it('whatever many users do at the same time, no rule of the meeting is broken and nothing is done by halves or twice', () =>
  fc.assert(
    fc.asyncProperty(anyDeeds, async groups => {
      const meeting = await HeldMeeting.begin(api, doer);
      const seats = new Map<string, string>();
      const done: Done[] = [];
      try {
        for (const deeds of groups) {
          done.push(...(await meeting.take(deeds)));
          for (const seat of Object.values(meeting.state.roster)) seats.set(seat.participantId, seat.userId);
        }
        await until('everybody has only on what they may', () => inLine(meeting));
        await checkSeats(meeting, seats);
        await checkChat(meeting, done);
      } catch (error) {
        throw new Error(`${(error as Error).message}\nWhat was done:\n${meeting.log.join('\n')}`, {
          cause: error,
        });
      }
    }),
    { numRuns: 400, interruptAfterTimeLimit: 100_000 },
  ));
