import { IsIn, IsInt, IsObject, Matches, Max, Min } from 'class-validator';
import { MEDIA_KINDS, MEDIA_SOURCES, type MediaKind, type MediaSource } from '#libs/domain';
import type { MediaOperations } from '#libs/work-queues';
import { ID_PATTERN } from '../../../meetings/meeting-id.js';
import { Optional } from '../../../platform/optional.js';
import { InMeeting } from './messages.js';

export class CreateTransportMessage extends InMeeting {
  @IsIn(['send', 'recv'])
  direction!: 'send' | 'recv';
}

export class OnTransport extends InMeeting {
  @Matches(ID_PATTERN)
  transport_id!: string;
}

export class ConnectTransportMessage extends OnTransport {
  @IsObject()
  dtls_parameters!: MediaOperations['transport.connect']['request']['dtlsParameters'];
}

export class ProduceMessage extends OnTransport {
  @IsIn(MEDIA_KINDS)
  kind!: MediaKind;

  @IsIn(MEDIA_SOURCES)
  source!: MediaSource;

  @IsObject()
  rtp_parameters!: MediaOperations['producer.create']['request']['rtpParameters'];
}

export class OnProducer extends InMeeting {
  @Matches(ID_PATTERN)
  producer_id!: string;
}

export class ConsumeMessage extends OnTransport {
  @Matches(ID_PATTERN)
  producer_id!: string;

  @IsObject()
  rtp_capabilities!: MediaOperations['consumer.create']['request']['rtpCapabilities'];
}

export class OnConsumer extends InMeeting {
  @Matches(ID_PATTERN)
  consumer_id!: string;
}

export class PreferredLayersMessage extends OnConsumer {
  @IsInt()
  @Min(0)
  @Max(7)
  spatial_layer!: number;

  @Optional()
  @IsInt()
  @Min(0)
  @Max(7)
  temporal_layer?: number;
}
