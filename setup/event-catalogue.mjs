/**
 * Writes libs/domain/src/event-catalogue-types.ts, what the types of events say of themselves, and docs/EVENTS.md.
 * With `--check` it writes nothing and fails where what is written is not what the code says: `npm test` does so.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import prettier from 'prettier';
import { inCheckout } from './checkout.mjs';
import { readEventTypes } from './event-types.mjs';
import { eventsPage } from './events-page.mjs';

const TYPES = 'libs/domain/src/event-catalogue-types.ts';
const PAGE = 'docs/EVENTS.md';
const check = process.argv.includes('--check');

/** @param {string} path @param {string} text */
const formatted = async (path, text) =>
  prettier.format(text, { ...(await prettier.resolveConfig(inCheckout(path))), filepath: path });

/** @param {string} path @param {string} text not yet formatted @returns {Promise<boolean>} whether it had to be written */
const update = async (path, text) => {
  const wanted = await formatted(path, text);
  const file = inCheckout(path);
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return false;
  if (!check) writeFileSync(file, wanted);
  return true;
};

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

if (check && stale.length > 0) {
  console.error(`${stale.join(' and ')}: not what the code says. Run node setup/event-catalogue.mjs.`);
  process.exit(1);
}
for (const path of stale) console.log(`${path} written`);
