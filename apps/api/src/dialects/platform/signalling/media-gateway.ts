import { UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { DomainError } from '#libs/domain';
import { MediaWorkers } from '../../../media/media-workers.js';
import { OpenProducer } from '../../../media/open-producer.js';
import { findSeat, type Seated } from '../../../participants/find-seat.js';
import { Aggregates } from '../../../platform/aggregates.js';
import { InjectReadModels, type ReadModels } from '../../../platform/read-models.js';
import { contextOf } from '../../../platform/request-context.js';
import { Acknowledge } from './acknowledge.js';
import {
  ConnectTransportMessage,
  ConsumeMessage,
  CreateTransportMessage,
  OnConsumer,
  OnProducer,
  OnTransport,
  PreferredLayersMessage,
  ProduceMessage,
} from './media-messages.js';
import { InMeeting } from './messages.js';
import type { SignallingSocket } from './signalling-session.js';

interface Device {
  readonly meetingId: string;
  readonly participantId: string;
  readonly connectionId: string;
}

const deviceOf = (socket: SignallingSocket, { meeting, seat }: Seated): Device => ({
  meetingId: meeting.meetingId,
  participantId: seat.participantId,
  connectionId: socket.id,
});

/** The mediasoup dialogue in the namespace `/signaling`: each message becomes a request to the meeting's media worker. */
@UseInterceptors(Acknowledge)
@WebSocketGateway({ namespace: 'signaling' })
export class MediaGateway {
  constructor(
    private readonly commands: CommandBus,
    private readonly aggregates: Aggregates,
    private readonly workers: MediaWorkers,
    @InjectReadModels() private readonly readModels: ReadModels,
  ) {}

  @SubscribeMessage('get_router_capabilities')
  async capabilities(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: InMeeting,
  ): Promise<object> {
    const { meetingId } = await this.device(socket, message);
    const { rtpCapabilities } = await this.workers.request('router.open', { meetingId });
    return { rtp_capabilities: rtpCapabilities };
  }

  @SubscribeMessage('create_transport')
  async createTransport(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: CreateTransportMessage,
  ): Promise<object> {
    const device = await this.device(socket, message);
    const transport = await this.workers.request('transport.create', {
      ...device,
      direction: message.direction,
    });
    return {
      transport_id: transport.transportId,
      ice_parameters: transport.iceParameters,
      ice_candidates: transport.iceCandidates,
      dtls_parameters: transport.dtlsParameters,
    };
  }

  @SubscribeMessage('connect_transport')
  async connectTransport(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: ConnectTransportMessage,
  ): Promise<void> {
    await this.workers.request('transport.connect', {
      ...(await this.device(socket, message)),
      transportId: message.transport_id,
      dtlsParameters: message.dtls_parameters,
    });
  }

  @SubscribeMessage('restart_ice')
  async restartIce(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: OnTransport,
  ): Promise<object> {
    const device = await this.device(socket, message);
    const answer = await this.workers.request('transport.restartIce', {
      ...device,
      transportId: message.transport_id,
    });
    return { ice_parameters: answer.iceParameters };
  }

  @SubscribeMessage('produce')
  async produce(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: ProduceMessage,
  ): Promise<object> {
    const { connectionId } = await this.device(socket, message);
    const producerId = await this.commands.execute(
      new OpenProducer(
        {
          meetingId: message.meeting_id,
          connectionId,
          transportId: message.transport_id,
          kind: message.kind,
          source: message.source,
          rtpParameters: message.rtp_parameters,
        },
        contextOf(socket.data.principal),
      ),
    );
    return { producer_id: producerId };
  }

  @SubscribeMessage('close_producer')
  async closeProducer(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: OnProducer,
  ): Promise<void> {
    const { meetingId, participantId } = await this.device(socket, message);
    await this.workers.request('producer.close', {
      meetingId,
      participantId,
      producerId: message.producer_id,
    });
  }

  @SubscribeMessage('consume')
  async consume(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: ConsumeMessage,
  ): Promise<object> {
    const seated = await this.seated(socket, message);
    await this.requireReach(seated, message.producer_id);
    const consumer = await this.workers.request('consumer.create', {
      ...deviceOf(socket, seated),
      transportId: message.transport_id,
      producerId: message.producer_id,
      rtpCapabilities: message.rtp_capabilities,
    });
    return {
      consumer_id: consumer.consumerId,
      producer_id: consumer.producerId,
      kind: consumer.kind,
      type: consumer.type,
      rtp_parameters: consumer.rtpParameters,
      producer_paused: consumer.producerPaused,
    };
  }

  @SubscribeMessage('resume_consumer')
  async resume(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: OnConsumer,
  ): Promise<void> {
    await this.onConsumer(socket, 'consumer.resume', message);
  }

  @SubscribeMessage('pause_consumer')
  async pause(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: OnConsumer,
  ): Promise<void> {
    await this.onConsumer(socket, 'consumer.pause', message);
  }

  @SubscribeMessage('close_consumer')
  async closeConsumer(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: OnConsumer,
  ): Promise<void> {
    await this.onConsumer(socket, 'consumer.close', message);
  }

  @SubscribeMessage('set_preferred_layers')
  async layers(
    @ConnectedSocket() socket: SignallingSocket,
    @MessageBody() message: PreferredLayersMessage,
  ): Promise<void> {
    await this.workers.request('consumer.layers', {
      ...(await this.device(socket, message)),
      consumerId: message.consumer_id,
      spatialLayer: message.spatial_layer,
      temporalLayer: message.temporal_layer,
    });
  }

  private async onConsumer(
    socket: SignallingSocket,
    operation: 'consumer.resume' | 'consumer.pause' | 'consumer.close',
    message: OnConsumer,
  ): Promise<void> {
    const device = await this.device(socket, message);
    await this.workers.request(operation, { ...device, consumerId: message.consumer_id });
  }

  /** What is sent in another room is refused by the media worker too, which alone can tell for certain. */
  private async requireReach({ meeting, seat }: Seated, producer_id: string): Promise<void> {
    const producer = await this.readModels
      .selectFrom('producers')
      .select('participant_id')
      .where('producer_id', '=', producer_id)
      .executeTakeFirst();
    const sender = Object.values(meeting.roster).find(one => one.participantId === producer?.participant_id);
    if (sender && sender.breakoutRoomId !== seat.breakoutRoomId) {
      throw new DomainError('PRODUCER_NOT_FOUND', { producer_id });
    }
  }

  /**
   * The participant whose device this connection is. Another connection of the same user has not joined: nobody would
   * close its transports when it goes.
   * @throws DomainError NOT_IN_MEETING and the like.
   */
  private async seated(socket: SignallingSocket, { meeting_id: meetingId }: InMeeting): Promise<Seated> {
    const { principal, seats } = socket.data;
    const seated = await findSeat(this.aggregates, meetingId, principal.userId);
    if (seats.get(meetingId) !== seated.seat.participantId) throw new DomainError('NOT_IN_MEETING');
    return seated;
  }

  private async device(socket: SignallingSocket, message: InMeeting): Promise<Device> {
    return deviceOf(socket, await this.seated(socket, message));
  }
}
