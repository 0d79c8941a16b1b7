export * from './event-log.js';
export * from './event-log-errors.js';
export { openSqliteEventLog, type SqliteEventLogOptions } from './sqlite/open-sqlite-event-log.js';
export { openSqliteEventLogReader } from './sqlite/open-sqlite-event-log-reader.js';
export * from './read-meeting.js';
export { type EventLogSettings, openEventLog, openEventLogReader } from './open-event-log.js';
export type { PersonalEventLog } from './personal-data/sealed-event-log.js';
export type { EventStoreDbDoor, EventStoreDbDoorOptions } from './eventstoredb-door/door-options.js';
export { openEventStoreDbDoor } from './eventstoredb-door/open-eventstoredb-door.js';
