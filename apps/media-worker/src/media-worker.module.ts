import { Inject, Injectable, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { startMediaWorker, type MediaWorker, type MediaWorkerOptions } from './media-worker.js';

export const MEDIA_WORKER = Symbol('MediaWorker');

@Injectable()
class MediaWorkerShutdown implements OnApplicationShutdown {
  constructor(@Inject(MEDIA_WORKER) private readonly mediaWorker: MediaWorker) {}

  onApplicationShutdown(): Promise<void> {
    return this.mediaWorker.close();
  }
}

/** The media worker as a Nest module: it starts with the application context and stops with it. */
@Module({})
export class MediaWorkerModule {
  static with(options: MediaWorkerOptions): DynamicModule {
    return {
      module: MediaWorkerModule,
      providers: [
        { provide: MEDIA_WORKER, useFactory: () => startMediaWorker(options) },
        MediaWorkerShutdown,
      ],
    };
  }
}
