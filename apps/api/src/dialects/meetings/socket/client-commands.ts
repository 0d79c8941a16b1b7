import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  type ChatMessage,
  DEVICE_TYPES,
  type DeviceType,
  type ParticipantState,
  type Principal,
} from '#libs/domain';
import { SendMessage } from '../../../chat/send-message.js';
import type { JoinRequest } from '../../../participants/join-meeting.js';
import { QuietenParticipant } from '../../../participants/quieten-participant.js';
import { SendReaction } from '../../../participants/send-reaction.js';
import { type StatusChange, UpdateStatus } from '../../../participants/update-status.js';
import { contextOf } from '../../../platform/request-context.js';
import { fileOf } from '../chat-body.js';
import { messageView } from '../chat-view.js';
import {
  type ChatData,
  chatData,
  handRaiseData,
  type JoinData,
  reactionData,
  updateData,
} from './message-data.js';
import { type ClientMessage, refused, type Sender } from './message-frame.js';

/** A message that asks for something in the meeting. */
export type InMeetingMessage = ClientMessage & {
  readonly type: 'participant_update' | 'hand_raise' | 'reaction' | 'chat';
};

/** Whose message it is. */
export interface Guest extends Sender {
  readonly principal: Principal;
}

const isDeviceType = (type: string): type is DeviceType => DEVICE_TYPES.some(known => known === type);

/** What a join asks for; kinds of devices that Parley does not know are `other`. */
export const joinRequest = (data: JoinData, meetingId: string, connectionId: string): JoinRequest => {
  const said = (data.device_type ?? data.device_info?.device_type)?.toLowerCase();
  return {
    meetingId,
    connectionId,
    displayName: data.display_name ?? undefined,
    password: data.password ?? undefined,
    deviceType: said === undefined ? undefined : isDeviceType(said) ? said : 'other',
    isMuted: data.join_muted ?? false,
    isVideoOn: !data.join_without_video,
  };
};

const ownStatus = (state: ParticipantState): object => ({
  is_muted: state.isMuted,
  is_video_enabled: state.isVideoOn,
  is_screen_sharing: state.isScreenSharing,
  is_hand_raised: state.isHandRaised,
  is_in_waiting_room: false,
});

const requireAgreement = ({ is_private, recipient_id }: ChatData): void => {
  if (is_private === true && !recipient_id)
    throw refused('data.recipient_id', 'is needed when is_private is true');
  if (is_private === false && recipient_id)
    throw refused('data.is_private', 'must be true or absent when recipient_id is given');
};

/** Carries out what the messages of one who is in the meeting ask for. */
@Injectable()
export class ClientCommands {
  constructor(private readonly commands: CommandBus) {}

  /**
   * @returns the data of the acknowledgement
   * @throws DomainError VALIDATION_FAILED naming what is wrong with it, or what else refuses the command
   */
  async carryOut(message: InMeetingMessage, guest: Guest): Promise<object> {
    switch (message.type) {
      case 'participant_update': {
        const { participant_user_id, ...flags } = await updateData(message, guest);
        const change = {
          isMuted: flags.is_muted,
          isVideoOn: flags.is_video_enabled,
          isScreenSharing: flags.is_screen_sharing,
          isHandRaised: flags.is_hand_raised,
        };
        return this.update(guest, change, participant_user_id ?? undefined);
      }
      case 'hand_raise': {
        const { is_hand_raised: isHandRaised } = await handRaiseData(message, guest);
        return this.update(guest, { isHandRaised });
      }
      case 'reaction': {
        const { reaction_type, duration } = await reactionData(message, guest);
        const context = contextOf(guest.principal);
        await this.commands.execute(
          new SendReaction(guest.meetingId, reaction_type, context, duration ?? undefined),
        );
        return {};
      }
      case 'chat':
        return messageView(await this.say(await chatData(message, guest), guest));
    }
  }

  private async update(
    { meetingId, userId, principal }: Guest,
    change: StatusChange,
    whose = userId,
  ): Promise<object> {
    const context = contextOf(principal);
    const command =
      whose === userId
        ? new UpdateStatus(meetingId, change, context)
        : new QuietenParticipant(meetingId, whose, change, context);
    return ownStatus(await this.commands.execute(command));
  }

  private say(data: ChatData, { meetingId, principal }: Guest): Promise<ChatMessage> {
    requireAgreement(data);
    const file = fileOf(data);
    const message = {
      content: data.content,
      messageType: data.message_type ?? 'text',
      ...(data.recipient_id && { recipientId: data.recipient_id }),
      ...(file && { file }),
    };
    return this.commands.execute(new SendMessage(meetingId, message, contextOf(principal)));
  }
}
