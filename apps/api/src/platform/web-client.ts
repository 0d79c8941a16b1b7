import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Serves the built web client: its files as they are, and its one page for `/` and everything below `/m/` and `/replay/`.
 * @param otherwise an existing folder, for `sendFile` to stand on where the web client is not built
 */
export const serveWebClient = async (
  app: NestFastifyApplication,
  folder: string,
  otherwise: string,
): Promise<void> => {
  const built = existsSync(join(folder, 'index.html'));
  await app.register(fastifyStatic, {
    root: built ? folder : otherwise,
    index: false,
    wildcard: false,
    serveDotFiles: false,
    serve: built,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Recordings say themselves how long they may be kept.
      if (!path.startsWith(folder)) return;
      const hashed = path.includes('/assets/');
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  if (!built) return;
  const fastify = app.getHttpAdapter().getInstance();
  for (const url of ['/', '/m/*', '/replay/*']) {
    fastify.get(url, (_request, reply) => reply.sendFile('index.html', folder));
  }
};
