import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '#libs/config';
import { Clock } from '../platform/clock.js';
import { CONFIG, publicUrl, SECRET } from '../platform/settings.js';
import { pathIsSigned, signPath } from '../platform/signed-url.js';

export const RECORDING_FILES = ['recording.mp4', 'thumbnail.jpg'] as const;
export type RecordingFile = (typeof RECORDING_FILES)[number];

/** Seconds for which a signed address opens its file. */
const SIGNED_FOR = 3600;

/** Addresses of recordings' files that open without a token, for a while. */
@Injectable()
export class RecordingFiles {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SECRET) private readonly secret: string,
    private readonly clock: Clock,
  ) {}

  signedUrl(recordingId: string, file: RecordingFile): string {
    const expires = Math.floor(this.clock.now() / 1000) + SIGNED_FOR;
    return publicUrl(this.config) + signPath(this.secret, this.path(recordingId, file), expires);
  }

  opens(
    recordingId: string,
    file: RecordingFile,
    query: { expires?: unknown; signature?: unknown },
  ): boolean {
    return pathIsSigned(this.secret, this.path(recordingId, file), query, this.clock.now() / 1000);
  }

  /** The folder that the recorder writes a recording's files to. */
  folder(recordingId: string): string {
    return join(this.config.dataDir, 'recordings', recordingId);
  }

  private path(recordingId: string, file: RecordingFile): string {
    return `/recordings/${recordingId}/${file}`;
  }
}
