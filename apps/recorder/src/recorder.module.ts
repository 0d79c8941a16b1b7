import { Inject, Injectable, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '#libs/config';
import type { Logger } from 'pino';
import { startCompositionWorker } from './composition/composition-worker.js';
import type { Recorder } from './recorder.js';

const RECORDER = Symbol('Recorder');
const COMPOSITION_WORKER = Symbol('CompositionWorker');

@Injectable()
class RecorderShutdown implements OnApplicationShutdown {
  constructor(
    @Inject(RECORDER) private readonly recorder: Recorder,
    @Inject(COMPOSITION_WORKER) private readonly compositions: { close(): Promise<void> },
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.recorder.endCaptures(); // what was recorded comes first
    await this.compositions.close();
    await this.recorder.close();
  }
}

export interface RecorderModuleOptions {
  /** Captures already: recording cannot wait for an application to be put together. */
  readonly recorder: Recorder;
  readonly config: Pick<Config, 'dataDir' | 'recording'>;
  readonly logger: Logger;
}

/** The recorder as a Nest module: composition starts with the application context, and all of it stops with it. */
@Module({})
export class RecorderModule {
  static with({ recorder, config, logger }: RecorderModuleOptions): DynamicModule {
    const { redis, tell } = recorder;
    return {
      module: RecorderModule,
      providers: [
        { provide: RECORDER, useValue: recorder },
        {
          provide: COMPOSITION_WORKER,
          useFactory: () => startCompositionWorker({ redis, config, tell, logger }),
        },
        RecorderShutdown,
      ],
    };
  }
}
