import { open } from 'node:fs/promises';

const BUFFER_BYTES = 262_144;

/**
 * Writes texts to a new file, one after the other, each once the last is written. All pass through one buffer: a stream
 * would make one for each text, and they pile up between two collections of garbage.
 */
export const writeTexts = async (file: string, texts: AsyncIterable<string>): Promise<void> => {
  const handle = await open(file, 'wx');
  try {
    const encoder = new TextEncoder();
    const buffer = new Uint8Array(BUFFER_BYTES);
    for await (const text of texts) {
      for (let rest = text; rest !== '';) {
        const { read, written } = encoder.encodeInto(rest, buffer);
        for (let from = 0; from < written;) {
          const { bytesWritten } = await handle.write(buffer, from, written - from);
          from += bytesWritten;
        }
        rest = rest.slice(read);
      }
    }
  } finally {
    await handle.close();
  }
};
