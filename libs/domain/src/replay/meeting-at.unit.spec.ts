import { describe, expect, it } from '@jest/globals';
import { eventsUntil } from './events-until.js';
import { meetingAt } from './meeting-at.js';
import { EPOCH, MEETING_ID, tellStory, timeAt } from './meeting-story.js';
import type { MomentEvent } from './moment-event.js';

/** Ada hosts; Grace joins at 10 and leaves at 60; a recording runs from 20 to 50; the end is at 90. */
const meeting = () => {
  const story = tellStory();
  story.named('ada', 'Ada');
  story.named('grace', 'Grace');
  story.create('ada', { passwordHash: 'scrypt$secret', waitingRoomEnabled: true });
  story.at(1);
  story.join('ada', 'p-ada');
  story.place('w1');
  story.participant('p-ada', 'ada', { type: 'ConnectParticipant', connectionId: 'c-ada' });
  story.produce('ada', 'p-ada', 'camera', 'v-ada', 'w1');
  story.at(5);
  story.meeting('grace', {
    type: 'JoinMeeting',
    participantId: 'p-grace',
    displayName: 'Grace',
    passwordMatches: true,
  });
  story.at(10);
  story.meeting('ada', { type: 'AdmitParticipant', userId: 'grace' });
  story.join('grace', 'p-grace', { isMuted: true, isVideoOn: false });
  story.at(20);
  story.meeting('ada', { type: 'StartRecording', recordingId: 'r1' });
  story.recording('r1', {
    type: 'CreateRecording',
    recordingId: 'r1',
    meetingId: MEETING_ID,
    title: 'Weekly',
    startedBy: 'ada',
    startedAt: timeAt(20),
  });
  story.at(30);
  story.say('ada', 'Hello everyone');
  story.participant('p-grace', 'grace', {
    type: 'UpdateStatus',
    byRole: 'attendee',
    may: { microphone: true, camera: true, screenShare: true },
    isHandRaised: true,
  });
  story.at(40);
  story.place('w2', 'w1');
  story.at(50);
  story.meeting('ada', { type: 'StopRecording' });
  story.recording('r1', { type: 'StopCapture', stoppedBy: 'ada', stoppedAt: timeAt(50) });
  story.at(60);
  story.leave('grace');
  story.at(90);
  story.meeting('ada', { type: 'EndMeeting' });
  return story.log;
};
const log = meeting();
const at = (seconds: number) => meetingAt(eventsUntil(log, EPOCH + seconds * 1000));

describe('the meeting as it was', () => {
  it('before anything happened was none', () => {
    expect(meetingAt([]).meeting.status).toBe('none');
    expect(meetingAt([])).toMatchObject({
      participants: [],
      waiting: [],
      chat: { count: 0 },
      recordings: [],
    });
  });

  it('has its description and settings, and whether there is a password, but never the hash', () => {
    const { meeting } = at(0);
    expect(meeting).toMatchObject({
      status: 'scheduled',
      meetingId: MEETING_ID,
      title: 'Weekly',
      hostUserId: 'ada',
      hostName: 'Ada',
      createdAt: timeAt(0),
      settings: { waitingRoomEnabled: true, hasPassword: true },
      isRecording: false,
    });
    expect(JSON.stringify(at(100))).not.toContain('secret');
  });

  it('has its status and times', () => {
    expect(at(1).meeting).toMatchObject({ status: 'active', startedAt: timeAt(1) });
    expect(at(90).meeting).toMatchObject({ status: 'ended', startedAt: timeAt(1), endedAt: timeAt(90) });
  });

  it('has who was there, with name, role, devices and what they sent', () => {
    expect(at(1).participants).toEqual([
      {
        participantId: 'p-ada',
        userId: 'ada',
        displayName: 'Ada',
        role: 'host',
        joinedAt: timeAt(1),
        deviceType: 'desktop',
        isMuted: false,
        isVideoOn: true,
        isScreenSharing: false,
        isHandRaised: false,
        connections: ['c-ada'],
        producers: [{ producerId: 'v-ada', kind: 'video', source: 'camera' }],
      },
    ]);
    const names = (seconds: number) => at(seconds).participants.map(({ displayName }) => displayName);
    expect([0, 5, 10, 59, 60, 90].map(names)).toEqual([
      [],
      ['Ada'],
      ['Ada', 'Grace'],
      ['Ada', 'Grace'],
      ['Ada'],
      [],
    ]);
  });

  it('has the state of everybody’s microphone, camera and hand', () => {
    expect(at(29).participants[1]).toMatchObject({ isMuted: true, isVideoOn: false, isHandRaised: false });
    expect(at(30).participants[1]).toMatchObject({ isMuted: true, isVideoOn: false, isHandRaised: true });
  });

  it('has no producers of a worker that the media has left', () => {
    expect(at(39).participants[0]?.producers).toHaveLength(1);
    expect(at(40).participants[0]?.producers).toEqual([]);
  });

  it('has who waited', () => {
    expect(at(5).waiting).toEqual([{ userId: 'grace', displayName: 'Grace', waitingSince: timeAt(5) }]);
    expect(at(10).waiting).toEqual([]);
  });

  it('has what was said until then', () => {
    expect(at(29).chat).toEqual({ count: 0, messages: [] });
    expect(at(30).chat).toMatchObject({
      count: 1,
      messages: [{ senderName: 'Ada', content: 'Hello everyone' }],
    });
  });

  it('has whether it was recorded, and each recording with its status', () => {
    expect([19, 20, 49, 50].map(second => at(second).meeting.isRecording)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(at(19).recordings).toEqual([]);
    expect(at(20).recordings).toMatchObject([
      { recordingId: 'r1', status: 'recording', startedAt: timeAt(20) },
    ]);
    expect(at(50).recordings).toMatchObject([
      { recordingId: 'r1', status: 'processing', stoppedAt: timeAt(50) },
    ]);
  });

  it('says when the last event happened', () => {
    expect(at(45).lastEventAt).toBe(timeAt(40));
    expect(meetingAt([])).not.toHaveProperty('lastEventAt');
  });

  it('lists participants in the order of joining, whatever their ids', () => {
    const story = tellStory();
    story.create('9');
    story.join('9', 'p9');
    story.at(1);
    story.join('__proto__', 'p-proto');
    story.at(2);
    story.join('1', 'p1');
    expect(meetingAt(story.log).participants.map(({ userId }) => userId)).toEqual(['9', '__proto__', '1']);
  });

  it('is plain JSON', () => expect(JSON.parse(JSON.stringify(at(45)))).toEqual(at(45)));

  it('does not depend on event types that a later version wrote', () => {
    const unknown = {
      ...log[0],
      type: 'ParticipantDanced',
      data: { participantId: 'p-ada' },
    } as unknown as MomentEvent;
    expect(meetingAt([...log.slice(0, 5), unknown, ...log.slice(5)])).toEqual(meetingAt(log));
  });
});

describe('the log until a time', () => {
  const events = [0, 2, 1, 4].map(seconds => ({ time: timeAt(seconds) }));
  const until = (seconds: number) => eventsUntil(events, EPOCH + seconds * 1000);
  it('has what happened until then, that time included', () => {
    expect(until(0)).toEqual(events.slice(0, 1));
    expect(until(3)).toEqual(events.slice(0, 3));
    expect(until(4)).toEqual(events);
  });
  it('is empty before the first event', () => expect(until(-1)).toEqual([]));
  it('never leaves out what stands before an event that is in, though its clock was ahead', () =>
    expect(until(1)).toEqual(events.slice(0, 3)));
});
