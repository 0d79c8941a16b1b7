import { Meeting, type MediaSource, Recording, SOURCE_KINDS, SYSTEM } from '#libs/domain';
import type { Attendance } from './attendance.js';
import type { RecordingFate } from './meeting-plan.js';
import type { World } from './world.js';

const CODECS = {
  audio: { mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 100 },
  video: { mimeType: 'video/VP8', clockRate: 90_000, payloadType: 101 },
} as const;

/** One recording, from its start to its film or its failure. */
export class RecordingCourse {
  readonly #recordingId: string;

  constructor(
    private readonly world: World,
    private readonly meetingId: string,
    private readonly fate: RecordingFate,
    present: readonly Attendance[],
  ) {
    this.#recordingId = world.newId();
    const { hostUserId, hostName, title } = this.#meeting;
    const host = { userId: hostUserId, name: hostName, roles: [] };
    const startedAt = new Date(world.now).toISOString();
    world.do(Meeting, meetingId, host, { type: 'StartRecording', recordingId: this.#recordingId });
    world.do(Recording, this.#recordingId, SYSTEM, {
      ...{ type: 'CreateRecording', recordingId: this.#recordingId, meetingId, title },
      ...{ startedBy: hostUserId, startedAt },
    });
    world.after(0.4, () => this.#capture(present));
    // The recorder dies, and another one takes over.
    if (fate === 'recorder-died') world.after(600, () => this.#capture(present));
  }

  get #meeting() {
    return this.world.state(Meeting, this.meetingId);
  }

  /** Takes in one more track. */
  take(of: Attendance, source: MediaSource, producerId: string): void {
    const { attempt } = this.world.state(Recording, this.#recordingId);
    if (attempt === 0 || of.participantId === undefined) return;
    const kind = SOURCE_KINDS[source];
    const track = {
      ...{ trackId: `${attempt}-${producerId}`, attempt, participantId: of.participantId, producerId },
      ...{ kind, source, ...CODECS[kind], ssrc: Math.floor(this.world.random.between(1, 2 ** 31)) },
    };
    this.world.do(Recording, this.#recordingId, SYSTEM, { type: 'AddTrack', track });
  }

  /** Follows the meeting's recording to its end, and composes what there is. */
  stopped(by: string): void {
    const { world } = this;
    const { startedAt } = world.state(Recording, this.#recordingId);
    const stoppedAt = new Date(world.now).toISOString();
    world.do(Recording, this.#recordingId, SYSTEM, { type: 'StopCapture', stoppedBy: by, stoppedAt });
    const durationSeconds = Math.round((world.now - Date.parse(startedAt ?? stoppedAt)) / 100) / 10;
    const step = Math.max(2, durationSeconds / 40);
    const percents = this.fate === 'failed' ? [12, 25] : [11, 24, 38, 52, 67, 81, 94];
    percents.forEach((percent, index) =>
      world.after(step * (index + 1), () =>
        world.do(Recording, this.#recordingId, SYSTEM, { type: 'ReportProgress', percent }),
      ),
    );
    world.after(step * (percents.length + 1), () =>
      this.fate === 'failed'
        ? world.do(Recording, this.#recordingId, SYSTEM, {
            type: 'FailRecording',
            reason: 'The disk of the recorder is full.',
          })
        : world.do(Recording, this.#recordingId, SYSTEM, {
            ...{ type: 'CompleteRecording', durationSeconds, width: 1280, height: 720 },
            fileSizeBytes: Math.round(durationSeconds * world.random.between(90_000, 140_000)),
          }),
    );
  }

  #capture(present: readonly Attendance[]): void {
    const port = Math.floor(this.world.random.between(45_000, 46_000));
    const began = this.world.do(Recording, this.#recordingId, SYSTEM, {
      ...{ type: 'BeginCapture', recorderId: this.world.newId(), ip: '127.0.0.1', port },
    });
    if (began.length === 0) return;
    for (const one of present) {
      if (!one.present) continue;
      for (const [source, producerId] of one.producers) this.take(one, source, producerId);
    }
  }
}
