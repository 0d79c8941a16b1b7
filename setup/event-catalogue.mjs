/**
 * Writes libs/domain/src/event-catalogue-types.ts, what the types of events say of themselves, and docs/EVENTS.md.
 * With `--check` it writes nothing and fails where what is written is not what the code says: `npm test` does so.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { inCheckout } from './checkout.mjs';
import { readEventTypes } from './event-types.mjs';
import { eventsPage } from './events-page.mjs';
import { tell, update } from './generated-file.mjs';

const TYPES = 'libs/domain/src/event-catalogue-types.ts';
const PAGE = 'docs/EVENTS.md';

/** The domain's sources name each other as they are built, with `.js`. Node strips their types, but does not look for `.ts`. */
const importDomain = async () => {
  const sources = pathToFileURL(inCheckout('libs/domain/src/')).href;
  registerHooks({
    resolve: (specifier, context, next) => {
      const { href } = specifier.startsWith('.')
        ? new URL(specifier, context.parentURL)
        : { href: specifier };
      return next(href.startsWith(sources) ? href.replace(/\.js$/, '.ts') : specifier, context);
    },
  });
  return import('../libs/domain/src/event-catalogue.js');
};

const { streams, events, missing } = readEventTypes(inCheckout('libs/domain/src/any-event.ts'));
if (missing.length > 0) {
  console.error(`The types of events do not say enough:\n${missing.map(line => `- ${line}`).join('\n')}`);
  process.exit(1);
}

const stale = [];
const generated = `
// Made from the types of events by setup/event-catalogue.mjs. Do not edit it: edit the types and run that.
/* eslint-disable max-lines -- a table */
import type { AnyEvent } from './any-event.js';
import type { EventTypeDescription } from './event-description.js';

export const EVENT_TYPES: { readonly [Type in AnyEvent['type']]: EventTypeDescription } = ${JSON.stringify(events)};
`;
if (await update(TYPES, generated)) stale.push(TYPES);
// After that, for the catalogue is made of it.
const { EVENT_CATALOGUE } = await importDomain();
if (await update(PAGE, eventsPage(EVENT_CATALOGUE, streams))) stale.push(PAGE);

tell(stale, 'setup/event-catalogue.mjs');
