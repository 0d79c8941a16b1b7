import {
  Meeting,
  type MediaSource,
  Participant,
  permissionsOf,
  type Principal,
  SOURCE_KINDS,
  SYSTEM,
} from '#libs/domain';
import { DEVICE_TYPES } from '#libs/domain';
import type { World } from './world.js';

/** One person in one meeting, from the first try to enter to the end. */
export class Attendance {
  #participantId: string | undefined;
  #connectionId = '';
  readonly #producers = new Map<MediaSource, string>();

  constructor(
    private readonly world: World,
    readonly meetingId: string,
    readonly person: Principal,
    private readonly onProducer: (attendance: Attendance, source: MediaSource, producerId: string) => void,
  ) {}

  get meeting() {
    return this.world.state(Meeting, this.meetingId);
  }

  get participantId(): string | undefined {
    return this.#participantId;
  }

  get present(): boolean {
    return this.#participantId !== undefined && this.meeting.roster[this.person.userId] !== undefined;
  }

  get waiting(): boolean {
    return this.meeting.waiting[this.person.userId] !== undefined;
  }

  get producers(): ReadonlyMap<MediaSource, string> {
    return this.#producers;
  }

  private get status() {
    return this.world.state(Participant, this.#participantId ?? '');
  }

  /** Tries to enter; in a waiting room this is only the knock. */
  enter(): void {
    const { world, person } = this;
    const participantId = world.newId();
    const events = world.do(Meeting, this.meetingId, person, {
      type: 'JoinMeeting',
      participantId,
      displayName: person.name,
      passwordMatches: true,
    });
    if (!events.some(({ type }) => type === 'ParticipantJoined')) return;
    this.#participantId = participantId;
    const isVideoOn = world.random.chance(0.7);
    world.do(Participant, participantId, person, {
      type: 'SeatParticipant',
      meetingId: this.meetingId,
      participantId,
      userId: person.userId,
      deviceType: world.random.chance(0.75) ? 'desktop' : world.random.pick(DEVICE_TYPES),
      isMuted: world.random.chance(0.6),
      isVideoOn,
    });
    world.after(0.3, () => this.connect());
    world.after(world.random.between(0.8, 2.5), () => {
      this.open('microphone');
      if (isVideoOn) this.open('camera');
    });
  }

  stopWaiting(): void {
    const { userId } = this.person;
    this.world.do(Meeting, this.meetingId, this.person, { type: 'StopWaiting', userId });
  }

  react(reactionType: string): void {
    if (this.present) this.#own({ type: 'SendReaction', reactionType, durationSeconds: 5 });
  }

  connect(): void {
    this.#connectionId = this.world.newId();
    this.#own({ type: 'ConnectParticipant', connectionId: this.#connectionId });
  }

  /** The connection is lost, and found again before the seat is given up, or not. */
  loseConnection(awaySeconds: number, graceSeconds: number): void {
    this.#system({ type: 'DisconnectParticipant', connectionId: this.#connectionId });
    if (awaySeconds < graceSeconds) this.world.after(awaySeconds, () => this.present && this.connect());
    else this.world.after(graceSeconds, () => this.leave('disconnected', SYSTEM));
  }

  open(source: MediaSource): void {
    const { mediaWorkerId } = this.meeting;
    if (!this.present || mediaWorkerId === undefined) return;
    const producerId = this.world.newId();
    const opened = this.#own({
      type: 'OpenProducer',
      producerId,
      source,
      kind: SOURCE_KINDS[source],
      may: permissionsOf(this.meeting, this.person.userId),
      mediaWorkerId,
    });
    if (opened === 0) return;
    this.#producers.set(source, producerId);
    this.onProducer(this, source, producerId);
  }

  close(source: MediaSource): void {
    const producerId = this.#producers.get(source);
    if (producerId === undefined) return;
    this.#producers.delete(source);
    this.#system({ type: 'CloseProducer', producerId });
  }

  /** Sends again, to another media worker, what was sent to one that is gone. */
  reopen(): void {
    const sources = [...this.#producers.keys()];
    this.#producers.clear();
    for (const source of sources) this.open(source);
  }

  set(
    change: { isMuted?: boolean; isVideoOn?: boolean; isHandRaised?: boolean; isScreenSharing?: boolean },
    by = this.person,
  ): void {
    if (!this.present) return;
    const { roster } = this.meeting;
    this.world.do(Participant, this.#participantId!, by, {
      type: 'UpdateStatus',
      byRole: roster[by.userId]?.role ?? 'attendee',
      may: permissionsOf(this.meeting, this.person.userId),
      ...change,
    });
  }

  /** Speaks for a while; the media worker reports it when it is over. */
  speak(seconds: number): void {
    if (!this.present) return;
    const { isHandRaised, isMuted } = this.status;
    if (isHandRaised) this.set({ isHandRaised: false });
    const wasMuted = isMuted;
    if (wasMuted) this.set({ isMuted: false });
    this.world.after(seconds, () => {
      if (!this.present) return;
      const measuredAt = new Date(this.world.now).toISOString();
      this.#system({ type: 'RecordSpeech', seconds, measuredAt });
      if (wasMuted) this.world.after(1, () => this.set({ isMuted: true }));
    });
  }

  leave(reason: 'left' | 'removed' | 'disconnected', by = this.person): void {
    if (!this.present) return;
    this.world.do(Meeting, this.meetingId, by, { type: 'LeaveMeeting', userId: this.person.userId, reason });
    this.world.after(0.2, () => this.gone());
  }

  /** What is left of the seat ends: streams and the connection. */
  gone(): void {
    for (const source of [...this.#producers.keys()]) this.close(source);
    this.#system({ type: 'DisconnectParticipant', connectionId: this.#connectionId });
  }

  #own(command: object): number {
    return this.#command(this.person, command);
  }
  #system(command: object): number {
    return this.#command(SYSTEM, command);
  }
  #command(by: Principal, command: object): number {
    if (this.#participantId === undefined) return 0;
    return this.world.do(Participant, this.#participantId, by, command as never).length;
  }
}
