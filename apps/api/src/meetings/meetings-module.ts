import { Module } from '@nestjs/common';
import { CancelMeetingHandler } from './cancel-meeting.js';
import { CreateMeetingHandler } from './create-meeting.js';
import { EndMeetingHandler } from './end-meeting.js';
import { GetMeetingHandler } from './get-meeting.js';
import { StartMeetingHandler } from './start-meeting.js';

@Module({
  providers: [
    CreateMeetingHandler,
    StartMeetingHandler,
    EndMeetingHandler,
    CancelMeetingHandler,
    GetMeetingHandler,
  ],
})
export class MeetingsModule {}
