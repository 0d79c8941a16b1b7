/** docs/EVENTS.md, made of the event catalogue. */

/** @typedef {import('../libs/domain/src/event-description.js').EventDescription} EventDescription */
/** @typedef {import('../libs/domain/src/event-description.js').FieldDescription} FieldDescription */

const COMMON = `
# Events

Whatever happens in Parley is an event in the log, in the past tense. Nothing is changed or deleted there: state is what the
events lead to. This page lists every type of event. It is made from the code by \`node setup/event-catalogue.mjs\`, and
\`npm test\` fails when the two differ, so do not edit it.

## What all events have in common

An event as the REST API, exports and replay show it:

| field                    | kind    | meaning                                                                                          |
| ------------------------ | ------- | ------------------------------------------------------------------------------------------------ |
| \`position\`               | integer | place in the whole log. It rises from event to event, but not always by one; it means nothing in another log |
| \`stream\`                 | text    | name of the stream that holds it: all events of one meeting, seat, chat, recording, room, user or webhook endpoint       |
| \`revision\`               | integer | place in its stream, from 0. Gaps in a chat are private messages of others                                                        |
| \`id\`                     | text    | id of the event: a ULID. An event with the same id is the same event; a repeated request writes nothing twice |
| \`type\`                   | text    | one of the types below                                                                           |
| \`version\`                | integer | version of the type's shape, from 1                                                              |
| \`time\`                   | time    | when it happened, by the clock of the api                                                        |
| \`data\`                   | object  | what happened: the fields listed at each type                                                    |
| \`metadata.correlationId\` | text    | what all events have in common that one request, or one report of a worker, caused               |
| \`metadata.causationId\`   | text    | id of the event or request that caused this one directly; absent where there is none                 |
| \`metadata.userId\`        | text    | id of the user who did it; \`system\` is Parley itself                                           |

- **Kinds.** \`text\`; \`time\` is a text in ISO 8601, in UTC; \`integer\`; \`number\` may have a fraction; \`boolean\`; \`object\` holds
  the fields whose paths begin with its own. A field marked _optional_ may be absent; it is never null.
- **Ids.** Meetings, seats, messages and recordings have ULIDs. A user's id is the \`sub\` of the user's token. A participant
  is a seat: who leaves and comes back has the same user id and another participant id.
- **Meetings.** Every event but UserErased and those of webhook endpoints names its meeting in \`data.meetingId\`, in whichever stream it lies.
- **Versions.** Events stay in the log as they were written. When a type's shape changes its version rises, and older events
  are brought to the new shape as they are read (\`libs/domain/src/upcast.ts\`): readers see one shape only, the one described
  here. Ignore fields and types that you do not know: later versions of Parley may add some.
- **Personal data.** Fields marked _personal_ lie in the log encrypted under a key of the user's whose data they are. Once that
  user is erased the key is gone, and they read \`[erased]\` for ever; everything else in the event stays. Whoever comes
  back after that gets a new key.
- **What nobody is shown.** Fields marked _secret_ never leave the log. Private messages are shown only to the two
  who wrote and got them.
`;

/** @param {string} text for a cell of a table */
const cell = text => text.replaceAll('|', '\\|');

/** @param {FieldDescription} field */
const row = ({ path, kind, optional, meaning, values, personal, secret }) => {
  const marks = [optional && '_optional_', personal && '_personal_', secret && '_secret_'].filter(Boolean);
  const oneOf = values ? ` One of ${values.map(value => `\`${value}\``).join(', ')}.` : '';
  return `| \`${path}\` | ${[kind, ...marks].join(', ')} | ${cell(meaning + oneOf)} |`;
};

/** @param {string} type @param {EventDescription} event */
const section = (type, { meaning, by, version, fields, example }) => `
### ${type}

${meaning}

Caused by ${by}. Version ${version}.

| field | kind | meaning |
| --- | --- | --- |
${fields.map(row).join('\n')}

\`\`\`json
${JSON.stringify(example, undefined, 2)}
\`\`\`
`;

/** @param {string} heading @returns {string} its anchor on GitHub */
const anchor = heading =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

/**
 * @param {Record<string, EventDescription>} catalogue
 * @param {Record<string, string>} streams what each stream is, by its name's pattern
 * @returns {string} Markdown, not yet formatted
 */
export const eventsPage = (catalogue, streams) => {
  const ofStream = Object.entries(streams).map(([stream, meaning]) => ({
    stream,
    meaning,
    heading: `Stream \`${stream}\``,
    events: Object.entries(catalogue).filter(([, event]) => event.stream === stream),
  }));
  const contents = ofStream.map(
    ({ heading, events }) =>
      `- [${heading}](#${anchor(heading)}): ${events.map(([type]) => `[${type}](#${anchor(type)})`).join(', ')}`,
  );
  const [title, ...common] = COMMON.split('\n## ');
  return [
    title,
    contents.join('\n'),
    ...common.map(part => `## ${part}`),
    ...ofStream.flatMap(({ heading, meaning, events }) => [
      `## ${heading}\n\n${meaning}`,
      ...events.map(([type, event]) => section(type, event)),
    ]),
  ].join('\n\n');
};
