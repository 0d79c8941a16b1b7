import { setTimeout as sleep } from 'node:timers/promises';
import {
  Chat,
  DomainError,
  Meeting,
  Participant,
  type Principal,
  Recording,
  shownEvent,
  streamOf,
  upcast,
} from '#libs/domain';
import type { PersonalEventLog, Position, RecordedEvent, TypedEvent } from '#libs/event-log';
import type { Clock } from '../../../platform/clock.js';
import type { Logger } from '../../../platform/logger.js';
import type { RawMessage, RawSocket } from '../../../platform/raw-sockets/raw-socket.js';
import { internalRefusal, knownRefusal } from '../../../platform/refusal.js';
import { TokenBucket } from '../../../platform/token-bucket.js';
import { platformError } from '../../platform/platform-error.js';
import type { ReplayClock } from './replay-clock.js';
import { idOf, type MessageId, readMessage, readRequest } from './replay-messages.js';
import { advance, type PlayerCommand, type PlayerOutput, stoppedPlayer } from './replay-player.js';
import { ReplayScript } from './replay-script.js';

/** What was read of a meeting for one who may replay it. */
export interface LoadedMeeting {
  readonly meetingId: string;
  readonly principal: Principal;
  readonly requestId: string;
  /** As they are shown to this user. */
  readonly events: readonly TypedEvent[];
  /** Where the log ended when they were read: they are all up to there. */
  readonly head: Position;
  /** The last erasure of a user before they were read. */
  readonly erasure: string;
}

export interface ReplayParts {
  readonly log: Pick<PersonalEventLog, 'tail' | 'lastErasure'>;
  readonly replayClock: ReplayClock;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Messages of one connection: a hand on a slider sends fewer. */
const PER_SECOND = 50;
const BURST = 200;
/** Bytes that wait to be sent before no more are added. */
const HIGH_WATER = 256 * 1024;
/** Milliseconds before a log that could not be followed is followed again. */
const AGAIN_AFTER = 2000;

/** One replay: carries messages and time to the player, and what the player says to the socket. */
export class ReplaySession {
  private readonly script: ReplayScript;
  private readonly gone = new AbortController();
  private readonly bucket: TokenBucket;
  private player = stoppedPlayer;
  /** The step under way: one comes after the other, however long the socket takes. */
  private turn: Promise<void> = Promise.resolve();
  private isFollowing = false;
  private cancelWake?: () => void;

  constructor(
    private readonly socket: RawSocket<LoadedMeeting>,
    private readonly parts: ReplayParts,
  ) {
    this.script = new ReplayScript(socket.session.events);
    this.bucket = new TokenBucket(PER_SECOND, BURST, parts.replayClock.now());
  }

  /** Says what there is to replay, then listens. */
  begin(): void {
    const { events, at, live } = this.script;
    this.socket.once('disconnect', () => {
      this.gone.abort();
      this.cancelWake?.();
    });
    this.socket.send({
      type: 'ready',
      meetingId: this.socket.session.meetingId,
      events: events.length,
      firstTime: events[0]?.time ?? null,
      lastTime: events.at(-1)?.time ?? null,
      durationMs: this.script.offset(at.at(-1) ?? 0),
      live,
    });
    this.socket.serve(message => this.take(message));
  }

  private async take(message: RawMessage): Promise<void> {
    let id: MessageId | undefined;
    try {
      const now = this.parts.replayClock.now();
      if (!this.bucket.take(now)) {
        throw new DomainError('RATE_LIMIT_EXCEEDED', {
          limit: PER_SECOND,
          window: 1,
          retry_after: Math.ceil(this.bucket.waitSeconds(now)),
        });
      }
      const read = readMessage(message);
      id = idOf(read);
      const request = await readRequest(read);
      const command: PlayerCommand =
        request.type === 'seek'
          ? { ...this.script.placeOf(request.to, this.parts.clock.now()), type: 'seek', id }
          : request;
      await this.run(command);
      if (this.player.follow) this.follow();
    } catch (err) {
      const { requestId } = this.socket.session;
      const known = knownRefusal(err);
      if (!known) this.parts.logger.error({ err, reqId: requestId }, 'a message of a replay failed');
      const body = platformError(known ?? internalRefusal, requestId);
      await this.send({ type: 'error', ...(id !== undefined && { id }), ...body });
    }
  }

