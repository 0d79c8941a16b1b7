import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media-module.js';
import { FactsConsumer } from './facts-consumer.js';

@Module({ imports: [MediaModule], providers: [FactsConsumer] })
export class FactsModule {}
