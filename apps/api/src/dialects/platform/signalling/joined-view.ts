import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type MeetingState, moderates, ownEntry, permissionsOf, type Principal } from '#libs/domain';
import { ChatHistory } from '../../../chat/chat-history.js';
import { ListParticipants } from '../../../participants/list-participants.js';
import { InjectReadModels, type ReadModels } from '../../../platform/read-models.js';
import { platformRole } from '../meeting-view.js';
import {
  breakoutView,
  chatMessageView,
  participantView,
  permissionsView,
  producerView,
} from './pushed-views.js';

const CHAT_SHOWN = 50;

export interface Shown {
  readonly view: Record<string, unknown>;
  /** Ids of the messages and producers in it. */
  readonly shown: readonly string[];
}

/** The whole of a meeting as one who just joined must know it: the payload of `meeting_joined`. */
@Injectable()
export class JoinedView {
  constructor(
    private readonly queries: QueryBus,
    @InjectReadModels() private readonly readModels: ReadModels,
  ) {}

  /** @param meeting as it is now */
  async of(meeting: MeetingState, participantId: string, principal: Principal): Promise<Shown> {
    const { meetingId } = meeting;
    const [participants, messages, all] = await Promise.all([
      this.queries.execute(new ListParticipants(meetingId, principal)),
      this.queries.execute(new ChatHistory(meetingId, CHAT_SHOWN, 0, principal)),
      this.readModels.selectFrom('producers').selectAll().where('meeting_id', '=', meetingId).execute(),
    ]);
    const may = permissionsOf(meeting, principal.userId);
    const own = participants.find(row => row.participant_id === participantId);
    const room = ownEntry(meeting.roster, principal.userId)?.breakoutRoomId;
    const rooms = new Map(
      Object.values(meeting.roster).map(seat => [seat.participantId, seat.breakoutRoomId]),
    );
    const producers = all.filter(({ participant_id }) => rooms.get(participant_id) === room);
    const view = {
      success: true,
      meeting_info: {
        meeting_id: meetingId,
        title: meeting.title,
        host_id: meeting.hostUserId,
        participants: participants.map(participantView),
        settings: {
          // What this user may do.
          recording_enabled: may.record,
          chat_enabled: may.chat,
          screen_share_enabled: may.screenShare,
        },
        permissions: permissionsView(may),
        breakout: meeting.breakout ? breakoutView(meeting.breakout) : null,
        is_recording: meeting.recordingId !== undefined,
        is_locked: meeting.settings.locked,
        waiting: moderates(meeting, principal)
          ? Object.entries(meeting.waiting).map(([user_id, { displayName }]) => ({
              user_id,
              display_name: displayName,
            }))
          : [],
      },
      your_participant_id: participantId,
      your_role: platformRole(own?.role ?? 'attendee'),
      producers: producers.map(producerView),
      messages: messages.map(chatMessageView),
    };
    return {
      view,
      shown: [...messages.map(({ messageId }) => messageId), ...producers.map(one => one.producer_id)],
    };
  }
}
