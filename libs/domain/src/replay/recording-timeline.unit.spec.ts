import { describe, expect, it } from '@jest/globals';
import { MEETING_ID, tellStory, timeAt } from './meeting-story.js';
import { recordingTimeline } from './recording-timeline.js';

type Story = ReturnType<typeof tellStory>;

const begun = (): Story => {
  const story = tellStory();
  story.named('ada', 'Ada');
  story.named('grace', 'Grace');
  story.create('ada');
  story.join('ada', 'p-ada');
  story.place('w1');
  story.produce('ada', 'p-ada', 'camera', 'v-ada', 'w1');
  return story;
};
const record = (story: Story, second: number): void => {
  story.at(second);
  story.meeting('ada', { type: 'StartRecording', recordingId: 'r1' });
  story.at(second + 0.25);
  story.recording('r1', {
    type: 'CreateRecording',
    recordingId: 'r1',
    meetingId: MEETING_ID,
    title: 'Weekly',
    startedBy: 'ada',
    startedAt: timeAt(second),
  });
};
const stop = (story: Story, second: number): void => {
  story.at(second);
  story.meeting('ada', { type: 'StopRecording' });
  story.at(second + 0.25);
  story.recording('r1', { type: 'StopCapture', stoppedBy: 'ada', stoppedAt: timeAt(second) });
};
const camera = (story: Story, userId: string, isVideoOn: boolean): void =>
  story.participant(`p-${userId}`, userId, {
    type: 'UpdateStatus',
    byRole: 'attendee',
    may: { microphone: true, camera: true, screenShare: true },
    isVideoOn,
  });
const of = (story: Story, participantId: string) =>
  recordingTimeline(story.log, 'r1').participants.find(
    participant => participant.participantId === participantId,
  );

describe('who was there during a recording', () => {
  it('counts in seconds from its start, and is cut at its start and stop', () => {
    const story = begun();
    record(story, 10);
    story.at(15.5);
    story.join('grace', 'p-grace');
    stop(story, 40);
    story.at(50);
    story.leave('grace');
    expect(recordingTimeline(story.log, 'r1')).toEqual({
      duration: 30,
      participants: [
        { participantId: 'p-ada', displayName: 'Ada', present: [[0, 30]], videoOn: [[0, 30]] },
        { participantId: 'p-grace', displayName: 'Grace', present: [[5.5, 30]], videoOn: [] },
      ],
    });
  });

  it('leaves out those who left before it or came after it', () => {
    const story = begun();
    story.join('early', 'p-early');
    story.at(5);
    story.leave('early');
    record(story, 10);
    stop(story, 20);
    story.at(21);
    story.join('late', 'p-late');
    expect(recordingTimeline(story.log, 'r1').participants.map(({ participantId }) => participantId)).toEqual(
      ['p-ada'],
    );
  });

  it('has one who comes back as often as that happened', () => {
    const story = begun();
    record(story, 0);
    for (const [from, to] of [
      [5, 10],
      [20, 25],
    ] as const) {
      story.at(from);
      story.meeting('grace', {
        type: 'JoinMeeting',
        participantId: 'p-grace',
        displayName: 'Grace',
        passwordMatches: true,
      });
      story.at(to);
      story.leave('grace');
    }
    stop(story, 30);
    expect(of(story, 'p-grace')?.present).toEqual([
      [5, 10],
      [20, 25],
    ]);
  });

  it('does not take one who came back to a new seat for present in the old one', () => {
    const story = begun();
    record(story, 0);
    story.at(1);
    story.join('grace', 'p-grace');
    story.at(4);
    story.leave('grace');
    story.at(6);
    story.join('grace', 'p-grace2');
    story.at(8);
    story.place('w2', 'w1');
    stop(story, 10);
    expect(of(story, 'p-grace')?.present).toEqual([[1, 4]]);
    expect(of(story, 'p-grace2')?.present).toEqual([[6, 10]]);
  });

  it('ends with the meeting', () => {
    const story = begun();
    record(story, 10);
    story.at(25);
    story.meeting('ada', { type: 'EndMeeting' });
    story.at(26);
    story.recording('r1', { type: 'StopCapture', stoppedBy: 'ada', stoppedAt: timeAt(25) });
    expect(recordingTimeline(story.log, 'r1')).toMatchObject({
      duration: 15,
      participants: [{ present: [[0, 15]] }],
    });
  });

  it('lasts until the last event while it runs', () => {
    const story = begun();
    record(story, 10);
    story.at(22);
    story.say('ada', 'still here');
    expect(recordingTimeline(story.log, 'r1')).toMatchObject({
      duration: 12,
      participants: [{ present: [[0, 12]] }],
    });
  });

  it('is known from the meeting alone', () => {
    const story = begun();
    story.at(10);
    story.meeting('ada', { type: 'StartRecording', recordingId: 'r1' });
    story.at(20);
    story.meeting('ada', { type: 'StopRecording' });
    expect(recordingTimeline(story.log, 'r1').duration).toBe(10);
  });

  it('is refused for a recording that the events do not tell of', () =>
    expect(() => recordingTimeline(begun().log, 'r1')).toThrow(
      expect.objectContaining({ code: 'RECORDING_NOT_FOUND' }),
    ));
});

