import { CommandBus } from '@nestjs/cqrs';
import { DomainError, type MeetingRole, type Principal } from '#libs/domain';
import { type EventLog, LogUnavailable, type RecordedEvent } from '#libs/event-log';
import { AssignBreakoutRoom } from '../../breakouts/assign-breakout-room.js';
import { AutoAssignBreakoutRooms } from '../../breakouts/auto-assign-breakout-rooms.js';
import { CloseBreakoutRooms } from '../../breakouts/close-breakout-rooms.js';
import { OpenBreakoutRooms } from '../../breakouts/open-breakout-rooms.js';
import { ReturnFromBreakoutRoom } from '../../breakouts/return-from-breakout-room.js';
import { BroadcastMessage } from '../../chat/broadcast-message.js';
import { SendMessage } from '../../chat/send-message.js';
import { CreateMeeting } from '../../meetings/create-meeting.js';
import { EndMeeting } from '../../meetings/end-meeting.js';
import { AnswerWaiting } from '../../participants/answer-waiting.js';
import { ChangeRole } from '../../participants/change-role.js';
import { JoinMeeting } from '../../participants/join-meeting.js';
import { LeaveMeeting } from '../../participants/leave-meeting.js';
import { QuietenParticipant } from '../../participants/quieten-participant.js';
import { SendReaction } from '../../participants/send-reaction.js';
import { type StatusChange, UpdateStatus } from '../../participants/update-status.js';
import { EVENT_LOG } from '../../platform/log-follower.js';
import type { RequestContext } from '../../platform/request-context.js';
import { ApplyPolicy } from '../../policies/apply-policy.js';
import type { RunningApi } from '../running-api.js';
import type { Deed, Fault } from './deed.js';

const ROLES: Readonly<Record<string, readonly string[]>> = { root: ['admin'], guest: ['guest'] };
export const principal = (userId: string): Principal => ({
  userId,
  name: userId,
  roles: ROLES[userId] ?? [],
});
/** More than the faults that can stand in one deed's way, its own and those of its neighbours in the same append. */
const ATTEMPTS = 20;

/** A deed, the request that it became, and what was answered: `done`, or the code of the refusal. */
export interface Done {
  readonly deed: Deed;
  readonly requestId: string;
  readonly answer: string;
  /** How often it was asked: again, with the same key, where the log failed. */
  readonly attempts: number;
}

/** Does deeds as the api's controllers do, on a log that fails where a deed says so. */
export class DeedDoer {
  readonly #commands: CommandBus;
  readonly #faults = new Map<string, Fault>();
  #count = 0;

