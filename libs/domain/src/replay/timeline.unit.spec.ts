import { describe, expect, it } from '@jest/globals';
import type { AnyEvent } from '../any-event.js';
import { SYSTEM } from '../principal.js';
import { describeEvent } from './describe-event.js';
import { MEETING_ID, tellStory, timeAt } from './meeting-story.js';
import { namesIn } from './names.js';
import { timeline } from './timeline.js';

const texts = (story: ReturnType<typeof tellStory>, types?: RegExp): readonly string[] =>
  timeline(story.log)
    .filter(({ type }) => !types || types.test(type))
    .map(({ text }) => text);

const twoIn = () => {
  const story = tellStory();
  story.named('ada', 'Ada');
  story.named('grace', 'Grace');
  story.create('ada');
  story.at(10);
  story.join('ada', 'p-ada');
  story.at(11.5);
  story.join('grace', 'p-grace', { isMuted: true, isVideoOn: false });
  return story;
};
const update = { type: 'UpdateStatus', may: { microphone: true, camera: true, screenShare: true } } as const;

describe('a timeline', () => {
  it('has each event with its time and the milliseconds since the start, negative before it', () =>
    expect(timeline(twoIn().log)).toEqual([
      { time: timeAt(0), offset: -10_000, type: 'MeetingCreated', text: 'Ada created the meeting “Weekly”' },
      { time: timeAt(10), offset: 0, type: 'MeetingStarted', text: 'Ada started the meeting' },
      { time: timeAt(10), offset: 0, type: 'ParticipantJoined', text: 'Ada joined as host' },
      {
        time: timeAt(10),
        offset: 0,
        type: 'ParticipantSeated',
        text: 'Ada comes with a desktop, microphone on, camera on',
      },
      { time: timeAt(11.5), offset: 1500, type: 'ParticipantJoined', text: 'Grace joined as attendee' },
      {
        time: timeAt(11.5),
        offset: 1500,
        type: 'ParticipantSeated',
        text: 'Grace comes with a desktop, microphone off, camera off',
      },
    ]));

  it('counts from the first event where the meeting did not start', () => {
    const story = tellStory();
    story.create('ada');
    expect(timeline(story.log).map(({ offset }) => offset)).toEqual([0]);
  });

  it('of nothing is empty', () => expect(timeline([])).toEqual([]));

  it('tells what people did from what was done to them', () => {
    const story = twoIn();
    story.participant('p-grace', 'grace', {
      ...update,
      byRole: 'attendee',
      isMuted: false,
      isHandRaised: true,
    });
    story.participant('p-grace', 'ada', { ...update, byRole: 'host', isMuted: true, isHandRaised: false });
    story.participant('p-ada', 'ada', { ...update, byRole: 'host', isVideoOn: false, isScreenSharing: true });
    story.participant('p-ada', 'ada', { ...update, byRole: 'host', isMuted: true });
    expect(texts(story, /Audio|Video|Screen|Hand/)).toEqual([
      'Grace unmuted the microphone',
      'Grace raised a hand',
      'Ada muted Grace',
      'Ada lowered the hand of Grace',
      'Ada turned the camera off',
      'Ada shares the screen',
      'Ada muted the microphone',
    ]);
  });

  it('tells two of one name apart from one', () => {
    const story = twoIn();
    story.named('other', 'Grace');
    story.join('other', 'p-other');
    story.meeting('ada', { type: 'ChangeRole', userId: 'other', role: 'co-host' });
    story.participant('p-grace', 'grace', { ...update, byRole: 'attendee', isMuted: false });
    story.participant('p-grace', 'other', { ...update, byRole: 'co-host', isMuted: true });
    expect(texts(story, /Audio|Role/)).toEqual([
      'Ada made Grace a co-host',
      'Grace unmuted the microphone',
      'Grace muted Grace',
    ]);
  });

  it('tells how people left', () => {
    const story = twoIn();
    story.meeting(SYSTEM.userId, { type: 'LeaveMeeting', userId: 'grace', reason: 'disconnected' });
    story.join('grace', 'p-grace2');
    story.leave('grace');
    story.join('grace', 'p-grace3');
    story.leave('grace', 'ada');
    story.meeting('ada', { type: 'EndMeeting' });
    expect(texts(story, /Left|Ended/)).toEqual([
      'Grace left: the connection was lost',
      'Grace left',
      'Ada removed Grace',
      'Ada left: the meeting ended',
      'Ada ended the meeting',
    ]);
  });

  it('tells of the waiting room', () => {
    const story = tellStory();
    story.named('ada', 'Ada');
    story.create('ada', { waitingRoomEnabled: true });
    story.join('ada', 'p-ada');
    for (const [userId, name] of [
      ['grace', 'Grace'],
      ['linus', 'Linus'],
    ] as const) {
      story.meeting(userId, {
        type: 'JoinMeeting',
        participantId: userId,
        displayName: name,
        passwordMatches: false,
      });
    }
    story.meeting('ada', { type: 'AdmitParticipant', userId: 'grace' });
    story.meeting('ada', { type: 'DenyParticipant', userId: 'linus' });
    expect(texts(story, /Waiting|Admitted|Denied/)).toEqual([
      'Grace waits to be admitted',
      'Linus waits to be admitted',
      'Ada admitted Grace',
      'Ada did not admit Linus',
    ]);
  });

  it('tells what was said and to whom', () => {
    const story = twoIn();
    story.say('ada', 'Hello\neveryone');
    story.say('grace', 'psst', 'ada');
    expect(texts(story, /Chat/)).toEqual(['Ada: Hello everyone', 'Grace to Ada (private): psst']);
  });

  it('tells of media and where it runs', () => {
    const story = twoIn();
    story.place('w1');
    story.produce('grace', 'p-grace', 'screen-audio', 's1', 'w1');
    story.participant('p-grace', SYSTEM.userId, { type: 'CloseProducer', producerId: 's1' });
    story.place('w2', 'w1');
    story.participant('p-grace', 'grace', { type: 'ConnectParticipant', connectionId: 'c1' });
    story.participant('p-grace', 'grace', { type: 'DisconnectParticipant', connectionId: 'c1' });
    expect(texts(story, /Media|Producer|onnected/)).toEqual([
      'Media placed on worker w1',
      'Grace sends screen audio (audio)',
      'Grace sends screen audio no more',
      'Media moved from worker w1 to worker w2',
      'Grace connected',
      'Grace disconnected',
    ]);
  });

  it('tells of a recording from start to file', () => {
    const story = twoIn();
    story.meeting('ada', { type: 'StartRecording', recordingId: 'r1' });
    const created = {
      recordingId: 'r1',
      meetingId: MEETING_ID,
      title: 'Weekly',
      startedBy: 'ada',
      startedAt: timeAt(12),
    };
    story.recording('r1', { type: 'CreateRecording', ...created });
    story.recording('r1', { type: 'BeginCapture', recorderId: 'rec-a', ip: '127.0.0.1', port: 1 });
    story.recording('r1', { type: 'BeginCapture', recorderId: 'rec-b', ip: '127.0.0.1', port: 1 });
    story.recording('r1', {
      type: 'AddTrack',
      track: {
        trackId: 't1',
        attempt: 2,
        participantId: 'p-grace',
        producerId: 'v1',
        kind: 'video',
        source: 'camera',
        mimeType: 'video/VP8',
        clockRate: 90_000,
        ssrc: 1,
        payloadType: 101,
      },
    });
    story.meeting('ada', { type: 'StopRecording' });
    story.recording('r1', { type: 'StopCapture', stoppedBy: 'ada', stoppedAt: timeAt(20) });
    story.recording('r1', { type: 'ReportProgress', percent: 40 });
    story.recording('r1', {
      type: 'CompleteRecording',
      durationSeconds: 8,
      fileSizeBytes: 1_234_567,
      width: 1280,
      height: 720,
    });
    story.recording('r2', { type: 'CreateRecording', ...created, recordingId: 'r2' });
    story.recording('r2', { type: 'FailRecording', reason: 'disk full' });
    expect(texts(story, /Recording|Capture|Track|Composition/)).toEqual([
      'Recording started by Ada',
      'Recording r1 of “Weekly” created',
      'Recorder rec-a captures',
      'Recorder rec-b captures (attempt 2)',
      'Recording takes in Grace: camera (video/VP8)',
      'Recording stopped by Ada',
      'Recording is being processed',
      'Recording processed to 40 %',
      'Recording ready: 8.0 s, 1280×720, 1.2 MB',
      'Recording r2 of “Weekly” created',
      'Recording failed: disk full',
    ]);
  });
});

