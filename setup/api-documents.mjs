/**
 * Writes postman/meeting-api.json, a Postman collection made of the OpenAPI document. With `--check` it writes nothing
 * and fails where what is written is not what the code says: `npm test` does so.
 */
import { pathToFileURL } from 'node:url';
import { buildServer } from './build.mjs';
import { inCheckout } from './checkout.mjs';
import { tell, update } from './generated-file.mjs';
import { postmanCollection } from './postman-collection.mjs';

const COLLECTION = 'postman/meeting-api.json';

/** @param {string} path of a built module of the api */
const ofApi = path => import(pathToFileURL(inCheckout(`dist/apps/api/src/${path}`)).href);

await buildServer();
const { describedApi } = await ofApi('described-api.js');
const stale = [];
if (await update(COLLECTION, JSON.stringify(await postmanCollection(await describedApi()))))
  stale.push(COLLECTION);
tell(stale, 'setup/api-documents.mjs');
