import { fileURLToPath } from 'node:url';

/** The checkout that this program was built in: it runs as dist/apps/cli/src/*.js. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));