  constructor(api: RunningApi) {
    this.#commands = api.part(CommandBus);
    const log = api.part<EventLog>(EVENT_LOG);
    const append = log.append.bind(log);
    log.append = async (stream, events, expected) => {
      const faulty = events.find(({ metadata }) => this.#faults.has(metadata.correlationId));
      const fault = faulty && this.#faults.get(faulty.metadata.correlationId);
      if (faulty) this.#faults.delete(faulty.metadata.correlationId);
      if (fault === 'lost') throw new LogUnavailable('lost');
      const appended = await append(stream, events, expected);
      if (fault === 'unanswered') throw new LogUnavailable('unanswered');
      return appended;
    };
  }

  async create(settings: CreateMeeting['meeting']['settings']): Promise<string> {
    const context = { by: principal('ada'), requestId: `create-${this.#count++}` };
    const meeting = { title: 'Rules', settings, startNow: true };
    return (await this.#commands.execute(new CreateMeeting(meeting, context))).meetingId;
  }

  /** All at the same time; each asked again while the log fails. */
  doAll(meetingId: string, deeds: readonly Deed[]): Promise<Done[]> {
    return Promise.all(
      deeds.map(async deed => {
        const requestId = `deed-${this.#count++}`;
        if (deed.fault) this.#faults.set(requestId, deed.fault);
        const context = { by: principal(deed.who), requestId, idempotencyKey: requestId };
        for (let attempts = 1; ; attempts += 1) {
          const answer = await this.#answerTo(meetingId, deed, context);
          if (answer !== 'UNAVAILABLE' || attempts === ATTEMPTS) return { deed, requestId, answer, attempts };
        }
      }),
    );
  }

  async #answerTo(meetingId: string, deed: Deed, context: RequestContext): Promise<string> {
    try {
      await this.#do(meetingId, deed, context);
      return 'done';
    } catch (error) {
      if (error instanceof DomainError) return error.code;
      throw error;
    }
  }

  #do(meetingId: string, deed: Deed, context: RequestContext): Promise<unknown> {
    const { who, whom = '', what = '', policy = {}, rooms } = deed;
    const bus = this.#commands;
    switch (deed.does) {
      case 'join':
        return bus.execute(new JoinMeeting({ meetingId, isMuted: false, isVideoOn: true }, context));
      case 'leave':
        return bus.execute(new LeaveMeeting(meetingId, who, 'left', context));
      case 'remove':
        return bus.execute(new LeaveMeeting(meetingId, whom, 'removed', context));
      case 'admit':
      case 'deny':
        return bus.execute(new AnswerWaiting(meetingId, deed.whom, deed.does, context));
      case 'make':
        return bus.execute(new ChangeRole(meetingId, whom, what as MeetingRole, context));
      case 'allow':
        return bus.execute(new ApplyPolicy(meetingId, { settings: policy as object }, context));
      case 'end':
        return bus.execute(new EndMeeting(meetingId, context));
      case 'open rooms': {
        const { capacities = [], auto = false, mayChoose = false, mayReturn = false } = rooms ?? {};
        const wanted = capacities.map((capacity, index) => ({
          ...{ name: `Room ${index}`, allowChat: true, allowScreenShare: true },
          ...(capacity !== undefined && { capacity }),
        }));
        const choices = {
          autoAssign: auto,
          participantsMayChoose: mayChoose,
          participantsMayReturn: mayReturn,
        };
        return bus.execute(new OpenBreakoutRooms(meetingId, { rooms: wanted, ...choices }, context));
      }
      case 'send':
        return bus.execute(new AssignBreakoutRoom(meetingId, whom, what, context));
      case 'bring back':
        return bus.execute(new ReturnFromBreakoutRoom(meetingId, whom, context));
      case 'spread':
        return bus.execute(new AutoAssignBreakoutRooms(meetingId, context));
      case 'close rooms':
        return bus.execute(new CloseBreakoutRooms(meetingId, context));
      case 'broadcast':
        return bus.execute(new BroadcastMessage(meetingId, 'To all', context));
      case 'turn on':
      case 'turn off':
        return bus.execute(new UpdateStatus(meetingId, statusOf(what, deed.does === 'turn on'), context));
      case 'quieten':
        return bus.execute(
          new QuietenParticipant(meetingId, whom, { isMuted: true, isVideoOn: false }, context),
        );
      case 'unmute':
        return bus.execute(new QuietenParticipant(meetingId, whom, { isMuted: false }, context));
      case 'write': {
        const recipient = deed.whom !== undefined && { recipientId: whom };
        return bus.execute(
          new SendMessage(meetingId, { content: 'Hello', messageType: 'text', ...recipient }, context),
        );
      }
      case 'react':
        return bus.execute(new SendReaction(meetingId, 'clap', context));
    }
  }
}

const statusOf = (what: string, on: boolean): StatusChange => {
  switch (what) {
    case 'microphone':
      return { isMuted: !on };
    case 'camera':
      return { isVideoOn: on };
    case 'screen':
      return { isScreenSharing: on };
    default:
      return { isHandRaised: on };
  }
};

/** All events of some streams, as they stand in the log. */
export const eventsOf = async (api: RunningApi, stream: string, from = 0): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of api.part<EventLog>(EVENT_LOG).readStream(stream, { from })) events.push(event);
  return events;
};
