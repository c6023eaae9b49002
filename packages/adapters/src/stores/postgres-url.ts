// postgres-url.ts: what the URL of a PostgreSQL database says, without the driver

/** Whether this text names a PostgreSQL database rather than a file. */
export const isPostgresUrl = (text: string): boolean => /^postgres(ql)?:\/\//i.test(text)

/** The URL of the vault of a register unless said otherwise: in the same database, in the schema with `_vault` behind its name. */
export const vaultSchemaBeside = (url: string): string => {
  if (!URL.canParse(url)) return url
  const beside = new URL(url)
  beside.searchParams.set('schema', `${beside.searchParams.get('schema') ?? 'smagruppe'}_vault`)
  return beside.href
}
