import { deviceType } from './device-type.js';
import { Doorkeeper } from './doorkeeper.js';
import { explainError } from './explain-error.js';
import { canShareScreen } from './capture.js';
import type { LocalMedia } from './local-media.js';
import { MediaLink } from './media-link.js';
import type { MeetingApi } from './meeting-api.js';
import { initialMeeting, mayModerate, selfOf, type MeetingState } from './meeting-state.js';
import { OwnDevices } from './own-devices.js';
import { ownTracks } from './own-tracks.js';
import { PolicyKeeper } from './policy-keeper.js';
import type { Ask, Participant, Push, RemoteProducer } from './protocol.js';
import { ReactionTimers } from './reaction-timers.js';
import { reduceMeeting, type MeetingAction } from './reduce-meeting.js';
import type { RemoteTrack, RemoteTrackStats } from './remote-track.js';
import { hasCode, isPassing, readServiceError, ServiceError } from './service-error.js';
import type { SignallingClient } from './signalling-client.js';
import { SpeakingWatch } from './speaking-watch.js';
import { Store } from './store.js';

export interface MeetingSessionOptions {
  readonly signalling: SignallingClient;
  readonly local: LocalMedia;
  readonly api: MeetingApi;
  readonly meetingId: string;
  readonly displayName: string;
  readonly password?: string;
  /** performance.now() of the moment in which the user asked to join. */
  readonly joinedAt: number;
}

const REJOIN_MS = 1_500;
const OVER_CODES = [
  'MEETING_ENDED',
  'MEETING_NOT_FOUND',
  'MEETING_LOCKED',
  'INVALID_PASSWORD',
  'MEETING_FULL',
  'MAX_PARTICIPANTS_REACHED',
];

/** One participant's part in one meeting, from joining to leaving: what the meeting is like, and what can be done in it. */
export class MeetingSession {
  readonly meeting: Store<MeetingState>;
  readonly remote = new Store<readonly RemoteTrack[]>([]);
  /** Whether the browser holds the sound back until the user touches the page. */
  readonly soundBlocked = new Store(false);
  readonly local: LocalMedia;
  /** The commands of host and participants that go over REST. */
  readonly api: MeetingApi;
  readonly door: Doorkeeper;
  /** What is allowed, for moderators. */
  readonly policy: PolicyKeeper;
  readonly joinedAt: number;
  /** performance.now() when the first picture of another participant was decoded. */
  firstFrameAt: number | undefined;
  readonly #options: MeetingSessionOptions;
  readonly #media: MediaLink;
  readonly #devices: OwnDevices;
  readonly #speaking: SpeakingWatch;
  readonly #reactions = new ReactionTimers(id => this.#dispatch({ type: 'reaction_over', id }));
  readonly #unsubscribe: (() => void)[] = [];
  #timesJoined = 0;
  #rejoin: ReturnType<typeof setTimeout> | undefined;

