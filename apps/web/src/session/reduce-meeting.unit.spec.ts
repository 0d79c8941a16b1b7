import { describe, expect, it } from '@jest/globals';
import { after, joined, message, person, producer } from './meeting-for-tests.js';
import { mayModerate, selfOf, type MeetingState } from './meeting-state.js';
import { reduceMeeting, type MeetingAction } from './reduce-meeting.js';

const names = ({ participants }: MeetingState) => participants.map(({ display_name }) => display_name);
const texts = ({ notices }: MeetingState) => notices.map(({ text }) => text);

describe('joining', () => {
  it('takes over everything the server says about the meeting', () => {
    const state = after();
    expect(state).toMatchObject({
      phase: 'joined',
      title: 'Planning',
      selfId: 'ada',
      role: 'host',
      isRecording: false,
    });
    expect(names(state)).toEqual(['ada', 'bob']);
    expect(selfOf(state)?.display_name).toBe('ada');
    expect(mayModerate(state)).toBe(true);
  });

  it('again, after an interruption, replaces what was known and keeps what was being told', () => {
    const state = after({ type: 'participant_joined', payload: person('cy') }, joined);
    expect(names(state)).toEqual(['ada', 'bob']);
    expect(texts(state)).toEqual(['cy joined']);
  });
});

describe('participants', () => {
  it('come and go with a word about it, and take their producers along', () => {
    const came = after({ type: 'participant_joined', payload: person('cy') });
    expect(names(came)).toEqual(['ada', 'bob', 'cy']);
    const left = reduceMeeting(came, {
      type: 'participant_left',
      payload: { participant_id: 'bob', user_id: 'user-bob', reason: 'left' },
    });
    expect(names(left)).toEqual(['ada', 'cy']);
    expect(left.producers).toEqual([]);
    expect(texts(left)).toEqual(['cy joined', 'bob left']);
  });

  it('are not announced twice', () => {
    const state = after(
      { type: 'participant_joined', payload: person('bob') },
      { type: 'participant_joined', payload: person('ada') },
    );
    expect(names(state)).toEqual(['ada', 'bob']);
    expect(texts(state)).toEqual([]);
  });

  it('are replaced where they stand, and a hand that goes up is news', () => {
    const state = after({
      type: 'participant_updated',
      payload: person('bob', { is_muted: true, is_hand_raised: true }),
    });
    expect(names(state)).toEqual(['ada', 'bob']);
    expect(state.participants[1]).toMatchObject({ is_muted: true });
    expect(texts(state)).toEqual(['bob raised a hand']);
  });

  it('may change the role of oneself', () => {
    const state = after({ type: 'participant_updated', payload: person('ada', { role: 'participant' }) });
    expect(state.role).toBe('participant');
    expect(mayModerate(state)).toBe(false);
    expect(texts(state)).toEqual(['You are a participant now']);
  });

  it('stop waiting when they are let in, whoever let them in', () => {
    const state = after({ type: 'participant_joined', payload: person('eve') });
    expect(state.waiting).toEqual([]);
  });

  it('wait once, however often they knock', () => {
    const knock: MeetingAction = {
      type: 'participant_waiting',
      payload: { user_id: 'user-eve', display_name: 'Eve' },
    };
    expect(after(knock, knock).waiting).toEqual([{ user_id: 'user-eve', display_name: 'Eve' }]);
  });
});

describe('those who are sent away', () => {
  const removed = after({
    type: 'participant_left',
    payload: { participant_id: 'bob', user_id: 'user-bob', reason: 'removed' },
  });

  it('are remembered, so that they can be let back in', () => {
    expect(removed.turnedAway).toEqual([{ user_id: 'user-bob', display_name: 'bob' }]);
    expect(texts(removed)).toEqual(['bob was removed']);
    const denied = after({ type: 'turned_away', user: { user_id: 'user-eve', display_name: 'eve' } });
    expect([denied.waiting, denied.turnedAway]).toEqual([[], [{ user_id: 'user-eve', display_name: 'eve' }]]);
  });

  it('are forgotten when they may come back, or have come', () => {
    expect(reduceMeeting(removed, { type: 'let_back', userId: 'user-bob' }).turnedAway).toEqual([]);
    const back = reduceMeeting(removed, { type: 'participant_joined', payload: person('bob') });
    expect(back.turnedAway).toEqual([]);
  });
});

