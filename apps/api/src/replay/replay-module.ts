import { Module } from '@nestjs/common';
import { ReadMeetingEventsHandler } from './read-meeting-events.js';

@Module({ providers: [ReadMeetingEventsHandler] })
export class ReplayModule {}
