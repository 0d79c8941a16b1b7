import { Module } from '@nestjs/common';
import { EventStreams } from './event-streams.js';
import { ReadMeetingEventsHandler } from './read-meeting-events.js';
import { ReadMeetingPageHandler } from './read-meeting-page.js';

@Module({
  providers: [ReadMeetingEventsHandler, ReadMeetingPageHandler, EventStreams],
  exports: [EventStreams],
})
export class ReplayModule {}