describe('whose picture was on during a recording', () => {
  it('is on while the camera is turned on', () => {
    const story = begun();
    record(story, 0);
    story.at(5);
    camera(story, 'ada', false);
    story.at(12);
    camera(story, 'ada', true);
    stop(story, 20);
    expect(of(story, 'p-ada')?.videoOn).toEqual([
      [0, 5],
      [12, 20],
    ]);
  });

  it('is on while a camera is sent, not a screen or a voice', () => {
    const story = begun();
    record(story, 0);
    story.at(1);
    story.join('grace', 'p-grace');
    story.at(2);
    story.produce('grace', 'p-grace', 'microphone', 'a', 'w1');
    story.produce('grace', 'p-grace', 'screen', 's', 'w1');
    story.at(3);
    story.produce('grace', 'p-grace', 'camera', 'v', 'w1');
    story.at(8);
    story.participant('p-grace', 'grace', { type: 'CloseProducer', producerId: 'v' });
    stop(story, 10);
    expect(of(story, 'p-grace')?.videoOn).toEqual([[3, 8]]);
  });

  it('goes on while one of two cameras is sent', () => {
    const story = begun();
    record(story, 0);
    story.at(3);
    story.produce('ada', 'p-ada', 'camera', 'v2', 'w1');
    story.at(5);
    story.participant('p-ada', 'ada', { type: 'CloseProducer', producerId: 'v-ada' });
    stop(story, 10);
    expect(of(story, 'p-ada')?.videoOn).toEqual([[0, 10]]);
  });

  it('is off from the death of the media worker until the camera is sent to the new one', () => {
    const story = begun();
    record(story, 0);
    story.at(4);
    story.place('w2', 'w1');
    story.at(6);
    story.produce('ada', 'p-ada', 'camera', 'v2', 'w2');
    stop(story, 10);
    expect(of(story, 'p-ada')).toMatchObject({
      present: [[0, 10]],
      videoOn: [
        [0, 4],
        [6, 10],
      ],
    });
  });

  it('is off after leaving, though the camera’s end is told later or never', () => {
    const story = begun();
    record(story, 0);
    story.at(1);
    story.join('grace', 'p-grace');
    story.produce('grace', 'p-grace', 'camera', 'v', 'w1');
    story.at(6);
    story.leave('grace');
    story.at(7);
    story.participant('p-grace', 'system', { type: 'CloseProducer', producerId: 'v' });
    stop(story, 10);
    expect(of(story, 'p-grace')).toMatchObject({ present: [[1, 6]], videoOn: [[1, 6]] });
  });

  it('has no flicker of no length', () => {
    const story = begun();
    record(story, 0);
    story.at(5);
    camera(story, 'ada', false);
    camera(story, 'ada', true);
    stop(story, 10);
    expect(of(story, 'p-ada')?.videoOn).toEqual([[0, 10]]);
  });
});

describe('breakout rooms during a recording', () => {
  const opened = (): Story => {
    const story = begun();
    story.join('grace', 'p-grace');
    story.produce('grace', 'p-grace', 'camera', 'v-grace', 'w1');
    record(story, 0);
    story.at(2);
    story.meeting('ada', {
      type: 'OpenBreakoutRooms',
      rooms: [
        { roomId: 'red', name: 'Red', allowChat: true, allowScreenShare: true },
        { roomId: 'blue', name: 'Blue', allowChat: true, allowScreenShare: true },
      ],
      autoAssign: false,
      participantsMayChoose: true,
      participantsMayReturn: true,
    });
    return story;
  };
  const go = (story: Story, second: number, userId: string, roomId: string): void => {
    story.at(second);
    story.meeting(userId, { type: 'AssignBreakoutRoom', userId, roomId });
  };

  it('take those who are in one out of the picture, until they are back', () => {
    const story = opened();
    go(story, 3, 'grace', 'red');
    go(story, 5, 'grace', 'blue');
    story.at(7);
    story.meeting('grace', { type: 'ReturnFromBreakoutRoom', userId: 'grace' });
    stop(story, 10);
    const away = [
      [0, 3],
      [7, 10],
    ];
    expect(of(story, 'p-grace')).toMatchObject({ present: away, videoOn: away });
    expect(of(story, 'p-ada')).toMatchObject({ present: [[0, 10]], videoOn: [[0, 10]] });
  });

  it('bring all of them back when they close', () => {
    const story = opened();
    go(story, 3, 'grace', 'red');
    go(story, 4, 'ada', 'blue');
    story.at(8);
    story.meeting('ada', { type: 'CloseBreakoutRooms' });
    stop(story, 10);
    expect(of(story, 'p-grace')?.present).toEqual([
      [0, 3],
      [8, 10],
    ]);
    expect(of(story, 'p-ada')?.present).toEqual([
      [0, 4],
      [8, 10],
    ]);
  });

  it('show nothing of what is turned on or off in them, nor of whoever leaves from one', () => {
    const story = opened();
    go(story, 3, 'grace', 'red');
    story.at(4);
    camera(story, 'grace', false);
    story.at(5);
    camera(story, 'grace', true);
    story.at(6);
    story.leave('grace');
    stop(story, 10);
    expect(of(story, 'p-grace')).toMatchObject({ present: [[0, 3]], videoOn: [[0, 3]] });
  });

  it('leave out whoever was in one from beginning to end', () => {
    const story = begun();
    story.join('grace', 'p-grace');
    story.meeting('ada', {
      type: 'OpenBreakoutRooms',
      rooms: [{ roomId: 'red', name: 'Red', allowChat: true, allowScreenShare: true }],
      autoAssign: true,
      participantsMayChoose: true,
      participantsMayReturn: true,
    });
    record(story, 2);
    stop(story, 10);
    expect(recordingTimeline(story.log, 'r1').participants.map(one => one.participantId)).toEqual(['p-ada']);
  });
});
