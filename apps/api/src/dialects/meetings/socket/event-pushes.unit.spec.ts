import { describe, expect, it } from '@jest/globals';
import {
  assigned,
  AT,
  Course,
  joined,
  opened,
  reacted,
  running,
  said,
  started,
  types,
} from './told-course-for-tests.js';

describe('what is told of an event', () => {
  it('has the fields of the document and the position of the event', () => {
    const [toAda] = running().happen('ChatMessageSent', said('grace'));
    expect(toAda).toEqual({
      type: 'chat',
      meeting_id: 'm',
      user_id: 'grace',
      data: {
        message_id: 'c1',
        sender_id: 'grace',
        sender_name: 'GRACE',
        content: 'Hello everyone!',
        message_type: 'text',
        is_private: false,
        timestamp: AT,
      },
      timestamp: AT,
      position: 9,
    });
  });

  it.each<[string, object, string, string, object]>([
    [
      'ParticipantSeated',
      {
        participantId: 'p-grace',
        userId: 'grace',
        deviceType: 'phone',
        isMuted: false,
        isVideoOn: false,
        seatedAt: AT,
      },
      'join',
      'grace',
      {
        user_id: 'grace',
        user_role: 'attendee',
        device_info: { device_type: 'phone', browser_info: null },
        joined_at: AT,
        participant_id: 'p-grace',
        user_name: 'GRACE',
        is_muted: false,
        is_video_enabled: false,
      },
    ],
    [
      'ParticipantLeft',
      { participantId: 'p-grace', userId: 'grace', reason: 'removed', leftAt: AT },
      'leave',
      'grace',
      { user_id: 'grace', participant_id: 'p-grace', reason: 'removed', left_at: AT },
    ],
    [
      'AudioUnmuted',
      { participantId: 'p-grace', by: 'grace', at: AT },
      'participant_update',
      'grace',
      {
        participant_id: 'p-grace',
        is_muted: false,
        is_video_enabled: true,
        is_screen_sharing: false,
        is_hand_raised: false,
        changed_by: 'grace',
      },
    ],
    [
      'HandRaised',
      { participantId: 'p-grace', by: 'grace', at: AT },
      'hand_raise',
      'grace',
      { participant_id: 'p-grace', is_hand_raised: true, changed_by: 'grace' },
    ],
    [
      'ReactionSent',
      reacted('grace'),
      'reaction',
      'grace',
      { participant_id: 'p-grace', reaction_type: 'thumbs_up', duration: 3 },
    ],
    [
      'ParticipantRoleChanged',
      { participantId: 'p-grace', userId: 'grace', role: 'co-host', changedBy: 'ada', changedAt: AT },
      'role_change',
      'grace',
      { user_id: 'grace', participant_id: 'p-grace', role: 'co-host', changed_by: 'ada' },
    ],
    [
      'HostChanged',
      { previousHostUserId: 'ada', hostUserId: 'grace', hostName: 'GRACE', changedBy: 'ada', changedAt: AT },
      'host_change',
      'grace',
      { host_id: 'grace', host_name: 'GRACE', previous_host_id: 'ada', changed_by: 'ada' },
    ],
    [
      'MeetingRecordingStarted',
      { recordingId: 'r', startedBy: 'ada', startedAt: AT },
      'recording_started',
      'ada',
      { recording_id: 'r', started_by: 'ada', started_at: AT },
    ],
    [
      'MeetingRecordingStopped',
      { recordingId: 'r', stoppedBy: 'ada', stoppedAt: AT },
      'recording_stopped',
      'ada',
      { recording_id: 'r', stopped_by: 'ada', stopped_at: AT },
    ],
    [
      opened.type,
      opened.data,
      'breakout_rooms_opened',
      'ada',
      {
        rooms: [
          {
            room_id: 'r1',
            name: 'One',
            description: null,
            capacity: null,
            settings: { allow_chat: true, allow_screen_share: false },
          },
        ],
        allow_participants_to_choose: true,
        allow_participants_to_return: false,
        time_limit_minutes: 30,
        closes_at: AT,
        opened_by: 'ada',
      },
    ],
    [
      'BreakoutRoomAssigned',
      assigned('grace', 'r1').data,
      'breakout_room_assigned',
      'grace',
      {
        participant_user_id: 'grace',
        participant_id: 'p-grace',
        breakout_room_id: 'r1',
        assignment_type: 'manual',
        assigned_by: 'ada',
      },
    ],
    [
      'BreakoutRoomLeft',
      { participantId: 'p-grace', userId: 'grace', roomId: 'r1', leftBy: 'grace', leftAt: AT },
      'breakout_room_left',
      'grace',
      { participant_user_id: 'grace', participant_id: 'p-grace', breakout_room_id: 'r1', left_by: 'grace' },
    ],
    [
      'BreakoutRoomsCloseAnnounced',
      { closesAt: AT, announcedAt: AT },
      'breakout_rooms_closing',
      'system',
      { closes_at: AT },
    ],
    [
      'BreakoutRoomsClosed',
      { reason: 'time-limit', closedBy: 'system', closedAt: AT },
      'breakout_rooms_closed',
      'system',
      { reason: 'time-limit', closed_by: 'system', closed_at: AT },
    ],
    ['MediaPlaced', { mediaWorkerId: 'w2', replaces: 'w1', placedAt: AT }, 'media_restarted', 'system', {}],
  ])('%s: all who are in, and nobody else', (type, data, message, userId, view) => {
    const [toAda, toGrace, toEdsger, toEve] = running().happen(type, data);
    expect(toAda).toEqual({
      type: message,
      meeting_id: 'm',
      user_id: userId,
      data: view,
      timestamp: AT,
      position: 9,
    });
    expect([toGrace, toEdsger, toEve]).toEqual([toAda, toAda, undefined]);
  });

  it('a private message: the two who are in it', () =>
    expect(types(running().happen('ChatMessageSent', said('grace', { recipientId: 'edsger' })))).toEqual([
      undefined,
      'chat',
      'chat',
      undefined,
    ]));

  it('a message from a breakout room: those who are there, and whoever wrote it', () => {
    const course = running();
    course.happen(opened.type, opened.data);
    course.happen('BreakoutRoomAssigned', assigned('grace', 'r1').data);
    const inRoom = said('grace', { breakoutRoomId: 'r1' });
    expect(types(course.happen('ChatMessageSent', inRoom))).toEqual([
      undefined,
      'chat',
      undefined,
      undefined,
    ]);
    expect(types(course.happen('ChatMessageSent', said('ada')))).toEqual([
      'chat',
      undefined,
      'chat',
      undefined,
    ]);
    course.happen('BreakoutRoomAssigned', assigned('edsger', 'r1').data);
    expect(types(course.happen('ChatMessageSent', inRoom))).toEqual([undefined, 'chat', 'chat', undefined]);
    // Written before a move, recorded after it.
    course.happen('BreakoutRoomsClosed', { reason: 'closed', closedBy: 'ada', closedAt: AT });
    expect(types(course.happen('ChatMessageSent', inRoom))).toEqual([
      undefined,
      'chat',
      undefined,
      undefined,
    ]);
    expect(types(course.happen('ChatMessageSent', said('ada')))).toEqual(['chat', 'chat', 'chat', undefined]);
  });

  it('a reaction in a breakout room: those who are there', () => {
    const course = running();
    course.happen(opened.type, opened.data);
    for (const userId of ['grace', 'edsger'])
      course.happen('BreakoutRoomAssigned', assigned(userId, 'r1').data);
    expect(types(course.happen('ReactionSent', reacted('grace')))).toEqual([
      undefined,
      'reaction',
      'reaction',
      undefined,
    ]);
    expect(types(course.happen('ReactionSent', reacted('ada')))).toEqual([
      'reaction',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('a word to all rooms: all who are in', () => {
    const course = running();
    course.happen(opened.type, opened.data);
    course.happen('BreakoutRoomAssigned', assigned('grace', 'r1').data);
    const [, toGrace, toEdsger, toEve] = course.happen('ChatMessageSent', said('ada', { isBroadcast: true }));
    expect(toGrace?.data).toMatchObject({ is_broadcast: true });
    expect([toEdsger, toEve]).toEqual([toGrace, undefined]);
  });

  it('whoever waits: host and co-hosts, and the one who waits', () => {
    const course = running();
    course.happen('ParticipantRoleChanged', { participantId: 'p-edsger', userId: 'edsger', role: 'co-host' });
    const waits = course.happen('ParticipantWaiting', {
      userId: 'eve',
      displayName: 'Eve',
      waitingSince: AT,
    });
    expect(waits[0]).toMatchObject({
      type: 'participant_waiting',
      user_id: 'eve',
      data: { user_id: 'eve', user_name: 'Eve', waiting_since: AT },
    });
    expect(waits).toEqual([waits[0], undefined, waits[0], waits[0]]);
    const admitted = course.happen('ParticipantAdmitted', {
      userId: 'eve',
      admittedBy: 'ada',
      admittedAt: AT,
    });
    expect(types(admitted)).toEqual([
      'participant_stopped_waiting',
      undefined,
      'participant_stopped_waiting',
      'admitted',
    ]);
    expect(admitted[0]?.data).toEqual({ user_id: 'eve', reason: 'admitted', stopped_at: AT });
    expect(admitted[3]?.data).toEqual({ admitted_by: 'ada', admitted_at: AT });
  });

  it('whoever is denied, or goes: the same', () => {
    const course = running();
    const waiting = { userId: 'eve', displayName: 'Eve', waitingSince: AT };
    course.happen('ParticipantWaiting', waiting);
    expect(
      types(course.happen('ParticipantDenied', { userId: 'eve', deniedBy: 'ada', deniedAt: AT })),
    ).toEqual(['participant_stopped_waiting', undefined, undefined, 'denied']);
    // Admitted after all, without having waited again.
    expect(types(course.happen('ParticipantAdmitted', { userId: 'eve', admittedBy: 'ada' }))).toEqual([
      undefined,
      undefined,
      undefined,
      'admitted',
    ]);
    course.happen('ParticipantWaiting', waiting);
    const gone = course.happen('ParticipantStoppedWaiting', { userId: 'eve', stoppedAt: AT });
    expect(gone[0]?.data).toEqual({ user_id: 'eve', reason: 'left', stopped_at: AT });
    expect(gone).toEqual([gone[0], undefined, undefined, gone[0]]);
  });

  it('a policy: all who are in; whom it keeps out only host and co-hosts; the password nobody', () => {
    const settings = {
      maxParticipants: 50,
      waitingRoomEnabled: true,
      autoRecord: false,
      recordingPermission: 'host',
      screenSharePermission: 'all',
      chatPermission: 'none',
      anonymousJoinAllowed: false,
      allowedDomains: ['example.com'],
      blockedUsers: ['mallory'],
      muteOnEntry: true,
      cameraDisabled: false,
      locked: true,
      passwordHash: 'scrypt$secret',
    };
    const told = running().happen('SecurityPolicyApplied', { settings, appliedBy: 'ada', appliedAt: AT });
    const forAll = {
      require_waiting_room: true,
      require_password: true,
      allow_anonymous_join: false,
      max_participants: 50,
      recording_permissions: 'host',
      screen_share_permissions: 'all',
      chat_permissions: 'none',
      mute_on_entry: true,
      disable_camera: false,
      lock_meeting: true,
    };
    expect(told[0]?.data).toEqual({
      ...forAll,
      allowed_domains: ['example.com'],
      blocked_users: ['mallory'],
    });
    expect(told[1]?.data).toEqual(forAll);
    expect(told[3]).toBeUndefined();
    expect(JSON.stringify(told)).not.toMatch(/scrypt/);
  });

  it('start, end and cancellation of the meeting: everybody, since nobody is in then', () => {
    const course = new Course();
    const start = course.happen(started.type, started.data);
    expect(start.map(one => one?.data)).toEqual(Array(4).fill({ started_by: 'ada', started_at: AT }));
    for (const userId of ['ada', 'grace'])
      for (const { type, data } of joined(userId)) course.happen(type, data);
    expect(
      course.happen('ParticipantLeft', {
        participantId: 'p-grace',
        userId: 'grace',
        reason: 'meeting-ended',
      }),
    ).toEqual([undefined, undefined, undefined, undefined]);
    const end = course.happen('MeetingEnded', { endedBy: 'ada', endedAt: '2026-11-22T11:00:00.000Z' });
    expect(end.map(one => one?.data)).toEqual(
      Array(4).fill({ ended_by: 'ada', ended_at: '2026-11-22T11:00:00.000Z', duration_minutes: 60 }),
    );
    expect(types(new Course().happen('MeetingCancelled', { cancelledBy: 'ada', cancelledAt: AT }))).toEqual(
      Array(4).fill('meeting_cancelled'),
    );
  });

  it('whoever left is told of it last, and of nothing that their seat does later', () => {
    const course = running();
    course.happen('ParticipantLeft', {
      participantId: 'p-grace',
      userId: 'grace',
      reason: 'left',
      leftAt: AT,
    });
    expect(types(course.happen('ChatMessageSent', said('ada')))).toEqual([
      'chat',
      undefined,
      'chat',
      undefined,
    ]);
    expect(types(course.happen('AudioMuted', { participantId: 'p-grace', by: 'grace', at: AT }))).toEqual(
      Array(4).fill(undefined),
    );
  });

  it.each(['MeetingCreated', 'ParticipantJoined', 'ParticipantConnected', 'ProducerOpened', 'SomethingNew'])(
    '%s is told to nobody',
    type => {
      const data = { participantId: 'p-x', userId: 'x', role: 'attendee', settings: {} };
      expect(types(running().happen(type, data))).toEqual(Array(4).fill(undefined));
    },
  );

  it('the first placement of media is told to nobody', () =>
    expect(types(running().happen('MediaPlaced', { mediaWorkerId: 'w1', placedAt: AT }))).toEqual(
      Array(4).fill(undefined),
    ));
});
