import fc from 'fast-check';
import {
  Chat,
  DEFAULT_SETTINGS,
  DomainError,
  Meeting,
  MEETING_ROLES,
  Participant,
  Recording,
  Room,
  SOURCE_KINDS,
  SYSTEM,
  streamOf,
  type Aggregate,
  type DomainEvent,
  type MediaSource,
  type MeetingSettings,
  type MeetingState,
  ownEntry,
  type ParticipantState,
  type Principal,
  type RecordingState,
} from '#libs/domain';

/** One thing that somebody tries in a small world of two meetings and four users. */
const step = fc.record({
  what: fc.constantFrom(
    ...(['join', 'join', 'join', 'leave', 'end', 'start', 'admit', 'deny', 'role', 'place'] as const),
    ...([
      'record',
      'stopRecord',
      'seat',
      'seat',
      'connect',
      'disconnect',
      'status',
      'status',
      'open',
      'open',
    ] as const),
    ...([
      'policy',
      'policy',
      'rooms',
      'rooms',
      'assign',
      'assign',
      'assign',
      'spread',
      'back',
      'closing',
    ] as const),
    ...(['closed', 'stopWaiting', 'cancel', 'react', 'broadcast'] as const),
    ...(['close', 'speak', 'chat', 'capture', 'track', 'progress', 'complete', 'fail', 'room'] as const),
  ),
  meeting: fc.integer({ min: 0, max: 1 }),
  user: fc.integer({ min: 0, max: 3 }),
  other: fc.integer({ min: 0, max: 3 }),
  number: fc.integer({ min: 0, max: 2 }),
  flag: fc.boolean(),
});
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
export const anySteps = fc.array(step, { maxLength: 150, size: 'max' });

export interface Happened {
  readonly stream: string;
  readonly event: DomainEvent;
}

const policies = (userId: string): readonly Partial<MeetingSettings>[] => [
  { locked: true },
  { locked: false, waitingRoomEnabled: false },
  { waitingRoomEnabled: true, muteOnEntry: true },
  { blockedUsers: [userId] },
  { blockedUsers: [], maxParticipants: 4, allowedDomains: [] },
  { recordingPermission: 'none', chatPermission: 'host', cameraDisabled: true },
];

const SOURCES = Object.keys(SOURCE_KINDS) as MediaSource[];

/** Aggregates and what happened to them, by the domain's own rules: steps that are refused leave nothing. */
export class RandomWorld {
  readonly happened: Happened[] = [];
  readonly #states = new Map<string, unknown>();
  #ids = 0;

