import { isDeepStrictEqual } from 'node:util';
import {
  DEFAULT_SETTINGS,
  Meeting,
  type MeetingEvent,
  type MeetingState,
  roleOf,
  streamOf,
} from '#libs/domain';
import type { RecordedEvent } from '#libs/event-log';
import type { RunningApi } from '../running-api.js';
import { type Deed, USERS } from './deed.js';
import { type DeedDoer, type Done, eventsOf } from './deed-doer.js';
import {
  NOTHING,
  roleIn,
  runs,
  type SimpleMeeting,
  type Told,
  type Verdict,
  verdictOn,
} from './simple-rules.js';

/** What both the log and the simple rules can tell of a meeting. */
const shownByRules = (m: SimpleMeeting) => ({
  ended: m.ended,
  host: m.host,
  places: Object.fromEntries([...m.places].sort()),
  roles: Object.fromEntries(USERS.map(who => [who, roleIn(m, who)])),
  waiting: [...m.waiting].sort(),
  out: [...m.out].sort(),
  rooms: [...(m.rooms?.capacities.keys() ?? [])],
  allowed: m.allowed,
});
const shownByLog = (state: MeetingState, allowed: object) => ({
  ended: state.status === 'ended',
  host: state.hostUserId,
  places: Object.fromEntries(
    Object.values(state.roster)
      .map(({ userId, breakoutRoomId = 'main' }) => [userId, breakoutRoomId] as const)
      .sort(),
  ),
  roles: Object.fromEntries(USERS.map(who => [who, roleOf(state, who)])),
  waiting: Object.keys(state.waiting).sort(),
  out: [...state.denied].sort(),
  rooms: state.breakout?.rooms.map(({ roomId }) => roomId) ?? [],
  allowed: Object.fromEntries(Object.keys(allowed).map(key => [key, state.settings[key as keyof object]])),
});

const told = (events: readonly MeetingEvent[]): Told => ({
  roomIds: events.flatMap(event =>
    event.type === 'BreakoutRoomsOpened' ? event.data.rooms.map(({ roomId }) => roomId) : [],
  ),
  sent: events.flatMap(event =>
    event.type === 'BreakoutRoomAssigned' ? [[event.data.userId, event.data.roomId] as const] : [],
  ),
});

/**
 * One meeting, held by the api and by the simple rules side by side. After each group of deeds that were done at the same
 * time, the log says in which order they took place: each that changed something is done again by the rules, at its place.
 * @throws Error that says what was against the rules
 */
export class HeldMeeting {
  readonly log: string[] = [];
  #rules: SimpleMeeting;
  #state = Meeting.initial;
  #revision = 0;

