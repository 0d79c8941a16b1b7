import type { Config } from '#libs/config';
import { createWorker, type types } from 'mediasoup';

export interface MediaEngine {
  readonly worker: types.Worker;
  readonly webRtcServer: types.WebRtcServer;
  /** Resolves when the mediasoup process is gone. */
  close(): Promise<void>;
}

/** The port of a slot: the first media worker has the configured one, the next ones count up. 0 is any free port. */
export const portOf = (media: Pick<Config['media'], 'port'>, slot: string): number => {
  if (media.port === 0) return 0;
  const number = Number(slot);
  if (!/^\d+$/.test(slot) || number < 1 || media.port + number - 1 > 65_535) {
    throw new Error(`PARLEY_SLOT "${slot}" gives no port: it must count media workers from 1 up`);
  }
  return media.port + number - 1;
};

/** Starts mediasoup's process, which listens for all of its clients on one port over UDP and TCP. */
export const startMediaEngine = async ({
  media,
  slot,
}: Pick<Config, 'media' | 'slot'>): Promise<MediaEngine> => {
  const listen = {
    ip: media.host,
    port: portOf(media, slot),
    ...(media.announcedAddress ? { announcedAddress: media.announcedAddress } : {}),
  };
  const worker = await createWorker({ logLevel: 'warn' });
  const gone = new Promise<void>(resolve => worker.on('subprocessclose', resolve));
  const close = async (): Promise<void> => {
    worker.close();
    await gone;
  };
  try {
    const webRtcServer = await worker.createWebRtcServer({
      listenInfos: [
        { protocol: 'udp', ...listen },
        { protocol: 'tcp', ...listen },
      ],
    });
    return { worker, webRtcServer, close };
  } catch (error) {
    await close();
    const where = `${listen.ip}, port ${listen.port}`;
    throw new Error(`media cannot listen on ${where} (UDP and TCP): ${(error as Error).message}`, {
      cause: error,
    });
  }
};