  /** Takes the player one step on, after the steps before. */
  private run(input: PlayerCommand | { readonly type: 'tick' }): Promise<void> {
    const step = this.turn.then(() => this.step(input));
    this.turn = step.catch((err: unknown) => {
      this.parts.logger.error({ err }, 'a replay failed');
      this.socket.close(1011, 'internal error');
    });
    return this.turn;
  }

  private async step(input: PlayerCommand | { readonly type: 'tick' }): Promise<void> {
    const { replayClock } = this.parts;
    this.cancelWake?.();
    const { player, outputs, wakeAt } = advance(this.script, this.player, input, replayClock.now());
    this.player = player;
    for (const output of outputs) await this.show(output);
    if (wakeAt === undefined || !this.socket.isOpen) return;
    const wait = Math.max(0, wakeAt - replayClock.now());
    this.cancelWake = replayClock.after(wait, () => void this.run({ type: 'tick' }));
  }

  private async show(output: PlayerOutput): Promise<void> {
    const { script, player } = this;
    if (output.type === 'events') {
      for (let index = output.from; index < output.to && this.socket.isOpen; index += 1) {
        const offsetMs = script.offset(script.at[index] ?? 0);
        await this.send({ type: 'event', index, offsetMs, event: script.events[index] });
      }
      return;
    }
    const { at, ...rest } = output;
    const place = { ...rest, time: new Date(at).toISOString(), offsetMs: script.offset(at) };
    const { playing, speed, maxGapMs, follow } = player;
    const pace = { speed, maxGapMs: Number.isFinite(maxGapMs) ? maxGapMs : null, follow };
    switch (output.type) {
      case 'playing':
      case 'paused':
        return this.send({ ...place, events: script.events.length, ...pace });
      case 'ended':
        return this.send({ ...place, live: script.live, following: playing && follow });
      case 'state':
        return this.send({ ...place, playing, state: script.stateAt(output.index) });
      case 'pong':
        return this.send(place);
    }
  }

  /** Ends where a user was erased since the events were read, whose texts may be among them. */
  endIfErased(): void {
    if (this.parts.log.lastErasure === this.socket.session.erasure) return;
    // 1012: it may be opened again, and shows what is left then.
    this.socket.close(1012, 'a user was erased: connect again');
  }

  /** Sends once what waits is little enough: a slow reader makes the replay slow, not the memory full. */
  private async send(message: object): Promise<void> {
    if (this.socket.bufferedAmount > HIGH_WATER) await this.socket.sent();
    this.endIfErased();
    this.socket.send(message);
  }

  /** Follows the log from now on, until the socket is closed. */
  private follow(): void {
    if (this.isFollowing) return;
    this.isFollowing = true;
    void this.takeInWhatComes();
  }

  private async takeInWhatComes(): Promise<void> {
    const { signal } = this.gone;
    const { meetingId, head } = this.socket.session;
    const streamPrefixes = [
      streamOf(Meeting, meetingId),
      streamOf(Chat, meetingId),
      // Which of these are the meeting's, their events say themselves.
      streamOf(Participant, ''),
      streamOf(Recording, ''),
    ];
    let after = head;
    while (!signal.aborted) {
      try {
        for await (const batch of this.parts.log.tail({ after, streamPrefixes, signal })) {
          after = batch.at(-1)?.position ?? after;
          const events = batch.flatMap(event => this.shownOf(event));
          if (events.length === 0) continue;
          this.script.append(events);
          await this.run({ type: 'tick' });
        }
      } catch (err) {
        if (!signal.aborted)
          this.parts.logger.warn({ err }, 'a replay could not follow the log; trying again');
      }
      await Promise.allSettled([sleep(AGAIN_AFTER, undefined, { signal })]);
    }
  }

  private shownOf(event: RecordedEvent): TypedEvent[] {
    const { meetingId, principal } = this.socket.session;
    if ((event.data as { meetingId?: unknown }).meetingId !== meetingId) return [];
    const shown = shownEvent(upcast(event), principal.userId);
    return shown ? [shown as unknown as TypedEvent] : [];
  }
}
