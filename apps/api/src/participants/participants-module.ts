import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media-module.js';
import { PoliciesModule } from '../policies/policies-module.js';
import { AnswerWaitingHandler } from './answer-waiting.js';
import { ChangeRoleHandler } from './change-role.js';
import { ConnectDeviceHandler } from './connect-device.js';
import { DisconnectDeviceHandler } from './disconnect-device.js';
import { JoinMeetingHandler } from './join-meeting.js';
import { LeaveMeetingHandler } from './leave-meeting.js';
import { ListParticipantsHandler } from './list-participants.js';
import { PasswordGuesses } from './password-guesses.js';
import { Presence } from './presence.js';
import { QuietenParticipantHandler } from './quieten-participant.js';
import { SendReactionHandler } from './send-reaction.js';
import { StopWaitingHandler } from './stop-waiting.js';
import { UpdateStatusHandler } from './update-status.js';
import { WaitingDevices } from './waiting-devices.js';

@Module({
  imports: [MediaModule, PoliciesModule],
  providers: [
    JoinMeetingHandler,
    LeaveMeetingHandler,
    UpdateStatusHandler,
    SendReactionHandler,
    QuietenParticipantHandler,
    ChangeRoleHandler,
    AnswerWaitingHandler,
    StopWaitingHandler,
    ConnectDeviceHandler,
    DisconnectDeviceHandler,
    ListParticipantsHandler,
    PasswordGuesses,
    WaitingDevices,
    Presence,
  ],
  exports: [Presence],
})
export class ParticipantsModule {}