describe('what is allowed', () => {
  it('is what the server says, from joining on', () => {
    expect(after().permissions).toMatchObject({ camera: true, record: true });
    const permissions = { microphone: true, camera: false, screen_share: false, chat: true, record: false };
    expect(after({ type: 'permissions_updated', payload: { permissions } }).permissions).toEqual(permissions);
  });

  it('changes with lock and host, and moderators are told of the lock', () => {
    const locked = after({ type: 'meeting_updated', payload: { is_locked: true, host_id: 'user-bob' } });
    expect(locked).toMatchObject({ isLocked: true, hostId: 'user-bob' });
    expect(texts(locked)).toEqual(['The meeting is locked: nobody else comes in']);
  });
});

describe('reactions', () => {
  const clap: MeetingAction = {
    type: 'reaction',
    payload: { participant_id: 'bob', user_id: 'user-bob', reaction_type: 'clap', duration: 3 },
  };

  it('are shown each by itself until they are over', () => {
    const twice = after(clap, clap);
    expect(twice.reactions.map(({ reaction_type }) => reaction_type)).toEqual(['clap', 'clap']);
    const [first, second] = twice.reactions;
    expect(reduceMeeting(twice, { type: 'reaction_over', id: first?.id ?? 0 }).reactions).toEqual([second]);
  });
});

describe('chat', () => {
  it('shows each message once, in order', () => {
    const push = (id: string): MeetingAction => ({ type: 'chat_message_received', payload: message(id) });
    expect(after(push('c2'), push('c1'), push('c2')).messages.map(({ message_id }) => message_id)).toEqual([
      'c1',
      'c2',
    ]);
  });
});

describe('media', () => {
  it('knows each producer once, until it is closed', () => {
    const opened = after(
      { type: 'new_producer', payload: producer('p2', 'bob') },
      { type: 'new_producer', payload: producer('p2', 'bob') },
    );
    expect(opened.producers.map(({ producer_id }) => producer_id)).toEqual(['p1', 'p2']);
    const closed = reduceMeeting(opened, {
      type: 'producer_closed',
      payload: { producer_id: 'p1', participant_id: 'bob' },
    });
    expect(closed.producers.map(({ producer_id }) => producer_id)).toEqual(['p2']);
  });

  it('forgets every producer when it restarts on another worker', () => {
    expect(after({ type: 'media_restarted', payload: { meeting_id: 'm1' } }).producers).toEqual([]);
  });
});

describe('recording', () => {
  it('is told once when it starts, and counted when it stops', () => {
    const start: MeetingAction = { type: 'recording_started', payload: { recording_id: 'r' } };
    const started = after(start, start);
    expect(started.isRecording).toBe(true);
    expect(texts(started)).toHaveLength(1);
    const stopped = reduceMeeting(started, { type: 'recording_stopped', payload: { recording_id: 'r' } });
    expect(stopped).toMatchObject({ isRecording: false, recordingsStopped: 1 });
  });
});

describe('the end', () => {
  it.each([
    ['removed', 'removed'],
    ['left', 'gone'],
    ['disconnected', 'gone'],
  ])('for whoever’s seat is %s elsewhere is `%s`', (reason, phase) => {
    const payload = { participant_id: 'ada', user_id: 'user-ada', reason };
    expect(after({ type: 'participant_left', payload }).phase).toBe(phase);
  });

  it('is final: nothing that comes later changes it', () => {
    const ended = after({ type: 'meeting_ended', payload: { meeting_id: 'm1', ended_at: '' } });
    expect(ended.phase).toBe('ended');
    expect([joined, { type: 'left' } as const].reduce(reduceMeeting, ended)).toBe(ended);
  });
});

describe('notices', () => {
  it('are kept to the latest four, each with its own number', () => {
    const state = after(
      ...[1, 2, 3, 4, 5].map(n => ({ type: 'notice', tone: 'info', text: `n${n}` }) as const),
    );
    expect(texts(state)).toEqual(['n2', 'n3', 'n4', 'n5']);
    expect(new Set(state.notices.map(({ id }) => id)).size).toBe(4);
    const id = state.notices[0]?.id ?? 0;
    expect(texts(reduceMeeting(state, { type: 'notice_dismissed', id }))).toEqual(['n3', 'n4', 'n5']);
  });
});

it('a push that this client does not know changes nothing', () => {
  const state = after();
  expect(reduceMeeting(state, { type: 'poll_opened', payload: {} } as unknown as MeetingAction)).toBe(state);
});
