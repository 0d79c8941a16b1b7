/** What is allowed in a meeting, as far as deeds change it. */
export interface Allowed {
  maxParticipants: number;
  waitingRoomEnabled: boolean;
  locked: boolean;
  anonymousJoinAllowed: boolean;
  blockedUsers: readonly string[];
  chatPermission: string;
  screenSharePermission: string;
  cameraDisabled: boolean;
  muteOnEntry: boolean;
}

export const DEEDS = [
  ...(['join', 'leave', 'remove', 'admit', 'deny', 'make', 'allow', 'end'] as const),
  ...(['open rooms', 'send', 'bring back', 'spread', 'close rooms', 'broadcast'] as const),
  ...(['turn on', 'turn off', 'quieten', 'unmute', 'write', 'react'] as const),
] as const;
/** How the log fails at a deed: it never hears of it, or does it and does not say so. */
export type Fault = 'lost' | 'unanswered';

export interface DeedFields {
  readonly who: string;
  readonly does: (typeof DEEDS)[number];
  /** To whom it is done; absent in `admit` and `deny`: all. */
  readonly whom?: string;
  /** The role; what is turned on or off; the place of a breakout room among those that are open. */
  readonly what?: string;
  readonly policy?: Partial<Allowed>;
  readonly rooms?: {
    readonly capacities: readonly (number | undefined)[];
    readonly auto: boolean;
    readonly mayChoose: boolean;
    readonly mayReturn: boolean;
  };
  readonly fault?: Fault;
}

/** Something that somebody tries in a meeting; as a text, what a counterexample shows. */
export class Deed {
  declare readonly who: DeedFields['who'];
  declare readonly does: DeedFields['does'];
  declare readonly whom?: DeedFields['whom'];
  declare readonly what?: DeedFields['what'];
  declare readonly policy?: DeedFields['policy'];
  declare readonly rooms?: DeedFields['rooms'];
  declare readonly fault?: DeedFields['fault'];

  constructor(fields: DeedFields) {
    Object.assign(this, fields);
  }

  with(more: Partial<DeedFields>): Deed {
    return new Deed({ ...this, ...more });
  }

  toString(): string {
    const { who, does, whom, what, policy, rooms, fault } = this;
    const objects = [policy, rooms].filter(one => one !== undefined).map(one => JSON.stringify(one));
    const said = [`${who}:`, does, whom, what, ...objects, fault && `(${fault})`];
    return said.filter(word => word !== undefined).join(' ');
  }
}

export const USERS = ['ada', 'grace', 'linus', 'ken', 'guest'] as const;
