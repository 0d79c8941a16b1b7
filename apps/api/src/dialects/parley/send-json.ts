import type { FastifyReply } from 'fastify';

/** Answers with an object of which `events` are JSON already. */
export const sendJson = (
  reply: FastifyReply,
  { events, ...rest }: { readonly events: readonly string[]; readonly [field: string]: unknown },
): void => {
  const others = JSON.stringify(rest).slice(1);
  void reply
    .header('content-type', 'application/json; charset=utf-8')
    .send(`{"events":[${events.join(',')}]${others === '}' ? '' : ','}${others}`);
};