  private constructor(
    private readonly api: RunningApi,
    private readonly doer: DeedDoer,
    readonly meetingId: string,
  ) {
    const { maxParticipants, waitingRoomEnabled, locked, anonymousJoinAllowed, blockedUsers } =
      DEFAULT_SETTINGS;
    const { chatPermission, screenSharePermission, cameraDisabled, muteOnEntry } = DEFAULT_SETTINGS;
    this.#rules = {
      ...{ ended: false, host: 'ada', places: new Map(), roles: new Map() },
      ...{ waiting: new Set(), admitted: new Set(), out: new Set() },
      allowed: {
        ...{ maxParticipants, waitingRoomEnabled, locked, anonymousJoinAllowed, blockedUsers },
        ...{ chatPermission, screenSharePermission, cameraDisabled, muteOnEntry },
      },
    };
  }

  static async begin(api: RunningApi, doer: DeedDoer): Promise<HeldMeeting> {
    const meeting = new HeldMeeting(api, doer, await doer.create({}));
    for (const event of await meeting.#newEvents()) meeting.#fold(event);
    return meeting;
  }

  get rules(): SimpleMeeting {
    return this.#rules;
  }
  get state(): MeetingState {
    return this.#state;
  }

  /** Does the deeds at the same time, and holds what came of them against the rules. */
  async take(deeds: readonly Deed[]): Promise<readonly Done[]> {
    const rooms = [...(this.#rules.rooms?.capacities.keys() ?? [])];
    // Rooms are meant as they were when the deed began.
    const meant = deeds.map(deed =>
      deed.does === 'send' ? deed.with({ what: rooms[Number(deed.what)] ?? 'no such room' }) : deed,
    );
    const done = await this.doer.doAll(this.meetingId, meant);
    const moments = [structuredClone(this.#rules)];
    const changed = new Set<string>();
    for (const events of this.#together(await this.#newEvents())) {
      const { correlationId } = events[0]!.metadata;
      const cause = done.find(({ requestId }) => requestId === correlationId);
      if (!cause) throw new Error(`nobody did ${events.map(({ type }) => type).join()}`);
      if (changed.has(correlationId)) throw new Error(`done twice, or by halves: ${String(cause.deed)}`);
      changed.add(correlationId);
      this.#apply(cause, events);
      moments.push(structuredClone(this.#rules));
    }
    const joining = new Set(deeds.filter(({ does }) => does === 'join').map(({ who }) => who));
    for (const one of done) this.#explain(one, moments, changed.has(one.requestId), joining);
    return done;
  }

  async #newEvents(): Promise<RecordedEvent[]> {
    return eventsOf(this.api, streamOf(Meeting, this.meetingId), this.#revision);
  }
  #fold(event: RecordedEvent): void {
    this.#state = Meeting.evolve(this.#state, event as unknown as MeetingEvent);
    this.#revision = event.revision + 1;
  }
  /** Neighbours in the log that one request led to. */
  #together(events: readonly RecordedEvent[]): RecordedEvent[][] {
    const groups: RecordedEvent[][] = [];
    for (const event of events) {
      const last = groups.at(-1);
      if (last?.[0]?.metadata.correlationId === event.metadata.correlationId) last.push(event);
      else groups.push([event]);
    }
    return groups;
  }

  #apply({ deed, answer, attempts }: Done, events: readonly RecordedEvent[]): void {
    const verdict = verdictOn(this.#rules, deed);
    const what = `${String(deed)}: ${events.map(({ type }) => type).join(', ')}`;
    if (typeof verdict === 'string') throw new Error(`against the rules, which say ${verdict}: ${what}`);
    // A repeat answers as of today, when whoever had come may have been sent away again.
    const overtaken = attempts > 1 && deed.does === 'join' && answer === 'PARTICIPANT_NOT_FOUND';
    if (answer !== 'done' && !overtaken)
      throw new Error(`refused as ${answer}, and done all the same: ${what}`);
    verdict(told(events as unknown as MeetingEvent[]));
    for (const event of events) this.#fold(event);
    const [byLog, byRules] = [shownByLog(this.#state, this.#rules.allowed), shownByRules(this.#rules)];
    if (!isDeepStrictEqual(byLog, byRules)) {
      throw new Error(
        `${what}\nby the log: ${JSON.stringify(byLog)}\nby the rules: ${JSON.stringify(byRules)}`,
      );
    }
  }

  /** Whatever was answered must have been right at some moment while the deed was under way. */
  #explain(
    { deed, answer }: Done,
    moments: readonly SimpleMeeting[],
    changed: boolean,
    joining: ReadonlySet<string>,
  ): void {
    this.log.push(`${String(deed)} → ${answer}`);
    if (changed) return;
    const verdicts = moments.map(moment => verdictOn(moment, deed));
    const matches = (verdict: Verdict): boolean => verdict === (answer === 'done' ? NOTHING : answer);
    // These look twice: at the meeting, then at themselves.
    const lateAnswers = moments.flatMap(moment => lateAnswersTo(moment, deed, joining));
    if (verdicts.some(matches) || lateAnswers.includes(answer)) return;
    const said = verdicts.map(verdict => (typeof verdict === 'string' ? verdict : 'would change something'));
    throw new Error(`${String(deed)} was answered ${answer}; the rules say: ${said.join(', then ')}`);
  }
}

/** What a deed of several steps may be answered when the meeting changes between them. */
const lateAnswersTo = (
  moment: SimpleMeeting,
  { who, whom = '', does, what = '' }: Deed,
  joining: ReadonlySet<string>,
): readonly string[] => {
  if (does === 'broadcast' && !moment.places.has(who)) return ['NOT_IN_MEETING'];
  // Who joins is in before the seat is ready, on which all this is done.
  const seated = { 'turn on': who, 'turn off': who, react: who, quieten: whom, unmute: whom }[does as string];
  const answers = seated !== undefined && joining.has(seated) ? ['PARTICIPANT_NOT_FOUND'] : [];
  // What is on already may be said to be on.
  const onAlready =
    (does === 'turn on' && moment.places.has(who) && what !== 'hand') ||
    (does === 'unmute' && moment.places.has(whom) && runs(moment, who));
  return onAlready || (does === 'unmute' && who === 'root') ? ['done', ...answers] : answers;
};
