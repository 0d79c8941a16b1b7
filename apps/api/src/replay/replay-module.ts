import { Module } from '@nestjs/common';
import { MeetingHistory } from './meeting-history.js';
import { ReadMeetingEventsHandler } from './read-meeting-events.js';

@Module({ providers: [MeetingHistory, ReadMeetingEventsHandler], exports: [MeetingHistory] })
export class ReplayModule {}
