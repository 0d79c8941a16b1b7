import { Module } from '@nestjs/common';
import { MediaReactor } from './media-reactor.js';
import { MediaWorkers } from './media-workers.js';
import { OpenProducerHandler } from './open-producer.js';

@Module({ providers: [MediaWorkers, MediaReactor, OpenProducerHandler], exports: [MediaWorkers] })
export class MediaModule {}
