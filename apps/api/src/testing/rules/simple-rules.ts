import type { Allowed, Deed } from './deed.js';

/**
 * The rules of a meeting once more, as plainly as they can be said: sets and maps that are changed in place, and no event.
 * It shares no code with the domain, so that a mistake would have to be made twice.
 */
export interface SimpleMeeting {
  ended: boolean;
  host: string;
  /** Who is in; the value is the breakout room, or `main`. */
  places: Map<string, string>;
  /** Roles other than attendee; the host's is not among them. */
  roles: Map<string, string>;
  waiting: Set<string>;
  admitted: Set<string>;
  /** Denied or removed: these stay out until they are admitted. */
  out: Set<string>;
  allowed: Allowed;
  rooms?: { capacities: Map<string, number>; mayChoose: boolean; mayReturn: boolean };
}
/** A refusal by its code; `nothing` where all is as it should be already; or what it changes, given what the log adds to it. */
export type Verdict = string | ((told: Told) => void);
export const NOTHING = 'nothing';
/** What no rule decides: which ids new rooms have, and who of many is sent where. */
export interface Told {
  readonly roomIds: readonly string[];
  readonly sent: readonly (readonly [userId: string, roomId: string])[];
}

const ADMIN = 'root';
const GUEST = 'guest';

export const roleIn = (m: SimpleMeeting, who: string): string =>
  who === m.host ? 'host' : (m.roles.get(who) ?? 'attendee');
export const runs = (m: SimpleMeeting, who: string): boolean => /host/u.test(roleIn(m, who));
const mayRun = (m: SimpleMeeting, who: string): boolean => who === ADMIN || runs(m, who);
const mayDecide = (m: SimpleMeeting, who: string): boolean => who === ADMIN || who === m.host;
/** Whether `all`, `host` or `none` means this one. */
const meant = (m: SimpleMeeting, permission: string, who: string): boolean =>
  permission === 'all' || (permission === 'host' && runs(m, who));
export const mayHave = (m: SimpleMeeting, what: string, who: string): boolean => {
  if (what === 'hand') return true;
  if (roleIn(m, who) === 'viewer') return false;
  if (what === 'camera') return runs(m, who) || !m.allowed.cameraDisabled;
  return what === 'microphone' || meant(m, m.allowed.screenSharePermission, who);
};

const throwOut = (m: SimpleMeeting, who: string): void => {
  m.places.delete(who);
  m.admitted.delete(who);
  m.out.add(who);
  if (m.roles.get(who) === 'co-host') m.roles.delete(who);
};
const letIn = (m: SimpleMeeting, who: string): void => {
  m.waiting.delete(who);
  m.out.delete(who);
  m.admitted.add(who);
};

const join = (m: SimpleMeeting, who: string): Verdict => {
  const { allowed } = m;
  if (m.ended) return 'MEETING_ENDED';
  if (m.places.has(who)) return NOTHING;
  if (who !== m.host) {
    const trusted = who === ADMIN || roleIn(m, who) === 'co-host';
    if (allowed.blockedUsers.includes(who)) return 'JOIN_DENIED';
    if (allowed.locked && !trusted) return 'MEETING_LOCKED';
    if (who === GUEST && !allowed.anonymousJoinAllowed) return 'INSUFFICIENT_PERMISSION';
    if (m.out.has(who)) return 'JOIN_DENIED';
    if (allowed.waitingRoomEnabled && !trusted && !m.admitted.has(who))
      return m.waiting.has(who) ? NOTHING : () => void m.waiting.add(who);
    if (m.places.size >= allowed.maxParticipants) return 'MAX_PARTICIPANTS_REACHED';
  }
  return () => {
    m.places.set(who, 'main');
    m.waiting.delete(who);
    m.out.delete(who);
  };
};

const leave = (m: SimpleMeeting, who: string): Verdict => {
  if (m.places.has(who)) return () => void m.places.delete(who);
  return m.waiting.has(who) ? () => void m.waiting.delete(who) : 'PARTICIPANT_NOT_FOUND';
};

const answer = (m: SimpleMeeting, { who, does, whom }: Deed): Verdict => {
  if (!mayRun(m, who)) return 'INSUFFICIENT_PERMISSION';
  if (m.ended) return 'MEETING_ENDED';
  const admits = does === 'admit';
  if (admits && m.allowed.locked) return 'MEETING_LOCKED';
  const asked = whom === undefined ? [...m.waiting] : [whom];
  if (whom !== undefined && !m.waiting.has(whom)) {
    if (!admits || !m.out.has(whom)) return 'PARTICIPANT_NOT_FOUND';
    if (m.allowed.blockedUsers.includes(whom)) return 'INSUFFICIENT_PERMISSION';
  }
  if (asked.length === 0) return NOTHING;
  return () => {
    for (const one of asked) {
      if (admits) letIn(m, one);
      else {
        m.waiting.delete(one);
        throwOut(m, one);
      }
    }
  };
};

