import type { RtpPacket } from './rtp-packet.js';

/** How long a missing packet is waited for: a client's retransmissions arrive well within it. */
export const REORDER_HOLD_MS = 1000;
/** More waiting packets than this and the wait ends early, so that memory is bounded. */
const CAPACITY = 4096;
/** A packet this far behind is either a straggler or the source began again at another number (RFC 3550, A.1). */
const MAX_MISORDER = 1000;

export interface InOrder {
  readonly packet: RtpPacket;
  /** Packets given up for lost just before this one. */
  readonly lost: number;
}

const distance = (from: number, to: number): number => (to - from) & 0xffff;

/** Puts packets of one source into the order of their sequence numbers. */
export class ReorderBuffer {
  /** By sequence number; a Map keeps the order of arrival. */
  readonly #waiting = new Map<number, RtpPacket>();
  #next: number | undefined;
  #restartAt: number | undefined;
  #late = 0;

  constructor(private readonly holdMs = REORDER_HOLD_MS) {}

  /** Packets that came after they had been given up for lost, or twice. */
  get late(): number {
    return this.#late;
  }

  push(packet: RtpPacket): void {
    const { sequenceNumber } = packet;
    this.#next ??= sequenceNumber;
    const behind = distance(sequenceNumber, this.#next);
    if (behind > 0 && behind < 0x8000) {
      if (behind <= MAX_MISORDER || sequenceNumber !== this.#restartAt) {
        this.#late++;
        this.#restartAt = (sequenceNumber + 1) & 0xffff;
        return;
      }
      // Two in a row from far behind: the source began again.
      this.#waiting.clear();
      this.#next = sequenceNumber;
    }
    this.#restartAt = undefined;
    if (this.#waiting.has(sequenceNumber)) this.#late++;
    else this.#waiting.set(sequenceNumber, packet);
  }

  /** Takes the next packet that is in order, or that has waited long enough; undefined when there is none yet. */
  take(now: number): InOrder | undefined {
    if (this.#next === undefined || this.#waiting.size === 0) return undefined;
    const expected = this.#waiting.get(this.#next);
    if (expected) return this.#pass(expected, 0);
    const oldest = this.#waiting.values().next().value!;
    if (now - oldest.arrivedAt < this.holdMs && this.#waiting.size < CAPACITY) return undefined;
    let nearest = oldest;
    let lost = distance(this.#next, oldest.sequenceNumber);
    for (const packet of this.#waiting.values()) {
      const gap = distance(this.#next, packet.sequenceNumber);
      if (gap < lost) [nearest, lost] = [packet, gap];
    }
    return this.#pass(nearest, lost);
  }

  #pass(packet: RtpPacket, lost: number): InOrder {
    this.#waiting.delete(packet.sequenceNumber);
    this.#next = (packet.sequenceNumber + 1) & 0xffff;
    return { packet, lost };
  }
}