describe('a described event', () => {
  it('has ids where no name is known', () =>
    expect(
      describeEvent(
        { type: 'HandRaised', data: { meetingId: MEETING_ID, participantId: 'p9', by: 'u9', at: timeAt(0) } },
        namesIn([]),
      ),
    ).toBe('p9 raised a hand'));

  it('of a file names it', () => {
    const data = {
      meetingId: MEETING_ID,
      messageId: 'c1',
      senderId: 'ada',
      senderParticipantId: 'p1',
      senderName: 'Ada',
      content: '',
      messageType: 'file',
      file: { url: 'https://files.example/1', name: 'plan.pdf' },
      sentAt: timeAt(0),
    } as const;
    expect(describeEvent({ type: 'ChatMessageSent', data }, namesIn([]))).toBe('Ada: [plan.pdf]');
    expect(describeEvent({ type: 'ChatMessageSent', data: { ...data, content: 'See' } }, namesIn([]))).toBe(
      'Ada: [plan.pdf] See',
    );
  });

  it('is one line that no terminal takes for a command, whatever people call themselves', () => {
    const story = tellStory();
    story.named('eve', 'E\u001b[2Jve\r\n\u202eadA\u2028x\u009b31m');
    story.create('eve');
    story.join('eve', 'p-eve');
    story.say('eve', '\u001b]0;owned\u0007hi');
    for (const { text } of timeline(story.log))
      expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
    expect(texts(story, /Joined/)).toEqual(['E [2Jve adA x 31m joined as host']);
  });

  it('of a room names it', () =>
    expect(
      describeEvent(
        {
          type: 'RoomOpened',
          data: { name: 'standup', meetingId: MEETING_ID, openedBy: 'ada', openedAt: timeAt(0) },
        },
        namesIn([]),
      ),
    ).toBe('ada opened the room “standup”'));

  it.each(['ParticipantDanced', 'constructor', '__proto__'])('of the unknown type %s is the type', type =>
    expect(describeEvent({ type, data: {} } as unknown as AnyEvent, namesIn([]))).toBe(type),
  );
});
