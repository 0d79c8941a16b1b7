import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media-module.js';
import { AnswerWaitingHandler } from './answer-waiting.js';
import { DisconnectDeviceHandler } from './disconnect-device.js';
import { JoinMeetingHandler } from './join-meeting.js';
import { LeaveMeetingHandler } from './leave-meeting.js';
import { ListParticipantsHandler } from './list-participants.js';
import { PasswordGuesses } from './password-guesses.js';
import { Presence } from './presence.js';
import { SendReactionHandler } from './send-reaction.js';
import { UpdateStatusHandler } from './update-status.js';

@Module({
  imports: [MediaModule],
  providers: [
    JoinMeetingHandler,
    LeaveMeetingHandler,
    UpdateStatusHandler,
    SendReactionHandler,
    AnswerWaitingHandler,
    DisconnectDeviceHandler,
    ListParticipantsHandler,
    PasswordGuesses,
    Presence,
  ],
  exports: [Presence],
})
export class ParticipantsModule {}