  constructor(options: MeetingSessionOptions) {
    this.#options = options;
    this.local = options.local;
    this.api = options.api;
    this.door = new Doorkeeper(
      this.ask,
      this.api,
      action => this.#dispatch(action),
      error => this.#report(error),
    );
    this.policy = new PolicyKeeper(this.api);
    this.joinedAt = options.joinedAt;
    this.meeting = new Store(initialMeeting(options.meetingId));
    this.#devices = new OwnDevices({
      ask: this.ask,
      local: this.local,
      tell: (text, tone) => this.notify(text, tone),
      failed: error => this.#report(error),
    });
    this.#media = new MediaLink({
      ask: this.ask,
      remote: this.remote,
      tracks: () => ownTracks(this.local.state.get(), this.meeting.get().permissions),
      producers: () => this.#foreignProducers(),
      changed: media => this.#dispatch({ type: 'media', media }),
      unsupported: error => this.notify(explainError(error), 'problem'),
      publishFailed: (source, error) => {
        console.warn(`Sending the ${source} failed`, error);
        if (!hasCode(error, 'DISCONNECTED'))
          this.notify(`Your ${source} could not be sent: ${explainError(error)}`, 'problem');
      },
    });
    this.#speaking = new SpeakingWatch({
      remote: () => this.#media.session?.subscriber.levels() ?? new Map(),
      own: () => this.#ownVoice(),
    });
  }

  /** Who is heard right now, by participant id. */
  get speakers(): Store<ReadonlySet<string>> {
    return this.#speaking.speakers;
  }

  /** `connected` once in the meeting with media negotiated; `waiting`, `connecting`, `reconnecting` and `closed` else. */
  get connectionState(): string {
    const { phase, link, media } = this.meeting.get();
    if (phase === 'waiting' || phase === 'joining') return phase === 'waiting' ? 'waiting' : 'connecting';
    if (phase !== 'joined') return 'closed';
    if (link === 'reconnecting' || media === 'interrupted') return 'reconnecting';
    return media === 'ready' ? 'connected' : 'connecting';
  }

  /** Takes the seat, or a place in the waiting room. The signalling connection must be open. */
  async join(): Promise<void> {
    const { signalling } = this.#options;
    signalling.listen({ push: push => this.#pushed(push) });
    try {
      await this.#join();
    } catch (error) {
      this.#media.stop();
      throw error;
    }
    signalling.listen({
      push: push => this.#pushed(push),
      connected: () => void this.#joinAgain(),
      disconnected: () => this.#dispatch({ type: 'link', link: 'reconnecting' }),
      refused: error => this.#end({ type: 'failed', failure: explainError(error) }),
    });
    if (!signalling.connected) this.#dispatch({ type: 'link', link: 'reconnecting' });
    this.#speaking.start();
    this.#unsubscribe.push(this.local.state.subscribe(() => this.#localChanged()));
    this.#localChanged();
  }

  async leave(): Promise<void> {
    // First of all, since the page may be closing.
    const told = this.ask('leave_meeting', {});
    this.#end({ type: 'left' }, false);
    try {
      await told;
    } catch (error) {
      // The seat falls free by itself a little later.
      console.warn('The server did not hear that we left', error);
    } finally {
      this.#options.signalling.close();
    }
  }

  /** Shows or plays a received track: lets it flow. */
  async resume(consumerId: string): Promise<void> {
    await this.#guard(this.#media.session?.subscriber.resume(consumerId));
  }

  async pause(consumerId: string): Promise<void> {
    await this.#guard(this.#media.session?.subscriber.pause(consumerId));
  }

  async preferLayer(consumerId: string, spatialLayer: number): Promise<void> {
    await this.#guard(this.#media.session?.subscriber.preferLayer(consumerId, spatialLayer));
  }

  /** What the browser reports about every received track. */
  async getStats(): Promise<RemoteTrackStats[]> {
    return (await this.#media.session?.subscriber.stats()) ?? [];
  }

  frameShown(): void {
    this.firstFrameAt ??= performance.now();
  }

  notify(text: string, tone: 'info' | 'problem' = 'info'): void {
    this.#dispatch({ type: 'notice', text, tone });
  }

  dismissNotice(id: number): void {
    this.#dispatch({ type: 'notice_dismissed', id });
  }

  /** Emits a message about this meeting; throws a `ServiceError` when it is refused. */
  readonly ask: Ask = (name, request) =>
    this.#options.signalling.request(name, { ...request, meeting_id: this.#options.meetingId });

  /** Does something, and tells the user where it is refused. Answers whether it worked. */
  async attempt(action: Promise<unknown>): Promise<boolean> {
    try {
      await action;
      return true;
    } catch (error) {
      this.#report(error);
      return false;
    }
  }

  async #join(): Promise<void> {
    const { displayName, password } = this.#options;
    const joinedBefore = this.#timesJoined;
    const answer = await this.ask('join_meeting', {
      user_info: { display_name: displayName, device_type: deviceType() },
      capabilities: { video: true, audio: true, screen_share: canShareScreen() },
      ...(password && { password }),
      ...this.#devices.wanted(),
    });
    if ('waiting' in answer) this.#dispatch({ type: 'waiting' });
    // The push is ahead of the acknowledgement, and news may have come between the two: it alone counts, where it came.
    else if (this.#timesJoined === joinedBefore) this.#pushed({ type: 'meeting_joined', payload: answer });
  }

  async #joinAgain(): Promise<void> {
    clearTimeout(this.#rejoin);
    try {
      await this.#join();
      this.#dispatch({ type: 'link', link: 'connected' });
    } catch (error) {
      if (hasCode(error, 'MEETING_ENDED'))
        this.#end({ type: 'meeting_ended', payload: { meeting_id: '', ended_at: '' } });
      else if (hasCode(error, 'JOIN_DENIED')) this.#end({ type: 'join_denied', payload: { meeting_id: '' } });
      else if (hasCode(error, ...OVER_CODES)) this.#end({ type: 'failed', failure: explainError(error) });
      else if (!hasCode(error, 'DISCONNECTED')) {
        if (!isPassing(error)) console.warn('Joining again failed', error);
        this.#rejoin = setTimeout(() => void this.#joinAgain(), REJOIN_MS);
      }
    }
  }

  #pushed(push: Push): void {
    const before = this.meeting.get();
    this.#dispatch(push);
    switch (push.type) {
      case 'meeting_joined':
        this.#timesJoined += 1;
        this.#devices.joined(selfOf(this.meeting.get()), this.#timesJoined === 1);
        this.#media.start();
        break;
      case 'participant_updated':
        if (push.payload.participant_id === before.selfId) this.#selfUpdated(before, push.payload);
        break;
      case 'permissions_updated':
        if (!push.payload.permissions.screen_share) this.#devices.stopScreen();
        this.#media.update();
        break;
      case 'meeting_updated':
        if (mayModerate(before)) void this.policy.refresh();
        break;
      case 'reaction':
        this.#reactions.start(before.nextId, push.payload);
        break;
      case 'producer_closed':
        if (push.payload.participant_id === before.selfId) this.#media.lost(push.payload.producer_id);
        this.#media.update();
        break;
      case 'breakout_room_changed':
      case 'new_producer':
      case 'participant_left':
        this.#media.update();
        break;
      case 'media_restarted':
        this.#media.start();
        break;
      case 'error':
        this.#refused(push.payload);
        break;
      default:
    }
    const { phase } = this.meeting.get();
    if (phase !== 'joined' && phase !== 'joining' && phase !== 'waiting') this.#close();
  }

  #selfUpdated(before: MeetingState, now: Participant): void {
    this.#devices.observed(selfOf(before), now);
    if (mayModerate(this.meeting.get()) && !mayModerate(before)) void this.door.learnWhoWaits();
  }

  /** A refusal that answers no request: while waiting, that of being let in. */
  #refused(payload: unknown): void {
    const failure = explainError(readServiceError(payload));
    if (this.meeting.get().phase === 'waiting') this.#end({ type: 'failed', failure });
    else this.notify(failure, 'problem');
  }

  #localChanged(): void {
    if (this.meeting.get().phase !== 'joined') return;
    this.#devices.sync();
    this.#media.update();
  }

  #foreignProducers(): readonly RemoteProducer[] {
    const { producers, selfId } = this.meeting.get();
    return producers.filter(({ participant_id }) => participant_id !== selfId);
  }

  #ownVoice() {
    const { microphone, microphoneOn } = this.local.state.get();
    const { phase, selfId } = this.meeting.get();
    return phase === 'joined' && microphone && microphoneOn
      ? { participantId: selfId, track: microphone }
      : undefined;
  }

  /** Media requests that lost a race against a renegotiation are of no interest to people. */
  async #guard(action: Promise<void> | undefined): Promise<void> {
    try {
      await action;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { code } = error;
      if (code !== 'DISCONNECTED' && code !== 'CONSUMER_NOT_FOUND')
        console.warn('A media request was refused', code);
    }
  }

  #report(error: unknown): void {
    if (error instanceof Error && error.name === 'NotAllowedError') return;
    this.notify(explainError(error), 'problem');
  }

  #dispatch(action: MeetingAction): void {
    this.meeting.update(state => reduceMeeting(state, action));
  }

  #end(action: MeetingAction, closeSignalling = true): void {
    this.#dispatch(action);
    this.#close(closeSignalling);
  }

  #close(closeSignalling = true): void {
    clearTimeout(this.#rejoin);
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    this.#reactions.close();
    this.#devices.close();
    this.#speaking.close();
    this.#media.stop();
    this.local.close();
    if (closeSignalling) this.#options.signalling.close();
  }
}
