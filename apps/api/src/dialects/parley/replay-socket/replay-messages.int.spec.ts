import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../../testing/until.js';
import { end, Replays, say } from './replays-for-tests.js';

describe('what is wrong in a message of a replay is answered with an error, and changes nothing', () => {
  let replays: Replays;
  beforeAll(async () => {
    replays = await Replays.start();
  }, 90_000);
  afterEach(() => replays.clear());
  afterAll(() => replays.stop());

  let id: string;
  beforeAll(async () => {
    id = await replays.told(say(10), end(20));
  });
  it.each<[string, string | Buffer, string]>([
    ['no JSON', 'play!', 'frame'],
    ['nothing', '', 'frame'],
    ['a list', '[]', 'frame'],
    ['null', 'null', 'frame'],
    ['a binary frame', Buffer.from('{"type":"play"}'), 'frame'],
    ['no type', '{}', 'type'],
    ['an unknown type', '{"type":"rewind"}', 'type'],
    ['a type of every object', '{"type":"constructor"}', 'type'],
    ['a field too many', '{"type":"pause","now":true}', 'now'],
    ['a speed too slow', '{"type":"play","speed":0.5}', 'speed'],
    ['a speed too fast', '{"type":"play","speed":1001}', 'speed'],
    ['a speed in words', '{"type":"speed","speed":"10"}', 'speed'],
    ['no speed', '{"type":"speed"}', 'speed'],
    ['a gap below nothing', '{"type":"play","maxGapMs":-1}', 'maxGapMs'],
    ['to follow in words', '{"type":"play","follow":"yes"}', 'follow'],
    ['no step', '{"type":"step","count":0}', 'count'],
    ['half a step', '{"type":"step","count":0.5}', 'count'],
    ['too many steps', '{"type":"step","count":1001}', 'count'],
    ['no place', '{"type":"seek"}', 'to'],
    ['an empty place', '{"type":"seek","to":{}}', 'to'],
    ['two places', '{"type":"seek","to":{"index":1,"offsetMs":5}}', 'to'],
    ['a place in words', '{"type":"seek","to":"start"}', 'to'],
    ['a list of places', '{"type":"seek","to":[{"index":1}]}', 'to'],
    ['an index beyond the end', '{"type":"seek","to":{"index":5}}', 'to.index'],
    ['an index before the beginning', '{"type":"seek","to":{"index":-1}}', 'to.index'],
    ['a position that there is not', '{"type":"seek","to":{"position":9007199254740991}}', 'to.position'],
    ['a time of no zone', '{"type":"seek","to":{"time":"2026-01-15T10:00:00"}}', 'to.time'],
    ['a future time', '{"type":"seek","to":{"time":"2199-01-01T00:00:00Z"}}', 'to.time'],
    ['a future offset', '{"type":"seek","to":{"offsetMs":300000000000}}', 'to.offsetMs'],
    ['an unknown place', '{"type":"seek","to":{"page":1}}', 'to.page'],
  ])('%s', async (_what, message, field) => {
    const client = await replays.open(id);
    await client.ask({ type: 'seek', to: { index: 1 } });
    client.socket.send(message);
    const error = await client.next('an error', ({ type }) => type === 'error');
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', message: expect.any(String) });
    expect(Object.keys(error.details as object)).toContain(field);
    expect(await client.ask({ type: 'state' })).toMatchObject({ index: 1, playing: false });
    expect(client.closed).toBeUndefined();
  });

  it('an error carries the id of the message; what cannot be an id is refused', async () => {
    const client = await replays.open(id);
    expect(await client.ask({ type: 'rewind' })).toMatchObject({ type: 'error' });
    for (const wrong of [{}, [], true, null, 'x'.repeat(65)]) client.send({ type: 'play', id: wrong });
    await until('five errors more', () => client.of('error').length === 6);
    expect(client.of('error').slice(1)).toMatchObject(
      Array.from({ length: 5 }, () => ({ details: { id: expect.any(String) } })),
    );
  });

  it('what would be a prototype is no field', async () => {
    const client = await replays.open(id);
    client.socket.send('{"type":"play","__proto__":{"speed":5},"constructor":{"prototype":{"speed":5}}}');
    expect(await client.next('an answer', ({ type }) => type !== 'ready')).toMatchObject({
      type: 'playing',
      speed: 1,
    });
    expect(({} as { speed?: number }).speed).toBeUndefined();
  });

  it('a message too large closes the connection with 1009', async () => {
    const client = await replays.open(id);
    client.send({ type: 'play', id: 'x'.repeat(20_000) });
    expect((await client.end()).code).toBe(1009);
  });

  it('whoever floods is told to slow down, and answered in order', async () => {
    const client = await replays.open(id);
    for (let ask = 0; ask < 500; ask += 1) client.send({ type: 'ping', id: ask });
    await until('500 answers', () => client.of('pong').length + client.of('error').length === 500);
    expect(client.of('error').every(({ code }) => code === 'RATE_LIMIT_EXCEEDED')).toBe(true);
    expect(client.of('pong').length).toBeGreaterThanOrEqual(200);
    const ids = client.of('pong').map(answer => Number(answer.id));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });
});
