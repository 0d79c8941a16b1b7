import { Chat, permissionsOf } from '#libs/domain';
import type { Attendance } from './attendance.js';
import type { MeetingPlan } from './meeting-plan.js';
import type { World } from './world.js';

const LINES = [
  'Can you hear me?',
  'I have a question about this.',
  'Let us take that after the meeting.',
  'Agreed.',
  'The second figure is the one to look at.',
  'Could you make the text larger?',
  'I will write it down.',
  'Sounds good to me.',
  'Who takes this one?',
  'We tried that last year, and it took a week longer than we thought.',
  'Thanks!',
  'Back in two minutes.',
];
const REACTIONS = ['thumbs_up', 'clap', 'heart', 'laugh', '🎉'] as const;
const WHISPERS = ['Shall we have lunch after this?', 'You are muted.', 'That went well.'];

/** Who talks, who raises a hand and who writes, while a meeting lasts. */
export class Conversation {
  #lastMessage: string | undefined;

  constructor(
    private readonly world: World,
    private readonly plan: MeetingPlan,
    private readonly attendances: readonly Attendance[],
    private readonly until: number,
  ) {}

  /** From now on. */
  begin(): void {
    this.#turn();
    if (this.plan.chat > 0) this.#write();
    this.#stir();
    if (this.plan.reactions) this.world.after(90, () => this.#applaud());
  }

  get #present(): readonly Attendance[] {
    return this.attendances.filter(({ present }) => present);
  }

  /** Somebody speaks, then somebody else. Few do most of the talking, and some none. */
  #turn(): void {
    const { random } = this.world;
    if (this.world.now > this.until) return;
    const talkers = this.#present.slice(
      0,
      this.plan.talkers ?? Math.max(2, Math.ceil(this.attendances.length * 0.7)),
    );
    const seconds = Math.round(random.between(4, random.chance(0.2) ? 120 : 35) * 10) / 10;
    // The earlier in the list, the likelier.
    talkers[Math.floor(random.next() * random.next() * talkers.length)]?.speak(seconds);
    this.world.after(seconds + random.between(0.5, 6), () => this.#turn());
  }

  #write(): void {
    const { random } = this.world;
    if (this.world.now > this.until) return;
    const sender = random.pick(this.#present);
    if (sender) this.#send(sender);
    this.world.after(random.between(0.4, 1.6) * (30 / this.plan.chat), () => this.#write());
  }

  #send(sender: Attendance): void {
    const { random } = this.world;
    const messageId = this.world.newId();
    const recipient = random.chance(0.12) ? random.pick(this.#present) : undefined;
    const whispers = recipient !== undefined && recipient !== sender;
    const file = !whispers && random.chance(0.06);
    const sent = this.world.do(Chat, sender.meetingId, sender.person, {
      ...{ type: 'SendMessage', meetingId: sender.meetingId, messageId, messageType: file ? 'file' : 'text' },
      ...{ senderParticipantId: sender.participantId!, senderName: sender.person.name },
      content: file ? '' : random.pick(whispers ? WHISPERS : LINES),
      ...(whispers && { recipientId: recipient.person.userId, recipientInMeeting: true }),
      ...(!whispers &&
        this.#lastMessage !== undefined &&
        random.chance(0.2) && { replyTo: this.#lastMessage }),
      ...(file && {
        file: { url: `/files/${messageId}`, name: 'figures.pdf', type: 'application/pdf', size: 184_320 },
      }),
      mayWrite: permissionsOf(sender.meeting, sender.person.userId).chat,
      moderates: false,
    });
    if (sent.length > 0 && !whispers) this.#lastMessage = messageId;
  }

  /** Somebody said something good. */
  #applaud(): void {
    const { random } = this.world;
    for (const one of random.shuffled(this.#present).slice(0, this.plan.reactions)) {
      this.world.after(random.between(0, 4), () => one.react(random.pick(REACTIONS)));
    }
    if (this.world.now < this.until) this.world.after(random.between(120, 420), () => this.#applaud());
  }

  /** Hands, cameras and weak connections. */
  #stir(): void {
    const { random } = this.world;
    if (this.world.now > this.until) return;
    const somebody = random.pick(this.#present);
    const what = random.next();
    if (somebody === undefined) return;
    if (what < 0.5) {
      somebody.set({ isHandRaised: true });
      this.world.after(random.between(10, 90), () => somebody.set({ isHandRaised: false }));
    } else if (what < 0.75) {
      somebody.set({ isVideoOn: false });
      somebody.close('camera');
    } else if (what < 0.9) {
      somebody.set({ isVideoOn: true });
      if (!somebody.producers.has('camera')) somebody.open('camera');
    } else if (somebody.person.userId !== this.plan.host) {
      somebody.loseConnection(random.between(2, 20), 15);
    }
    this.world.after(random.between(40, 240), () => this.#stir());
  }
}
