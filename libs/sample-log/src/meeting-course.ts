import { DEFAULT_SETTINGS, type MediaSource, Meeting, type Principal, Room, SYSTEM } from '#libs/domain';
import { Attendance } from './attendance.js';
import { Conversation } from './conversation.js';
import { breakoutCourse } from './breakout-course.js';
import type { BreakoutPlan, MeetingPlan } from './meeting-plan.js';
import { person } from './people.js';
import { RecordingCourse } from './recording-course.js';
import type { World } from './world.js';

const MINUTE = 60_000;

/** How much later than the host somebody comes, in seconds: most at once, some late, a few very late. */
const delay = (world: World): number => {
  const share = world.random.next();
  if (share < 0.7) return world.random.between(1, 50);
  return share < 0.92 ? world.random.between(60, 240) : world.random.between(300, 720);
};

/** One meeting from its creation to its end. */
export class MeetingCourse {
  readonly #meetingId: string;
  #host: Principal;
  readonly #attendances: readonly Attendance[];
  #recording: RecordingCourse | undefined;

  constructor(
    private readonly world: World,
    private readonly plan: MeetingPlan,
  ) {
    this.#meetingId = world.newId();
    this.#host = person(plan.host);
    const onProducer = (of: Attendance, source: MediaSource, producerId: string): void =>
      this.#recording?.take(of, source, producerId);
    this.#attendances = [plan.host, ...plan.invited].map(
      userId => new Attendance(world, this.#meetingId, person(userId), onProducer),
    );
    this.#create();
    if (plan.cancelled) {
      world.after(20 * 60, () => world.do(Meeting, this.#meetingId, this.#host, { type: 'CancelMeeting' }));
      return;
    }
    const begin = plan.start + (plan.hostLate ?? 0) * MINUTE;
    const end = plan.start + plan.minutes * MINUTE + world.random.between(-2, 5) * MINUTE;
    world.at(begin, () => this.#begin(end));
    world.at(end, () => this.#end());
  }

  get #state() {
    return this.world.state(Meeting, this.#meetingId);
  }

  get #guests(): readonly Attendance[] {
    return this.#attendances.slice(1);
  }

  #create(): void {
    const { world, plan } = this;
    const { title, description, start, minutes, room } = plan;
    const number = String(Math.floor(world.random.between(100_000_000, 999_999_999)));
    world.do(Meeting, this.#meetingId, this.#host, {
      ...{ type: 'CreateMeeting', meetingId: this.#meetingId, title, ...(description && { description }) },
      meetingNumber: number.replace(/(...)(...)(...)/, '$1-$2-$3'),
      scheduledStartTime: new Date(start).toISOString(),
      scheduledEndTime: new Date(start + minutes * MINUTE).toISOString(),
      settings: { ...DEFAULT_SETTINGS, ...plan.settings },
      startNow: false,
    });
    if (room === undefined) return;
    world.do(Room, room, this.#host, {
      ...{ type: 'OpenRoom', name: room, meetingId: this.#meetingId },
      replaces: world.state(Room, room).meetingId,
    });
  }

  #begin(end: number): void {
    const { world, plan } = this;
    world.do(Meeting, this.#meetingId, this.#host, { type: 'StartMeeting' });
    this.#place(undefined);
    this.#attendances[0]!.enter();
    for (const guest of this.#guests) world.after(delay(world), () => this.#arrive(guest));
    world.after(20, () => new Conversation(world, plan, this.#attendances, end - MINUTE).begin());
    if (plan.recording) world.after(60, () => this.#record(plan.recording!));
    if (plan.coHost) world.after(90, () => this.#role(plan.coHost!, 'co-host'));
    if (plan.viewer) world.after(800, () => this.#role(plan.viewer!, 'viewer'));
    if (plan.presenter) world.after(240, () => this.#present(plan.presenter!));
    if (plan.muteStorm) world.after(600, () => this.#muteAll());
    if (plan.removed) world.after(900, () => this.#of(plan.removed!)?.leave('removed', this.#host));
    if (plan.handedTo) world.after(plan.minutes * 45, () => this.#handOver(plan.handedTo!));
    if (plan.locked) world.after(900, () => this.#lock());
    if (plan.breakout) world.after(plan.breakout.opens * 60, () => this.#breakOut(plan.breakout!));
    if (plan.workerDies) world.after(plan.workerDies * 60, () => this.#workerDied());
    for (const guest of this.#guests) {
      if (world.random.chance(0.15)) {
        world.at(end - world.random.between(1, 10) * MINUTE, () => guest.leave('left'));
      }
    }
  }

  #of(userId: string): Attendance | undefined {
    return this.#attendances.find(one => one.person.userId === userId);
  }

  /** Comes in, or waits at the door until the host has looked. */
  #arrive(guest: Attendance): void {
    guest.enter();
    if (!guest.waiting) return;
    const { userId } = guest.person;
    if (this.plan.impatient === userId) {
      this.world.after(3, () => guest.stopWaiting());
      return;
    }
    this.world.after(this.world.random.between(4, 95), () => {
      if (this.plan.denied?.includes(userId)) {
        this.world.do(Meeting, this.#meetingId, this.#host, { type: 'DenyParticipant', userId });
        return;
      }
      this.world.do(Meeting, this.#meetingId, this.#host, { type: 'AdmitParticipant', userId });
      this.world.after(0.5, () => guest.enter());
    });
  }

  #place(replaces: string | undefined): void {
    const mediaWorkerId = this.world.newId();
    this.world.do(Meeting, this.#meetingId, SYSTEM, { type: 'PlaceMedia', mediaWorkerId, replaces });
  }

  #record(fate: NonNullable<MeetingPlan['recording']>): void {
    this.#recording = new RecordingCourse(this.world, this.#meetingId, fate, this.#attendances);
  }

  #role(userId: string, role: 'co-host' | 'viewer'): void {
    this.world.do(Meeting, this.#meetingId, this.#host, { type: 'ChangeRole', userId, role });
  }

  /** The host has to go, and somebody else goes on with the meeting. */
  #handOver(userId: string): void {
    const heir = [this.#of(userId), ...this.#guests].find(one => one?.present);
    if (!heir) return;
    const command = { type: 'ChangeRole', userId: heir.person.userId, role: 'host' } as const;
    this.world.do(Meeting, this.#meetingId, this.#host, command);
    this.#host = heir.person;
    this.world.after(20, () => this.#attendances[0]!.leave('left'));
  }

  #lock(): void {
    this.world.do(Meeting, this.#meetingId, this.#host, {
      type: 'ApplySecurityPolicy',
      changes: { locked: true, muteOnEntry: true },
    });
  }

  #breakOut(plan: BreakoutPlan): void {
    breakoutCourse(this.world, this.#meetingId, this.#host, this.#guests, plan);
  }

  /** Somebody shows a screen for a third of the meeting, with its sound. */
  #present(userId: string): void {
    const presenter = this.#of(userId);
    if (!presenter?.present) return;
    presenter.set({ isScreenSharing: true });
    presenter.open('screen');
    presenter.open('screen-audio');
    this.world.after(this.plan.minutes * 20, () => {
      presenter.set({ isScreenSharing: false });
      presenter.close('screen');
      presenter.close('screen-audio');
    });
  }

  /** Somebody's microphone howls, and the host mutes everybody, one after the other. */
  #muteAll(): void {
    for (const guest of this.#guests) guest.set({ isMuted: false });
    this.#guests.forEach((guest, index) =>
      this.world.after(3 + index * 0.3, () => guest.set({ isMuted: true }, this.#host)),
    );
  }

  /** Everybody sends to the new worker as soon as the clients have noticed. */
  #workerDied(): void {
    this.#place(this.#state.mediaWorkerId);
    for (const one of this.#attendances) {
      this.world.after(this.world.random.between(0.6, 6), () => one.reopen());
    }
  }

  #end(): void {
    const stayed = this.#attendances.filter(({ present }) => present);
    this.world.do(Meeting, this.#meetingId, this.#host, { type: 'EndMeeting' });
    this.#recording?.stopped(this.#host.userId);
    for (const one of stayed) this.world.after(this.world.random.between(0.1, 1), () => one.gone());
  }
}
