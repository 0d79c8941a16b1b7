import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Clients send `Content-Type: application/json` with requests that have no body; that is an empty object, not an error. */
export const acceptEmptyJson = (app: NestFastifyApplication): void => {
  const parse = app.getHttpAdapter().getInstance().getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', {}, (request, body, done) => {
    const text = body?.toString() ?? '';
    if (text.trim() === '') done(null, {});
    else void parse(request as never, text, done);
  });
};
