import type { RtpPacket } from './rtp-packet.js';

const KEEP_MS = 5000;
const MOST_BYTES = 4 << 20;

/** Packets of sources that no track claims yet: media may come before the word that announces it. Bounded in time and size. */
export class UnclaimedPackets {
  #packets: RtpPacket[] = [];
  #bytes = 0;

  add(packet: RtpPacket): void {
    this.#packets.push(packet);
    this.#bytes += packet.payload.length;
    let obsolete = 0;
    for (const oldest of this.#packets) {
      if (packet.arrivedAt - oldest.arrivedAt <= KEEP_MS && this.#bytes <= MOST_BYTES) break;
      this.#bytes -= oldest.payload.length;
      obsolete++;
    }
    // In one go and not often: removing from the front of an array moves all of it.
    if (obsolete > 0) this.#packets = this.#packets.slice(obsolete);
  }

  /** Takes out the packets of one source, in order of arrival. */
  claim(ssrc: number): RtpPacket[] {
    const claimed = this.#packets.filter(packet => packet.ssrc === ssrc);
    this.#packets = this.#packets.filter(packet => packet.ssrc !== ssrc);
    this.#bytes = this.#packets.reduce((sum, packet) => sum + packet.payload.length, 0);
    return claimed;
  }
}