const changeRole = (m: SimpleMeeting, { who, whom = '', what = '' }: Deed): Verdict => {
  if (!mayDecide(m, who)) return 'INSUFFICIENT_PERMISSION';
  if (m.ended) return 'MEETING_ENDED';
  if (!m.places.has(whom)) return 'PARTICIPANT_NOT_FOUND';
  if (roleIn(m, whom) === what) return NOTHING;
  if (whom === m.host) return 'INSUFFICIENT_PERMISSION';
  return () => {
    if (what !== 'host') return void m.roles.set(whom, what);
    if (m.out.has(m.host)) m.roles.delete(m.host);
    else m.roles.set(m.host, 'co-host');
    m.roles.delete(whom);
    m.host = whom;
  };
};

const applyPolicy = (m: SimpleMeeting, { who, policy = {} }: Deed): Verdict => {
  if (!mayDecide(m, who)) return 'INSUFFICIENT_PERMISSION';
  if (m.ended) return 'MEETING_ENDED';
  const after = { ...m.allowed, ...policy };
  if (after.blockedUsers.includes(m.host)) return 'VALIDATION_FAILED';
  if (JSON.stringify(after) === JSON.stringify(m.allowed)) return NOTHING;
  return () => {
    for (const one of m.allowed.blockedUsers) if (!after.blockedUsers.includes(one)) m.out.delete(one);
    for (const one of after.blockedUsers) {
      if (m.places.has(one) || m.waiting.delete(one)) throwOut(m, one);
      if (m.roles.get(one) === 'co-host') m.roles.delete(one);
    }
    m.allowed = after;
    if (!after.waitingRoomEnabled && !after.locked) for (const one of [...m.waiting]) letIn(m, one);
  };
};

const peopleIn = (m: SimpleMeeting, room: string): number =>
  [...m.places.values()].filter(place => place === room).length;
const roomsWithPlace = (m: SimpleMeeting): string[] =>
  [...(m.rooms?.capacities ?? [])]
    .filter(([room, capacity]) => peopleIn(m, room) < capacity)
    .map(([room]) => room);
const toBeSent = (m: SimpleMeeting): string[] =>
  [...m.places].filter(([one, place]) => place === 'main' && !runs(m, one)).map(([one]) => one);
/** Whoever is sent where: evenly, nobody who runs the meeting, and all for whom there is a place. */
const spread = (m: SimpleMeeting, sent: Told['sent']): void => {
  for (const [one, room] of sent) {
    if (!toBeSent(m).includes(one)) throw new Error(`${one} was sent to ${room}, and should not be`);
    const least = Math.min(...roomsWithPlace(m).map(other => peopleIn(m, other)));
    if (!roomsWithPlace(m).includes(room) || peopleIn(m, room) > least)
      throw new Error(`${one} was sent to ${room}, and not to the emptiest room`);
    m.places.set(one, room);
  }
  if (toBeSent(m).length > 0 && roomsWithPlace(m).length > 0) throw new Error('somebody was sent nowhere');
};

const openRooms = (m: SimpleMeeting, { who, rooms }: Deed): Verdict => {
  if (!mayDecide(m, who)) return 'INSUFFICIENT_PERMISSION';
  if (m.ended) return 'MEETING_ENDED';
  if (m.rooms) return 'BREAKOUT_ROOMS_ALREADY_OPEN';
  if (!rooms) return 'VALIDATION_FAILED';
  return ({ roomIds, sent }) => {
    const { capacities, auto, mayChoose, mayReturn } = rooms;
    const ids = roomIds.map((id, index) => [id, capacities[index] ?? Infinity] as const);
    m.rooms = { capacities: new Map(ids), mayChoose, mayReturn };
    if (auto) spread(m, sent);
  };
};
const assign = (m: SimpleMeeting, { who, whom = '', what: room = '' }: Deed): Verdict => {
  if (who !== whom && !mayRun(m, who)) return 'INSUFFICIENT_PERMISSION';
  if (m.ended) return 'MEETING_ENDED';
  if (!m.rooms) return 'BREAKOUT_ROOMS_NOT_OPEN';
  if (!m.places.has(whom)) return 'PARTICIPANT_NOT_FOUND';
  if (!m.rooms.mayChoose && !mayRun(m, who)) return 'INSUFFICIENT_PERMISSION';
  if (!m.rooms.capacities.has(room)) return 'BREAKOUT_ROOM_NOT_FOUND';
  if (m.places.get(whom) === room) return NOTHING;
  return roomsWithPlace(m).includes(room) ? () => void m.places.set(whom, room) : 'BREAKOUT_ROOM_FULL';
};
const goBack = (m: SimpleMeeting, { who, whom = '' }: Deed): Verdict => {
  if (who !== whom && !mayRun(m, who)) return 'INSUFFICIENT_PERMISSION';
  if (m.ended) return 'MEETING_ENDED';
  if (!m.places.has(whom)) return 'PARTICIPANT_NOT_FOUND';
  if (m.places.get(whom) === 'main') return NOTHING;
  if (!m.rooms?.mayReturn && !mayRun(m, who)) return 'INSUFFICIENT_PERMISSION';
  return () => void m.places.set(whom, 'main');
};

