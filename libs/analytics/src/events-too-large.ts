/** Events that are too large to be written as Parquet in the memory that there is. */
export class EventsTooLarge extends Error {
  constructor() {
    super('The events are too large to be written as Parquet in the memory that there is. Export NDJSON.');
    this.name = 'EventsTooLarge';
  }
}
