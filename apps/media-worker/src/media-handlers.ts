import { DomainError, type ErrorCode } from '#libs/domain';
import type { MediaOperations, RequestHandlers } from '#libs/work-queues';
import type { MeetingMedia } from './meeting-media.js';
import type { Meetings } from './meetings.js';

interface OfParticipant {
  readonly meetingId: string;
  readonly participantId: string;
}

/** How this worker answers each {@link MediaOperations}. One participant's operations run in the order they were asked. */
export const mediaHandlers = (meetings: Meetings): RequestHandlers<MediaOperations> => {
  /** In a meeting that is not here, what is asked for is not here either. */
  const within = async <T>(
    of: OfParticipant,
    missing: ErrorCode,
    work: (media: MeetingMedia) => Promise<T>,
  ) => {
    const media = await meetings.find(of.meetingId);
    if (!media) throw new DomainError(missing);
    return media.inOrder.run(of.participantId, () => work(media));
  };
  /** Closing what is gone is done. */
  const closing = async (
    of: OfParticipant,
    work: (media: MeetingMedia) => void,
  ): Promise<Record<string, never>> => {
    const media = await meetings.find(of.meetingId);
    await media?.inOrder.run(of.participantId, async () => work(media));
    return {};
  };

  return {
    'router.open': async ({ meetingId, rooms }) => {
      const media = await meetings.open(meetingId);
      media.applyRooms(rooms);
      return { rtpCapabilities: media.router.rtpCapabilities };
    },
    'rooms.apply': async ({ meetingId, rooms }) => {
      (await meetings.open(meetingId)).applyRooms(rooms);
      return {};
    },
    'router.close': async ({ meetingId }) => {
      await meetings.close(meetingId);
      return {};
    },

    'transport.create': request =>
      // Without a router the client must begin at the capabilities again.
      within(request, 'MEDIA_UNAVAILABLE', async media => {
        const transport = await media.transports.create(request, request.direction);
        const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
        return { transportId: id, iceParameters, iceCandidates, dtlsParameters };
      }),
    'transport.connect': request =>
      within(request, 'TRANSPORT_NOT_FOUND', async media => {
        await media.transports.connect(request, request.transportId, request.dtlsParameters);
        return {};
      }),
    'transport.restartIce': request =>
      within(request, 'TRANSPORT_NOT_FOUND', async media => ({
        iceParameters: await media.transports.restartIce(request, request.transportId),
      })),

    'producer.create': request =>
      within(request, 'TRANSPORT_NOT_FOUND', async media => {
        media.applyRooms(request.rooms);
        const transport = media.transports.owned(request, request.transportId);
        return { producerId: (await media.producers.create(transport, request)).id };
      }),
    'producer.pause': request =>
      within(request, 'PRODUCER_NOT_FOUND', async media => {
        await media.producers.setPaused(request.participantId, request.producerId, true);
        return {};
      }),
    'producer.resume': request =>
      within(request, 'PRODUCER_NOT_FOUND', async media => {
        await media.producers.setPaused(request.participantId, request.producerId, false);
        return {};
      }),
    'producer.close': request =>
      closing(request, media => media.producers.close(request.participantId, request.producerId)),

    'consumer.create': request =>
      within(request, 'TRANSPORT_NOT_FOUND', async media => {
        media.applyRooms(request.rooms);
        const transport = media.transports.owned(request, request.transportId);
        const { producerId } = request;
        const owned = media.producers.find(producerId);
        if (!owned) throw new DomainError('PRODUCER_NOT_FOUND', { producerId });
        const consumer = await media.consumers.create(transport, owned, request.rtpCapabilities);
        const { id, kind, type, rtpParameters, producerPaused } = consumer;
        return { consumerId: id, producerId, kind, type, rtpParameters, producerPaused };
      }),
    'consumer.resume': request =>
      within(request, 'CONSUMER_NOT_FOUND', async media => {
        await media.consumers.resume(request, request.consumerId);
        return {};
      }),
    'consumer.pause': request =>
      within(request, 'CONSUMER_NOT_FOUND', async media => {
        await media.consumers.pause(request, request.consumerId);
        return {};
      }),
    'consumer.close': request =>
      closing(request, media => media.consumers.close(request, request.consumerId)),
    'consumer.layers': request =>
      within(request, 'CONSUMER_NOT_FOUND', async media => {
        const { consumerId, spatialLayer, temporalLayer } = request;
        await media.consumers.prefer(request, consumerId, { spatialLayer, temporalLayer });
        return {};
      }),

    'connection.close': request =>
      closing(request, media => media.transports.close(request.participantId, request.connectionId)),
    'participant.close': request => closing(request, media => media.transports.close(request.participantId)),

    'recording.connect': async ({ meetingId, rooms, ...to }) => {
      // The recording may come before the first client does: after a worker's death, for one.
      const media = await meetings.open(meetingId);
      media.applyRooms(rooms);
      await media.inOrder.run(to.recordingId, () => media.connectRecording(to));
      return {};
    },
    'recording.keyFrame': async ({ meetingId, recordingId, trackId }) => {
      const media = await meetings.find(meetingId);
      await media?.requestKeyFrame(recordingId, trackId);
      return {};
    },
    'recording.close': async ({ meetingId, recordingId }) => {
      const media = await meetings.find(meetingId);
      await media?.inOrder.run(recordingId, async () => media.closeRecording(recordingId));
      return {};
    },
  };
};
