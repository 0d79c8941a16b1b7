import { Meeting, type Principal, SYSTEM } from '#libs/domain';
import type { Attendance } from './attendance.js';
import type { BreakoutPlan } from './meeting-plan.js';
import type { World } from './world.js';

/** How long before their end it is announced, in seconds. */
const WARNING = 60;

/** The breakout rooms of one meeting: opened, filled evenly, changed and left by a few, closed by the host or by the clock. */
export const breakoutCourse = (
  world: World,
  meetingId: string,
  host: Principal,
  guests: readonly Attendance[],
  plan: BreakoutPlan,
): void => {
  const command = (by: Principal, what: object) => world.do(Meeting, meetingId, by, what as never);
  const rooms = plan.rooms.map(name => ({
    ...{ roomId: world.newId(), name, allowChat: true, allowScreenShare: true },
    ...(plan.capacity && { capacity: plan.capacity }),
  }));
  command(host, {
    ...{ type: 'OpenBreakoutRooms', rooms, autoAssign: true },
    ...{ participantsMayChoose: true, participantsMayReturn: true },
    ...(plan.timeLimit && { timeLimitMinutes: plan.timeLimit }),
  });
  const [one, another] = guests.filter(({ present }) => present);
  const go = (whom: Attendance | undefined, by: Principal | undefined, room: number): void => {
    if (!whom?.present || !by) return;
    command(by, { type: 'AssignBreakoutRoom', userId: whom.person.userId, roomId: rooms[room]!.roomId });
  };
  world.after(70, () => go(one, one?.person, rooms.length - 1));
  world.after(95, () => go(another, host, 0));
  world.after(180, () => {
    if (one?.present) command(one.person, { type: 'ReturnFromBreakoutRoom', userId: one.person.userId });
  });
  // Whoever came late, or came back from elsewhere.
  world.after(200, () => command(host, { type: 'AutoAssignBreakoutRooms' }));

  const closesAt = world.state(Meeting, meetingId).breakout?.closesAt;
  if (closesAt === undefined) {
    world.after(9 * 60, () => command(host, { type: 'CloseBreakoutRooms' }));
    return;
  }
  world.at(Date.parse(closesAt) - WARNING * 1000, () =>
    command(SYSTEM, { type: 'AnnounceBreakoutRoomsClose', closesAt }),
  );
  world.at(Date.parse(closesAt), () => command(SYSTEM, { type: 'CloseBreakoutRooms', closesAt }));
};
