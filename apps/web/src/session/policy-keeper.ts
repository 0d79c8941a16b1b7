import type { MeetingApi } from './meeting-api.js';
import {
  type Asked,
  NO_POLICY,
  notRead,
  opened,
  type PolicyState,
  wasAsked,
  wasRead,
  wasRefused,
  wasSaved,
} from './policy-state.js';
import type { ListField, PolicyChanges, PolicyField, SecurityPolicy } from './security-policy.js';
import { Store } from './store.js';

/** A change to a list: others may have changed it, too, so it is done to the list as it is then. */
export type ListEdit = (list: readonly string[]) => readonly string[];

/** Each item stands in it once. */
export const adding =
  (...items: readonly string[]): ListEdit =>
  list => [...new Set([...list, ...items])];
export const dropping =
  (item: string): ListEdit =>
  list =>
    list.filter(other => other !== item);

/** Reads and changes what is allowed in the meeting: one request after the other, so that the last word is the user's last. */
export class PolicyKeeper {
  readonly state = new Store<PolicyState>(NO_POLICY);
  readonly #api: Pick<MeetingApi, 'policy' | 'applyPolicy'>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(api: Pick<MeetingApi, 'policy' | 'applyPolicy'>) {
    this.#api = api;
  }

  /** Somebody is going to look at it: without the problems of last time. */
  async open(): Promise<void> {
    this.state.update(opened);
    await this.refresh();
  }

  /** Reads the policy anew. Never throws: the state says where it could not be read. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        const policy = await this.#api.policy();
        this.state.update(state => wasRead(state, policy));
      } catch (error) {
        this.state.update(state => notRead(state, error));
      }
    });
  }

  /** Changes these fields and no others. Answers the error where it was refused; the state has it beside the field, too. */
  change(changes: PolicyChanges): Promise<unknown> {
    const { password, ...rest } = changes;
    // What is typed stays in its field until it is saved.
    const ahead = password === undefined ? rest : {};
    const fields = Object.keys(rest) as PolicyField[];
    return this.#save({ fields, ahead }, async () => ({ changes }));
  }

  /** Changes a list as it is when the server is asked, not as it was when the dialog was opened. Answers as `change`. */
  edit(field: ListField, edit: ListEdit): Promise<unknown> {
    return this.#save({ fields: [field], ahead: {} }, async () => {
      const base = await this.#api.policy();
      return { changes: { [field]: edit(base[field]) }, base };
    });
  }

  #save(
    asked: Asked,
    prepare: () => Promise<{ readonly changes: PolicyChanges; readonly base?: SecurityPolicy }>,
  ): Promise<unknown> {
    this.state.update(state => wasAsked(state, asked));
    return this.#inTurn(async () => {
      try {
        const { changes, base } = await prepare();
        await this.#api.applyPolicy(changes);
        this.state.update(state => wasSaved(state, asked, changes, base));
        return undefined;
      } catch (error) {
        this.state.update(state => wasRefused(state, asked, error));
        return error;
      }
    });
  }

  /** @param act never throws */
  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(act);
    this.#last = done;
    return done;
  }
}
