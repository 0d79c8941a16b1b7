import type { MeetingApi } from './meeting-api.js';
import type { Ask, WaitingUser } from './protocol.js';
import type { LocalAction } from './reduce-meeting.js';
import { hasCode } from './service-error.js';

/** What host and co-hosts do at the door: who waits, who is let in, who may come back. */
export class Doorkeeper {
  constructor(
    private readonly ask: Ask,
    private readonly api: Pick<MeetingApi, 'waiting' | 'admit' | 'admitAll'>,
    private readonly dispatch: (action: LocalAction) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Lets one in who waits, or sends them away. */
  async answer({ user_id, display_name }: WaitingUser, admit: boolean): Promise<void> {
    try {
      await this.ask(admit ? 'admit_participant' : 'deny_participant', { user_id });
      this.dispatch(
        admit
          ? { type: 'no_longer_waiting', userId: user_id }
          : { type: 'turned_away', user: { user_id, display_name } },
      );
    } catch (error) {
      this.failed(error);
      // They went, or another answered: the question is settled.
      if (hasCode(error, 'PARTICIPANT_NOT_FOUND'))
        this.dispatch({ type: 'no_longer_waiting', userId: user_id });
    }
  }

  async admitAll(waiting: readonly WaitingUser[]): Promise<void> {
    try {
      await this.api.admitAll();
      for (const { user_id } of waiting) this.dispatch({ type: 'no_longer_waiting', userId: user_id });
    } catch (error) {
      this.failed(error);
    }
  }

  /** Lets one join again who was sent away. */
  async letBack(userId: string): Promise<void> {
    try {
      await this.api.admit(userId);
    } catch (error) {
      // Nothing keeps them out any more: somebody else let them back, or they were unblocked.
      if (!hasCode(error, 'PARTICIPANT_NOT_FOUND')) return this.failed(error);
    }
    this.dispatch({ type: 'let_back', userId });
  }

  /** Pushes tell moderators who comes to wait; who waited before one became a moderator has to be asked for. */
  async learnWhoWaits(): Promise<void> {
    try {
      this.dispatch({ type: 'waiting_known', waiting: await this.api.waiting() });
    } catch (error) {
      console.warn('Who waits cannot be learnt', error);
    }
  }
}
