// bringing.ts: what bringing the rows of a folder into the register needs, whatever they speak of

import type { DoctorId, HprNumber, Register, Zone } from '@smagruppe/domain'
import type { Folder } from './folder.ts'
import type { Names } from './names.ts'
import type { Recording } from './recording.ts'

/** What bringing rows in needs. */
export interface Bringing {
  readonly register: Register
  readonly folder: Folder
  readonly names: Names
  readonly recording: Recording
  readonly zone: Zone
  /** Our ids of the doctors that the folder names. */
  readonly doctors: ReadonlyMap<HprNumber, DoctorId>
}

/** Some rows' way into the register; tasks of one kind may run at the same time. */
export type Task = () => Promise<void>

/** Our id of a group. */
export const groupIdOf = async (id: string, names: Names): Promise<string> =>
  (await names.find('group', id))?.id ?? names.idFor('group', id)
