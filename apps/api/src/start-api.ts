import { resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, jwtSecret } from '#libs/config';
import type { EventStoreDbDoor } from '#libs/event-log';
import { nestLogger } from '#libs/service';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { ApiModule } from './api-module.js';
import { Tokens } from './auth/tokens.js';
import { platformError } from './dialects/platform/platform-error.js';
import { PlatformErrorFilter } from './dialects/platform/platform-error-filter.js';
import { serveOtherSites } from './platform/cross-origin.js';
import { httpAdapter, installHooks } from './platform/http-server.js';
import { acceptJsonAlone } from './platform/json-body.js';
import { serveOpenApi } from './platform/openapi.js';
import { openStores } from './platform/open-stores.js';
import { PageOrigins } from './platform/page-origins.js';
import type { Refusal } from './platform/refusal.js';
import { publicUrl } from './platform/settings.js';
import { SocketAdapter } from './platform/socket-adapter.js';
import { validationPipe } from './platform/validation.js';
import { serveWebClient } from './platform/web-client.js';
import { openAnalystsDoor } from './replay/analysts-door.js';

export interface RunningApi {
  readonly app: NestFastifyApplication;
  /** Port it listens on. */
  readonly port: number;
  close(): Promise<void>;
}

/** Of answers that no controller gives. */
const errorBody = (refusal: Refusal, requestId: string): object => ({
  error: platformError(refusal, requestId),
});

/**
 * Starts the api and listens.
 * @throws LogLocked when another process owns the data directory.
 * @throws ConfigError when the door for EventStoreDB's clients cannot be opened as the settings say.
 */
export const startApi = async (config: Config, logger: Logger): Promise<RunningApi> => {
  const stores = await openStores(config, logger);
  let door: EventStoreDbDoor | undefined;
  try {
    const secret = jwtSecret(config);
    door = await openAnalystsDoor(config, stores.log, new Tokens(config, secret));
    const parts = { config, secret, logger, stores };
    const app = await NestFactory.create<NestFastifyApplication>(
      ApiModule.of(parts),
      httpAdapter(logger, errorBody, config.trustedProxies),
      {
        bodyParser: false,
        logger: nestLogger(logger),
        forceCloseConnections: true,
        abortOnError: false,
      },
    );
    const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
    installHooks(fastify);
    const pages = new PageOrigins({
      publicUrl: publicUrl(config),
      allowed: config.allowedOrigins,
      logger,
    });
    serveOtherSites(app, pages, errorBody);
    acceptJsonAlone(app);
    app.useGlobalPipes(validationPipe());
    // Whatever belongs to no dialect, such as an unknown address, is answered in the platform's format.
    app.useGlobalFilters(new PlatformErrorFilter());
    app.useWebSocketAdapter(
      new SocketAdapter(app, {
        authenticate: token => app.get(Tokens, { strict: false }).verify(token),
        expiresAt: token => app.get(Tokens, { strict: false }).expiresAt(token),
        pages,
        logger,
        body: errorBody,
      }),
    );
    serveOpenApi(app);
    await serveWebClient(app, resolve('dist/web'), config.dataDir);
    await app.listen(config.port, config.host);
    const { port } = fastify.server.address() as { port: number };
    return {
      app,
      port,
      close: async () => {
        await door?.close();
        await app.close();
        await stores.close();
      },
    };
  } catch (error) {
    await door?.close();
    await stores.close();
    throw error;
  }
};
