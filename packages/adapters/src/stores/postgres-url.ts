// postgres-url.ts: tells the URL of a PostgreSQL database from the path of a file, without the driver

/** Whether this text names a PostgreSQL database rather than a file. */
export const isPostgresUrl = (text: string): boolean => /^postgres(ql)?:\/\//i.test(text)
