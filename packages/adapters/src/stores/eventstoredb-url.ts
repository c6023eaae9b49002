// eventstoredb-url.ts: what tells the URL of an EventStoreDB, without its client

/** Whether this text names an EventStoreDB, by its own word or one of its successor's; with one slash, too, which is no file's name. */
export const isEventStoreDbUrl = (text: string): boolean => /^(esdb|kurrentdb|kurrent|kdb)(\+discover)?:\//i.test(text)
