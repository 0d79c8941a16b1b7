import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  advance,
  type Player,
  type PlayerCommand,
  type PlayerOutput,
  type Score,
  stoppedPlayer,
} from './replay-player.js';

/** Drives a player by a clock that jumps from one of its wishes to the next. */
class Driven {
  player: Player = stoppedPlayer;
  now = 1_000.25;
  wakeAt?: number;
  readonly outputs: (PlayerOutput & { readonly now: number })[] = [];

  constructor(public score: Score) {}

  do(input: PlayerCommand | { readonly type: 'tick' }): readonly PlayerOutput[] {
    const step = advance(this.score, this.player, input, this.now);
    this.player = step.player;
    this.wakeAt = step.wakeAt;
    this.outputs.push(...step.outputs.map(output => ({ ...output, now: this.now })));
    return step.outputs;
  }

  /** Lets so many milliseconds pass, and ticks when it is wished for. */
  pass(milliseconds: number): void {
    const until = this.now + milliseconds;
    while (this.wakeAt !== undefined && this.wakeAt <= until) {
      this.now = this.wakeAt;
      this.do({ type: 'tick' });
    }
    this.now = until;
  }

  /** What happened to each event: its index and when it was delivered. */
  get delivered(): { readonly index: number; readonly now: number }[] {
    return this.outputs.flatMap(output =>
      output.type === 'events'
        ? Array.from({ length: output.to - output.from }, (_one, i) => ({
            index: output.from + i,
            now: output.now,
          }))
        : [],
    );
  }
  get indexes(): number[] {
    return this.delivered.map(({ index }) => index);
  }
}

const T0 = Date.parse('2026-01-15T10:00:00Z');
const at = (...seconds: number[]): number[] => seconds.map(second => T0 + second * 1000);
const over = (...seconds: number[]): Driven => new Driven({ at: at(...seconds), live: false });
const kinds = (outputs: readonly PlayerOutput[]): string[] => outputs.map(({ type }) => type);

const anyScore: fc.Arbitrary<Score> = fc
  .tuple(
    fc.array(fc.oneof(fc.constant(0), fc.nat(50), fc.nat(100_000)), { minLength: 1, maxLength: 30 }),
    fc.boolean(),
  )
  .map(([gaps, live]) => {
    let time = T0;
    return { at: gaps.map(gap => (time += gap)), live };
  });
const anySpeed = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 1, max: 1000, noNaN: true }));

type Deed =
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'grow'; readonly by: number }
  | { readonly do: 'command'; readonly make: (score: Score) => PlayerCommand };
const command = (arbitrary: fc.Arbitrary<(score: Score) => PlayerCommand>): fc.Arbitrary<Deed> =>
  arbitrary.map(make => ({ do: 'command', make }));
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.nat(20_000).map(ms => ({ do: 'pass' as const, ms })),
  fc.integer({ min: 1, max: 5 }).map(by => ({ do: 'grow' as const, by })),
  command(
    fc
      .record(
        {
          speed: anySpeed,
          maxGapMs: fc.oneof(fc.constant(null), fc.nat(5000)),
          follow: fc.boolean(),
        },
        { requiredKeys: [] },
      )
      .map(fields => () => ({ type: 'play', ...fields })),
  ),
  command(fc.constantFrom(...(['pause', 'state', 'ping'] as const)).map(type => () => ({ type }))),
  command(anySpeed.map(speed => () => ({ type: 'speed', speed }))),
  command(fc.integer({ min: -5, max: 5 }).map(count => () => ({ type: 'step', count: count || 1 }))),
  command(
    fc.tuple(fc.nat(), fc.nat(1000)).map(([place, waited]) => score => ({
      type: 'seek',
      next: place % (score.at.length + 1),
      waited,
    })),
  ),
);

