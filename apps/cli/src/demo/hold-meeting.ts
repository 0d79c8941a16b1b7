import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api-client.js';
import { type FakeDeviceLook, makeFakeDevice } from './fake-device.js';
import { ParticipantPage } from './participant-page.js';

const PEOPLE: readonly FakeDeviceLook[] = [
  {
    name: 'Ada',
    picture: 'testsrc2=s=320x180:r=15:d=6',
    sound: "aevalsrc='0.3*sin(2*PI*330*t)*gt(mod(t,1),0.5)':s=48000:d=4",
  },
  {
    name: 'Grace',
    picture: 'mandelbrot=s=320x180:r=15,trim=duration=6',
    sound: "aevalsrc='0.3*sin(2*PI*440*t)*lt(mod(t,1),0.5)':s=48000:d=4",
  },
  {
    name: 'Edsger',
    picture: 'life=s=320x180:r=15:mold=10:ratio=0.4:death_color=#205060:life_color=#f0b040,trim=duration=6',
    sound: "aevalsrc='0.2*sin(2*PI*550*t)*gt(mod(t,2),1)':s=48000:d=4",
  },
];

export interface HeldMeeting {
  readonly meetingId: string;
  readonly recordingId: string;
}

export interface Stage {
  readonly address: string;
  readonly host: ApiClient;
  /** The token with which this person opens the web client. */
  readonly tokenFor: (name: string) => string;
  /** Tells what happens. */
  readonly say: (line: string) => void;
}

/** Three people meet in three headless browsers: they see and hear each other, chat, one mutes, all is recorded. */
export const holdMeeting = async ({ address, host, tokenFor, say }: Stage): Promise<HeldMeeting> => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-demo-'));
  const pages: ParticipantPage[] = [];
  try {
    const room = `demo-${Date.now().toString(36)}`;
    const { meeting_id: meetingId } = await host.call<{ meeting_id: string }>(
      'PUT',
      `/api/v1/rooms/${room}`,
      {
        title: 'Demo',
      },
    );
    let recordingId = '';
    for (const look of PEOPLE) {
      say(`${look.name} comes in with camera and microphone`);
      const device = makeFakeDevice(folder, look);
      pages.push(await ParticipantPage.join(address, room, look.name, device, tokenFor(look.name)));
      if (pages.length === 1) {
        const path = `/api/v1/meetings/${meetingId}/recording/start`;
        recordingId = (await host.call<{ data: { recording_id: string } }>('POST', path)).data.recording_id;
        say('The recording begins');
      }
      await sleep(4000);
    }
    const [ada, grace, edsger] = pages as [ParticipantPage, ParticipantPage, ParticipantPage];
    await ada.chat('Welcome! Can you see and hear each other?');
    await grace.chat('Loud and clear.');
    say('Ada and Grace chat');
    await sleep(1500);
    await edsger.page.getByTestId('mic-button').click();
    say('Edsger mutes');
    await sleep(3000);
    const tracks = await ada.stats();
    const frames = tracks.reduce((sum, { framesDecoded = 0 }) => sum + framesDecoded, 0);
    say(`Ada's browser has decoded ${frames} pictures of the two others`);
    await edsger.page.getByTestId('leave-button').click();
    say('Edsger leaves');
    await sleep(3000);
    await host.call('POST', `/api/v1/meetings/${meetingId}/recording/stop`);
    say('The recording ends; FFmpeg composes it');
    await host.call('POST', `/api/v1/meetings/${meetingId}/end`);
    return { meetingId, recordingId };
  } finally {
    await Promise.all(pages.map(page => page.close()));
    rmSync(folder, { recursive: true, force: true });
  }
};