/** For what leaves the meeting as it is: whether one may, and that is all. */
const say = (m: SimpleMeeting, { who, does, whom, what = '' }: Deed): Verdict => {
  if (m.ended) return 'MEETING_ENDED';
  if (does === 'broadcast') {
    if (!mayRun(m, who)) return 'INSUFFICIENT_PERMISSION';
    if (!m.rooms) return 'BREAKOUT_ROOMS_NOT_OPEN';
  }
  if (does === 'quieten' || does === 'unmute') {
    if (!mayRun(m, who)) return 'INSUFFICIENT_PERMISSION';
    if (!m.places.has(whom ?? '')) return 'PARTICIPANT_NOT_FOUND';
    return does === 'quieten' || (who === whom && mayHave(m, 'microphone', who))
      ? NOTHING
      : 'INSUFFICIENT_PERMISSION';
  }
  if (!m.places.has(who)) return 'NOT_IN_MEETING';
  if (does === 'turn on' && !mayHave(m, what, who))
    return what === 'screen' ? 'SCREEN_SHARE_DISABLED' : 'INSUFFICIENT_PERMISSION';
  if (does !== 'write') return NOTHING;
  if (!meant(m, m.allowed.chatPermission, who)) return 'CHAT_DISABLED';
  return whom === undefined || m.places.has(whom) ? NOTHING : 'PARTICIPANT_NOT_FOUND';
};

/** What becomes of a deed, as the meeting is. */
export const verdictOn = (m: SimpleMeeting, deed: Deed): Verdict => {
  const { who, whom = '' } = deed;
  switch (deed.does) {
    case 'join':
      return join(m, who);
    case 'leave':
      return leave(m, who);
    case 'remove':
      if (who === whom) return leave(m, who);
      if (!mayRun(m, who)) return 'INSUFFICIENT_PERMISSION';
      if (!m.places.has(whom)) return 'PARTICIPANT_NOT_FOUND';
      if (whom === m.host && who !== ADMIN) return 'INSUFFICIENT_PERMISSION';
      return () => throwOut(m, whom);
    case 'admit':
    case 'deny':
      return answer(m, deed);
    case 'make':
      return changeRole(m, deed);
    case 'allow':
      return applyPolicy(m, deed);
    case 'open rooms':
      return openRooms(m, deed);
    case 'send':
      return assign(m, deed);
    case 'bring back':
      return goBack(m, deed);
    case 'spread':
      if (!mayRun(m, who)) return 'INSUFFICIENT_PERMISSION';
      if (m.ended) return 'MEETING_ENDED';
      if (!m.rooms) return 'BREAKOUT_ROOMS_NOT_OPEN';
      return toBeSent(m).length > 0 && roomsWithPlace(m).length > 0 ? ({ sent }) => spread(m, sent) : NOTHING;
    case 'close rooms':
      if (!mayDecide(m, who)) return 'INSUFFICIENT_PERMISSION';
      if (m.ended) return 'MEETING_ENDED';
      return m.rooms ? () => everybodyBack(m) : 'BREAKOUT_ROOMS_NOT_OPEN';
    case 'end':
      if (!mayDecide(m, who)) return 'INSUFFICIENT_PERMISSION';
      if (m.ended) return 'MEETING_ENDED';
      return () => {
        everybodyBack(m);
        m.ended = true;
        m.places.clear();
        m.waiting.clear();
      };
    default:
      return say(m, deed);
  }
};

const everybodyBack = (m: SimpleMeeting): void => {
  delete m.rooms;
  for (const one of m.places.keys()) m.places.set(one, 'main');
};
