// row-samples.ts: what the cases of stores of rows are made of

import type { ProjectionStore, RowChange, StoredRow } from '@smagruppe/domain'
import { type ContractCase, type Opened, using } from './case.ts'

/** How a case gets an empty store of rows. */
export interface ProjectionStoreSubject {
  /** Opens a new, empty one. */
  readonly open: () => Promise<Opened<ProjectionStore>>
}

export const register = { name: 'register', version: 1 }

export const rowCase = (
  name: string,
  check: (rows: ProjectionStore) => Promise<void>,
): ContractCase<ProjectionStoreSubject> => ({
  name,
  run: async ({ open }) => using(await open(), check),
})

/** Rows whose text is their key's. */
export const keyed = (...keys: ReadonlyArray<string>): ReadonlyArray<RowChange & StoredRow> =>
  keys.map((key) => ({ key, row: `row of ${key}` }))
