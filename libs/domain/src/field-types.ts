/** A moment: ISO 8601, such as `2026-11-22T10:00:00.000Z`. The event catalogue tells it from other texts by this name. */
export type IsoTime = string;
/** A whole number. The event catalogue tells it from other numbers by this name. */
export type Integer = number;
