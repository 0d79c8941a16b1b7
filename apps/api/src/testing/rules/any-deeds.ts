import fc from 'fast-check';
import { Deed, type DeedFields, type Fault, USERS } from './deed.js';

const anybody = fc.constantFrom(...USERS);
const permission = fc.constantFrom('all', 'host', 'none');

type Arguments = Omit<DeedFields, 'who' | 'does' | 'fault'>;
/** Nothing so many times as often as something. */
const orNothing = <T>(times: number, some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: some });
const maybeTo = (times: number) =>
  orNothing(times, anybody).map((whom): Arguments => ({ ...(whom && { whom }) }));
const toWhom = anybody.map((whom): Arguments => ({ whom }));
const nothing = fc.constant<Arguments>({});
const anyPolicy = fc
  .oneof(
    fc.boolean().map(locked => ({ locked })),
    fc.boolean().map(waitingRoomEnabled => ({ waitingRoomEnabled })),
    fc.integer({ min: 1, max: 5 }).map(maxParticipants => ({ maxParticipants })),
    fc.boolean().map(anonymousJoinAllowed => ({ anonymousJoinAllowed })),
    fc.subarray([...USERS], { maxLength: 2 }).map(blockedUsers => ({ blockedUsers })),
    permission.map(chatPermission => ({ chatPermission })),
    permission.map(screenSharePermission => ({ screenSharePermission })),
    fc.boolean().map(cameraDisabled => ({ cameraDisabled })),
    fc.boolean().map(muteOnEntry => ({ muteOnEntry })),
  )
  .map((policy): Arguments => ({ policy }));
const anyRooms = fc
  .record(
    {
      capacities: fc.array(fc.constantFrom(undefined, 1, 2), { minLength: 1, maxLength: 3 }),
      auto: fc.boolean(),
      mayChoose: fc.boolean(),
      mayReturn: fc.boolean(),
    },
    { noNullPrototype: true },
  )
  .map((rooms): Arguments => ({ rooms }));
const device = fc.constantFrom('microphone', 'camera', 'screen', 'hand').map((what): Arguments => ({ what }));

const ARGUMENTS: readonly (readonly [number, DeedFields['does'], fc.Arbitrary<Arguments>])[] = [
  [12, 'join', nothing],
  [3, 'leave', nothing],
  [2, 'remove', toWhom],
  [4, 'admit', maybeTo(1)],
  [2, 'deny', maybeTo(1)],
  [
    5,
    'make',
    fc
      .tuple(anybody, fc.constantFrom('co-host', 'attendee', 'viewer', 'host', 'host'))
      .map(([whom, what]): Arguments => ({ whom, what })),
  ],
  [8, 'allow', anyPolicy],
  [4, 'open rooms', anyRooms],
  [
    8,
    'send',
    fc.tuple(anybody, fc.constantFrom('0', '1', '2')).map(([whom, what]): Arguments => ({ whom, what })),
  ],
  [3, 'bring back', toWhom],
  [2, 'spread', nothing],
  [1, 'close rooms', nothing],
  [1, 'broadcast', nothing],
  [6, 'turn on', device],
  [2, 'turn off', device],
  [2, 'quieten', toWhom],
  [1, 'unmute', toWhom],
  [4, 'write', maybeTo(1)],
  [1, 'react', nothing],
  [1, 'end', nothing],
];
/** The host more often than others, so that things go forward as well as wrong; and many times about oneself. */
const anyone = fc.oneof(
  { weight: 4, arbitrary: fc.constant('ada') },
  { weight: 5, arbitrary: anybody },
  { weight: 1, arbitrary: fc.constant('root') },
);
const anyDeed = fc.oneof(
  ...ARGUMENTS.map(([weight, does, some]) => ({
    weight,
    arbitrary: fc
      .tuple(anyone, some, fc.boolean(), orNothing(9, fc.constantFrom<Fault>('lost', 'unanswered')))
      .map(([who, more, own, fault]) => {
        const self = own && (does === 'send' || does === 'bring back') && { whom: who };
        return new Deed({ who, does, ...more, ...self, ...(fault && { fault }) });
      }),
  })),
);
/** Deeds that are done at the same time, and such groups one after the other; nearly everybody comes first. */
export const anyDeeds: fc.Arbitrary<readonly (readonly Deed[])[]> = fc
  .tuple(
    fc.shuffledSubarray([...USERS], { minLength: 3 }),
    fc.array(fc.array(anyDeed, { minLength: 1, maxLength: 6, size: 'max' }), { maxLength: 9, size: 'max' }),
  )
  .map(([coming, rest]) => [coming.map(who => new Deed({ who, does: 'join' })), ...rest]);
