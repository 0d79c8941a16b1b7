import type { DocumentedMessage } from './message.js';
import { meetingSocketMessages } from './meeting-socket-messages.js';
import { replayMessages } from './replay-messages.js';
import { signallingMessages } from './signalling-messages.js';

interface Channel {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly messages: readonly DocumentedMessage[];
  /** How a client names itself, and from where it goes on, in the address. */
  readonly query?: object;
}

const bindings = (query?: object): object => ({
  ws: {
    method: 'GET',
    ...(query && { query: { type: 'object', properties: query } }),
    bindingVersion: '0.1.0',
  },
});

const channels = (): Readonly<Record<string, Channel>> => ({
  meeting: {
    address: '/ws/meetings/{id}',
    title: 'A meeting, live',
    description:
      'What happens in a meeting, and what one does in it. Who was away gives the position of the last message as ' +
      'last_position, and is told what happened since, in order, once. docs/MEETINGS-SOCKET.md tells more.',
    messages: meetingSocketMessages(),
    query: {
      token: { type: 'string', description: 'The JWT, where no Authorization header can be set' },
      last_position: { type: 'integer', description: 'After which to go on' },
    },
  },
  replay: {
    address: '/api/v1/meetings/{id}/replay',
    title: 'A meeting, played again',
    description: 'For the meeting’s host and the roles analyst and admin. docs/REPLAY-SOCKET.md tells more.',
    messages: replayMessages(),
    query: {
      access_token: { type: 'string', description: 'The JWT, where no Authorization header can be set' },
    },
  },
  signaling: {
    address: '/signaling',
    title: 'Signalling and the mediasoup dialogue (Socket.IO)',
    description:
      'A Socket.IO namespace: a message’s name is that of its event, its payload the first argument. The token stands in ' +
      'auth.token of the handshake. Every message of a client is acknowledged, where it asks for that, with success: true ' +
      'and what its summary names, or with success: false and an error as in the push of that name. docs/SIGNALLING.md ' +
      'tells more.',
    messages: signallingMessages(),
  },
});

const keyOf = ({ from, name }: DocumentedMessage): string => `${from}.${name}`;

const channelOf = ({ address, title, description, messages, query }: Channel): object => ({
  address,
  title,
  description,
  ...(address.includes('{id}') && { parameters: { id: { description: 'The meeting' } } }),
  messages: Object.fromEntries(
    messages.map(message => [
      keyOf(message),
      {
        name: message.name,
        summary: message.summary,
        contentType: 'application/json',
        payload: message.payload,
        examples: [{ payload: message.example }],
      },
    ]),
  ),
  bindings: bindings(query),
});

/** What this server does with the messages of a side: it receives those of clients, and sends its own. */
const operationOf = (
  name: string,
  { messages, title }: Channel,
  from: DocumentedMessage['from'],
): object => ({
  action: from === 'client' ? 'receive' : 'send',
  channel: { $ref: `#/channels/${name}` },
  summary: `${title}: what ${from === 'client' ? 'clients send' : 'the server sends'}`,
  messages: messages
    .filter(message => message.from === from)
    .map(message => ({ $ref: `#/channels/${name}/messages/${keyOf(message)}` })),
});

/** The AsyncAPI 3 document of all sockets. */
export const asyncApiDocument = (): object => {
  const all = Object.entries(channels());
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Parley: sockets',
      version: '0.1.0',
      description: 'Video meetings in which everything that happens is an event that can be replayed.',
    },
    defaultContentType: 'application/json',
    servers: {
      parley: {
        host: '127.0.0.1:8080',
        protocol: 'ws',
        security: [{ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }],
      },
    },
    channels: Object.fromEntries(all.map(([name, channel]) => [name, channelOf(channel)])),
    operations: Object.fromEntries(
      all.flatMap(([name, channel]) => [
        [`${name}.receive`, operationOf(name, channel, 'client')],
        [`${name}.send`, operationOf(name, channel, 'server')],
      ]),
    ),
  };
};