describe('a replay', () => {
  it('delivers every event once, in order, between two changes of place, whatever is asked of it and when', () =>
    fc.assert(
      fc.property(anyScore, fc.array(anyDeed, { maxLength: 40, size: 'max' }), (score, deeds) => {
        const driven = new Driven(score);
        for (const [id, deed] of deeds.entries()) {
          if (deed.do === 'pass') driven.pass(deed.ms);
          else if (deed.do === 'grow') {
            const last = driven.score.at.at(-1) ?? T0;
            const more = Array.from({ length: deed.by }, (_one, i) => last + i * 100);
            driven.score = { ...driven.score, at: [...driven.score.at, ...more] };
            driven.do({ type: 'tick' });
          } else {
            const answers = driven.do({ ...deed.make(driven.score), id }).filter(one => 'id' in one);
            // One answer to each command, under its id.
            expect(answers).toMatchObject([{ id }]);
          }
        }
        let next = 0;
        for (const output of driven.outputs) {
          if (output.type === 'events') {
            expect(output.from).toBe(next);
            expect(output.to).toBeGreaterThan(output.from);
            next = output.to;
          } else if (output.type === 'state') next = output.index;
          else expect(output.index).toBe(next);
        }
        expect(driven.player.next).toBe(next);
      }),
      { numRuns: 500 },
    ));

  it('played to its end it delivers all, then says so once, and asks for no more time', () =>
    fc.assert(
      fc.property(anyScore, anySpeed, fc.boolean(), (score, speed, follow) => {
        const driven = new Driven(score);
        driven.do({ type: 'play', speed, follow });
        driven.pass(1e10);
        expect(driven.indexes).toEqual(score.at.map((_time, index) => index));
        expect(kinds(driven.outputs).filter(type => type !== 'events')).toEqual(['playing', 'ended']);
        expect(driven.wakeAt).toBeUndefined();
        expect(driven.player.playing).toBe(follow);
      }),
    ));

  it('keeps the gaps divided by the speed and never longer than asked, however often it is paused', () =>
    fc.assert(
      fc.property(
        anyScore,
        anySpeed,
        fc.option(fc.nat(10_000), { nil: undefined }),
        fc.array(fc.tuple(fc.nat(5000), fc.nat(5000)), { maxLength: 5 }),
        (score, speed, maxGapMs, pauses) => {
          const driven = new Driven(score);
          const began = driven.now;
          const rests: { from: number; ms: number }[] = [];
          driven.do({ type: 'play', speed, ...(maxGapMs !== undefined && { maxGapMs }) });
          for (const [played, ms] of pauses) {
            driven.pass(played);
            if (!driven.player.playing) break;
            driven.do({ type: 'pause' });
            rests.push({ from: driven.now, ms });
            driven.pass(ms);
            driven.do({ type: 'play' });
          }
          driven.pass(1e10);
          let due = began;
          for (const { index, now } of driven.delivered) {
            const gap = (score.at[index] ?? 0) - (score.at[index - 1] ?? score.at[0] ?? 0);
            due += Math.min(gap, maxGapMs ?? Infinity) / speed;
            const rested = rests.filter(({ from }) => from < now).reduce((sum, { ms }) => sum + ms, 0);
            // Never early, but for what floating point makes of it; late by the clock's whole milliseconds at most.
            expect(now - rested - due).toBeGreaterThan(-1e-3);
            expect(now - rested - due).toBeLessThan(2.001);
          }
          expect(driven.delivered).toHaveLength(score.at.length);
        },
      ),
    ));

  it('delivers what happened at one moment together', () => {
    const driven = over(0, 0, 5, 5, 5, 6);
    driven.do({ type: 'play' });
    driven.pass(5000);
    expect(driven.outputs.filter(({ type }) => type === 'events')).toMatchObject([
      { from: 0, to: 2 },
      { from: 2, to: 5 },
    ]);
  });

  it('keeps the fraction of a gap over a pause', () => {
    const driven = over(0, 10);
    driven.do({ type: 'play' });
    driven.pass(7000);
    expect(driven.do({ type: 'pause', id: 1 })).toEqual([{ type: 'paused', id: 1, index: 1, at: T0 + 7000 }]);
    driven.pass(60_000);
    driven.do({ type: 'play' });
    driven.pass(2999);
    expect(driven.indexes).toEqual([0]);
    driven.pass(1);
    expect(driven.indexes).toEqual([0, 1]);
  });

  it('a new speed counts from now on', () => {
    const driven = over(0, 10);
    driven.do({ type: 'play' });
    driven.pass(5000);
    driven.do({ type: 'speed', speed: 10 });
    driven.pass(499);
    expect(driven.indexes).toEqual([0]);
    driven.pass(1);
    expect(driven.indexes).toEqual([0, 1]);
  });

  it('goes on playing after a seek, with the rest of the gap that it went into', () => {
    const driven = over(0, 10, 20);
    driven.do({ type: 'play' });
    expect(driven.do({ type: 'seek', next: 2, waited: 4000 })).toMatchObject([
      { type: 'events', from: 0, to: 1 },
      { type: 'state', index: 2, at: T0 + 14_000 },
    ]);
    driven.pass(6000);
    expect(driven.indexes).toEqual([0, 2]);
  });

  it('steps on by events, and back by the state that was there; a step stops it', () => {
    const driven = over(0, 10, 20);
    driven.do({ type: 'play' });
    expect(driven.do({ type: 'step', count: 1 })).toMatchObject([
      { type: 'events', from: 0, to: 1 },
      { type: 'events', from: 1, to: 2 },
      { type: 'paused', index: 2, at: T0 + 10_000 },
    ]);
    expect(driven.wakeAt).toBeUndefined();
    expect(driven.do({ type: 'step', count: -1 })).toMatchObject([{ type: 'state', index: 1 }]);
    expect(driven.do({ type: 'step', count: -9 })).toMatchObject([{ type: 'state', index: 0 }]);
    expect(driven.do({ type: 'step', count: 9 })).toMatchObject([
      { type: 'events', from: 0, to: 3 },
      { type: 'ended', index: 3 },
    ]);
    expect(kinds(driven.do({ type: 'step', count: 1 }))).toEqual(['ended']);
  });

  it('delivers many events in slices, so that a command finds its way in between', () => {
    const driven = new Driven({ at: Array.from({ length: 1000 }, () => T0), live: false });
    driven.do({ type: 'play' });
    driven.do({ type: 'tick' });
    driven.do({ type: 'pause' });
    expect(driven.indexes.length).toBeLessThan(1000);
    driven.pass(1000);
    const reached = driven.indexes.length;
    driven.do({ type: 'play' });
    driven.pass(0);
    expect(driven.indexes).toEqual(Array.from({ length: 1000 }, (_one, index) => index));
    expect(reached).toBeLessThan(1000);
  });

  describe('that follows a meeting', () => {
    const grow = (driven: Driven, live: boolean, ...seconds: number[]): readonly PlayerOutput[] => {
      driven.score = { at: [...driven.score.at, ...at(...seconds)], live };
      return driven.do({ type: 'tick' });
    };

    it('delivers at its end what comes when it comes, and says once that the meeting is over', () => {
      const driven = new Driven({ at: at(0, 1), live: true });
      driven.do({ type: 'play', follow: true, speed: 1000 });
      driven.pass(10);
      expect(driven.outputs.at(-1)).toMatchObject({ type: 'ended', index: 2 });
      driven.pass(5);
      expect(grow(driven, true, 3600)).toEqual([{ type: 'events', from: 2, to: 3 }]);
      expect(kinds(grow(driven, false, 3601))).toEqual(['events', 'ended']);
      // A recording is finished after its meeting.
      expect(kinds(grow(driven, false, 3700))).toEqual(['events']);
    });

    it('plays what came during a pause with its gaps', () => {
      const driven = new Driven({ at: at(0), live: true });
      driven.do({ type: 'play', follow: true });
      driven.do({ type: 'tick' });
      driven.do({ type: 'pause' });
      expect(grow(driven, true, 10)).toEqual([]);
      driven.do({ type: 'play' });
      driven.pass(9999);
      expect(driven.indexes).toEqual([0]);
      driven.pass(1);
      expect(driven.indexes).toEqual([0, 1]);
    });

    it('does not follow unless it is asked to', () => {
      const driven = new Driven({ at: at(0), live: true });
      driven.do({ type: 'play' });
      driven.pass(0);
      expect(kinds(driven.outputs)).toEqual(['playing', 'events', 'ended']);
      expect(grow(driven, true, 10)).toEqual([]);
      driven.do({ type: 'play' });
      driven.pass(10_000);
      expect(driven.indexes).toEqual([0, 1]);
    });
  });
});