  constructor() {
    for (const meeting of [0, 1]) {
      this.#run(Meeting, `m${meeting}`, {
        type: 'CreateMeeting',
        meetingId: `m${meeting}`,
        meetingNumber: `${meeting}`,
        title: 'A meeting',
        settings: { ...DEFAULT_SETTINGS, waitingRoomEnabled: meeting === 1, maxParticipants: 3 },
        startNow: meeting === 1,
        ...this.#by(0),
      });
      // Three come at once, or knock, so that there is somebody to do something with.
      for (const user of [0, 1, 2]) {
        const joining = { type: 'JoinMeeting', displayName: `User ${user}`, passwordMatches: true };
        const participantId = `p${this.#ids++}`;
        this.#run(Meeting, `m${meeting}`, { ...joining, participantId, ...this.#by(user) });
      }
    }
  }

  meeting(id: string): MeetingState {
    return this.#state(Meeting, id);
  }
  participant(id: string): ParticipantState {
    return this.#state(Participant, id);
  }
  recording(id: string): RecordingState {
    return this.#state(Recording, id);
  }

  /** Tries one step. */
  take({ what, meeting, user, other, number, flag }: Step): void {
    const meetingId = `m${meeting}`;
    const state = this.meeting(meetingId);
    const issued = this.#by(user);
    const userId = `u${other}`;
    // A seat of the meeting, or one that somebody had: late commands reach it too.
    const seats = [...this.#states.keys()].filter(name => name.startsWith('participant-')).sort();
    const seat =
      Object.values(state.roster)[number]?.participantId ?? seats[number]?.slice('participant-'.length);
    const recordingId = state.recordingId ?? `r${number}`;
    const onMeeting = (command: object): void => this.#run(Meeting, meetingId, { ...issued, ...command });
    const onSeat = (command: object): void => {
      if (seat === undefined) return;
      const by = this.#byUser(this.participant(seat).userId || userId);
      this.#run(Participant, seat, { ...by, ...command });
    };
    const onRecording = (command: object): void =>
      this.#run(Recording, recordingId, { ...this.#bySystem(), ...command });
    switch (what) {
      case 'join': {
        const joining = {
          participantId: `p${this.#ids++}`,
          displayName: `User ${user}`,
          passwordMatches: true,
        };
        return onMeeting({ type: 'JoinMeeting', ...joining });
      }
      case 'leave':
        return onMeeting({
          type: 'LeaveMeeting',
          userId: flag ? userId : `u${user}`,
          reason: flag ? 'removed' : 'left',
        });
      case 'end':
        // Rarely, or nothing would ever happen for long.
        return number === 0 && flag && other === 0 ? onMeeting({ type: 'EndMeeting' }) : undefined;
      case 'start':
        return onMeeting({ type: 'StartMeeting' });
      case 'admit':
        return onMeeting({ type: 'AdmitParticipant', userId });
      case 'deny':
        return onMeeting({ type: 'DenyParticipant', userId });
      case 'role':
        return onMeeting({ type: 'ChangeRole', userId, role: MEETING_ROLES[flag ? number + 1 : number] });
      case 'policy':
        return onMeeting({
          type: 'ApplySecurityPolicy',
          changes: policies(userId)[(other * 3 + number) % 6],
        });
      case 'rooms': {
        const rooms = Array.from({ length: number + 1 }, (_, index) => ({
          ...{ roomId: `b${index}`, name: `Room ${index}`, allowChat: flag, allowScreenShare: !flag },
          ...(index === 1 && { description: 'The second', capacity: 1 }),
        }));
        const limit = other > 1 && { timeLimitMinutes: other };
        const choices = { autoAssign: flag, participantsMayChoose: true, participantsMayReturn: true };
        return onMeeting({ type: 'OpenBreakoutRooms', rooms, ...choices, ...limit });
      }
      case 'assign':
        return onMeeting({
          type: 'AssignBreakoutRoom',
          userId: flag ? userId : `u${user}`,
          roomId: `b${number}`,
        });
      case 'spread':
        return onMeeting({ type: 'AutoAssignBreakoutRooms' });
      case 'back':
        return onMeeting({ type: 'ReturnFromBreakoutRoom', userId: flag ? userId : `u${user}` });
      case 'closing': {
        const { closesAt } = state.breakout ?? {};
        if (closesAt === undefined) return;
        const type = flag ? 'AnnounceBreakoutRoomsClose' : 'CloseBreakoutRooms';
        return onMeeting({ type, closesAt, ...this.#bySystem() });
      }
      case 'closed':
        return onMeeting({ type: 'CloseBreakoutRooms' });
      case 'stopWaiting':
        return onMeeting({ type: 'StopWaiting', userId: `u${user}` });
      case 'cancel':
        return number === 0 && flag && other === 0 ? onMeeting({ type: 'CancelMeeting' }) : undefined;
      case 'react':
        return onSeat({ type: 'SendReaction', reactionType: 'clap', durationSeconds: number + 1 });
      case 'place': {
        const placing = { mediaWorkerId: `w${number}`, replaces: state.mediaWorkerId };
        return onMeeting({ type: 'PlaceMedia', ...placing, ...this.#bySystem() });
      }
      case 'record': {
        const id = `r${this.#ids++}`;
        onMeeting({ type: 'StartRecording', recordingId: id });
        if (this.meeting(meetingId).recordingId !== id) return;
        const creating = {
          recordingId: id,
          meetingId,
          title: 'A recording',
          startedBy: userId,
          startedAt: issued.at,
        };
        return this.#run(Recording, id, { type: 'CreateRecording', ...creating, ...issued });
      }
      case 'stopRecord':
        onMeeting({ type: 'StopRecording' });
        return onRecording({ type: 'StopCapture', stoppedBy: userId, stoppedAt: issued.at });
      case 'seat': {
        const own = Object.values(state.roster)[number];
        if (!own) return;
        const seating = {
          meetingId,
          participantId: own.participantId,
          userId: own.userId,
          deviceType: 'mobile',
        };
        return onSeat({ type: 'SeatParticipant', ...seating, isMuted: flag, isVideoOn: !flag });
      }
      case 'connect':
        return onSeat({ type: 'ConnectParticipant', connectionId: `c${other}` });
      case 'disconnect':
        return onSeat({ type: 'DisconnectParticipant', connectionId: `c${other}` });
      case 'status': {
        const change = { [['isMuted', 'isVideoOn', 'isScreenSharing', 'isHandRaised'][other]!]: flag };
        return onSeat({
          type: 'UpdateStatus',
          byRole: 'attendee',
          may: { microphone: true, camera: true, screenShare: true },
          ...change,
        });
      }
      case 'open': {
        const source = SOURCES[other]!;
        const mediaWorkerId = flag ? (state.mediaWorkerId ?? 'w0') : `w${number}`;
        const opening = {
          producerId: `producer-${this.#ids++}`,
          source,
          kind: SOURCE_KINDS[source],
          mediaWorkerId,
        };
        return onSeat({
          type: 'OpenProducer',
          ...opening,
          may: { microphone: true, camera: true, screenShare: true },
        });
      }
      case 'close': {
        const producerId = Object.keys(seat === undefined ? {} : this.participant(seat).producers)[other];
        return producerId === undefined ? undefined : onSeat({ type: 'CloseProducer', producerId });
      }
      case 'speak':
        return onSeat({
          type: 'RecordSpeech',
          seconds: number * 1.5,
          measuredAt: issued.at,
          ...this.#bySystem(),
        });
      case 'chat':
      case 'broadcast': {
        const sending = {
          meetingId,
          messageId: `message-${this.#ids++}`,
          senderParticipantId: seat ?? 'p',
          senderName: 'X',
        };
        const isBroadcast = what === 'broadcast';
        const addressed = isBroadcast ? { isBroadcast } : flag && { recipientId: userId };
        const content = { content: 'Hello', messageType: 'text', ...addressed };
        const { breakoutRoomId } = ownEntry(state.roster, `u${user}`) ?? {};
        const place = breakoutRoomId !== undefined && { breakoutRoomId };
        const facts = { mayWrite: true, moderates: isBroadcast, recipientInMeeting: true, ...place };
        return this.#run(Chat, meetingId, {
          type: 'SendMessage',
          ...sending,
          ...content,
          ...facts,
          ...issued,
        });
      }
      case 'capture':
        return onRecording({
          type: 'BeginCapture',
          recorderId: `recorder-${other}`,
          ip: '127.0.0.1',
          port: 5000 + other,
        });
      case 'track': {
        const track = {
          trackId: `t${other}${number}`,
          attempt: 1,
          participantId: seat ?? 'p',
          producerId: 'x',
          kind: 'audio',
        };
        const rtp = {
          source: 'microphone',
          mimeType: 'audio/opus',
          clockRate: 48000,
          ssrc: 1,
          payloadType: 100,
        };
        return onRecording({ type: 'AddTrack', track: { ...track, ...rtp } });
      }
      case 'progress':
        return onRecording({ type: 'ReportProgress', percent: other * 25 + 10 });
      case 'complete':
        return onRecording({
          type: 'CompleteRecording',
          durationSeconds: 1.5,
          fileSizeBytes: 1000,
          width: 640,
          height: 360,
        });
      case 'fail':
        return flag ? onRecording({ type: 'FailRecording', reason: 'disk full' }) : undefined;
      case 'room': {
        const opening = { name: `room-${number}`, meetingId, replaces: flag ? `m${1 - meeting}` : undefined };
        return this.#run(Room, `room-${number}`, { type: 'OpenRoom', ...opening, ...issued });
      }
    }
  }

  #by(user: number): { by: Principal; at: string } {
    return this.#byUser(`u${user}`);
  }
  #byUser(userId: string): { by: Principal; at: string } {
    const email = userId === 'u1' ? { email: 'u1@example.org' } : {};
    return { by: { userId, name: userId, roles: [], ...email }, at: this.#at() };
  }
  #bySystem(): { by: Principal; at: string } {
    return { by: SYSTEM, at: this.#at() };
  }
  #at(): string {
    return new Date(Date.UTC(2026, 10, 22) + this.happened.length * 1000).toISOString();
  }

  #state<S>(aggregate: { readonly name: string; readonly initial: S }, id: string): S {
    return (this.#states.get(streamOf(aggregate, id)) ?? aggregate.initial) as S;
  }

  #run<S, C, E extends DomainEvent>(aggregate: Aggregate<S, C, E>, id: string, command: object): void {
    const stream = streamOf(aggregate, id);
    let state = this.#state(aggregate, id);
    try {
      for (const event of aggregate.decide(state, command as C)) {
        state = aggregate.evolve(state, event);
        this.happened.push({ stream, event });
      }
      this.#states.set(stream, state);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }
}
