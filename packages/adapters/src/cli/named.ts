// named.ts: whom an answer names, so that only their names are taken out of the vault

import type { DoctorId, DoctorPoints, DoctorProgramme } from '@smagruppe/domain'

/** The doctors whom an explanation names: whose it is, and those who were there where they were too few. */
export const namedIn = ({ doctor, lines, merged }: DoctorPoints): ReadonlyArray<DoctorId> => [
  doctor,
  ...(merged?.records ?? []),
  ...lines.flatMap(({ shortfall }) => (shortfall?.reason === 'BELOW_QUORUM' ? shortfall.present : [])),
]

/** The doctors whom a programme names: those of its small groups, and the colleagues who were visited. */
export const namedInProgramme = ({ smallGroup, lines }: DoctorProgramme): ReadonlyArray<DoctorId> => [
  ...namedIn(smallGroup),
  ...lines.flatMap(({ what }) => (what.kind === 'practice-visit' ? [what.colleague] : [])),
]
