/**
 * Writes postman/meeting-api.json, a Postman collection made of the OpenAPI document, and docs/asyncapi.json, which
 * describes the sockets. With `--check` it writes nothing and fails where what is written is not what the code says:
 * `npm test` does so.
 */
import { pathToFileURL } from 'node:url';
import { buildServer } from './build.mjs';
import { inCheckout } from './checkout.mjs';
import { tell, update } from './generated-file.mjs';
import { postmanCollection } from './postman-collection.mjs';

const COLLECTION = 'postman/meeting-api.json';
const SOCKETS = 'docs/asyncapi.json';

/** @param {string} path of a built module of the api */
const ofApi = path => import(pathToFileURL(inCheckout(`dist/apps/api/src/${path}`)).href);

await buildServer();
const { describedApi } = await ofApi('described-api.js');
const stale = [];
if (await update(COLLECTION, JSON.stringify(await postmanCollection(await describedApi()))))
  stale.push(COLLECTION);
const { asyncApiDocument } = await ofApi('dialects/asyncapi/asyncapi-document.js');
if (await update(SOCKETS, JSON.stringify(asyncApiDocument()))) stale.push(SOCKETS);
tell(stale, 'setup/api-documents.mjs');
