/** A JSON object, as it came or as it will go. */
export type JsonMap = Record<string, unknown>;
