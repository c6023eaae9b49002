// projection-store.ts: all that a store of rows promises, as cases

import { buildCases } from './builds.ts'
import type { ContractCase } from './case.ts'
import type { ProjectionStoreSubject } from './row-samples.ts'
import { rowCases } from './rows.ts'

/** What every store of rows has to keep. Each case asks for an empty store of its own. */
export const projectionStoreCases: ReadonlyArray<ContractCase<ProjectionStoreSubject>> = [...rowCases, ...buildCases]
