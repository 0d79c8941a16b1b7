import { type Browser, chromium, type Page } from 'playwright-core';
import type { FakeDevice } from './fake-device.js';

export interface TrackStats {
  readonly participantId: string;
  readonly kind: 'audio' | 'video';
  readonly framesDecoded?: number;
  readonly totalAudioEnergy?: number;
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/** A participant: a Chromium of their own, with a camera and a microphone that play files. */
export class ParticipantPage {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
    readonly name: string,
  ) {}

  /** Opens the web client and joins the room, as a guest of that name where no token is given. */
  static async join(
    address: string,
    room: string,
    name: string,
    device: FakeDevice,
    token?: string,
  ): Promise<ParticipantPage> {
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        ...FLAGS,
        `--use-file-for-fake-video-capture=${device.video}`,
        `--use-file-for-fake-audio-capture=${device.audio}`,
      ],
    });
    const context = await browser.newContext({ viewport: { width: 960, height: 600 } });
    const page = await context.newPage();
    const participant = new ParticipantPage(browser, page, name);
    try {
      const fragment = token ? `#token=${token}` : '';
      await page.goto(`${address}/m/${room}?name=${encodeURIComponent(name)}&autojoin=1${fragment}`);
      await page.getByTestId('leave-button').waitFor();
    } catch (error) {
      await participant.close();
      throw error;
    }
    return participant;
  }

  /** What the page receives, one entry a remote track. */
  stats(): Promise<TrackStats[]> {
    return this.page.evaluate(() =>
      (
        globalThis as unknown as { parley: { session: { getStats(): Promise<TrackStats[]> } } }
      ).parley.session.getStats(),
    );
  }

  /** Decoded pictures so far, by the participant they come from. */
  async framesFrom(): Promise<Map<string, number>> {
    const frames = new Map<string, number>();
    for (const { participantId, kind, framesDecoded = 0 } of await this.stats()) {
      if (kind === 'video') frames.set(participantId, (frames.get(participantId) ?? 0) + framesDecoded);
    }
    return frames;
  }

  async chat(text: string): Promise<void> {
    const input = this.page.getByTestId('chat-input');
    if (!(await input.isVisible())) await this.page.getByTestId('chat-button').click();
    await input.fill(text);
    await this.page.getByTestId('chat-send').click();
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
