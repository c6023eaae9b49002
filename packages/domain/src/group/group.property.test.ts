// group.property.test.ts: the laws of deciders, for groups

import fc from 'fast-check'
import { describe, test } from 'vitest'
import { anyDate } from '../testing/generators.ts'
import { anybody, as, deciderLaws, doctorNamed, groupNamed } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'
import { type GroupCommand, group, groupEvents } from './group.ts'

const doctor = fc.constantFrom('Kari', 'Ola', 'Per').map(doctorNamed)
const on = anyDate(legalDate('2024-01-01'), legalDate('2024-01-05'))
const municipality = fc.constantFrom(...['0301', '4601'].filter(MunicipalityNumber.is))
const of = groupNamed('G1')

const anyCommand = (): fc.Arbitrary<GroupCommand> =>
  fc.oneof(
    fc.record({ on }).map(
      (data): GroupCommand => ({
        type: 'RegisterGroup',
        data: { group: of, name: 'G1', municipality: null, reference: null, ...data },
      }),
    ),
    fc.record({ doctor, on }).map((data): GroupCommand => ({ type: 'AddMember', data: { group: of, ...data } })),
    fc
      .record({ doctor, joined: on, on })
      .map((data): GroupCommand => ({ type: 'EndMembership', data: { group: of, ...data } })),
    fc
      .record({ doctor, on })
      .map((data): GroupCommand => ({ type: 'AppointContactPerson', data: { group: of, ...data } })),
    fc.record({ municipality, on }).map((data): GroupCommand => ({ type: 'MoveGroup', data: { group: of, ...data } })),
    fc
      .record({ by: doctor, on })
      .map((data): GroupCommand => ({ type: 'DeclareIndustryFree', data: { group: of, ...data } })),
    fc
      .record({ signedBy: doctor, signed: on, on })
      .map((data): GroupCommand => ({ type: 'WithdrawIndustryFree', data: { group: of, ...data } })),
    fc.record({ on }).map((data): GroupCommand => ({ type: 'CloseGroup', data: { group: of, ...data } })),
  )

describe('a group', () => {
  const asked = fc.record({ command: anyCommand(), context: fc.constantFrom(anybody, as('importer')) })
  const registered: GroupCommand = {
    type: 'RegisterGroup',
    data: { group: of, name: 'G1', municipality: null, reference: null, on: legalDate('2024-01-01') },
  }
  for (const { law, holdsFor } of deciderLaws(group, groupEvents)) {
    test(law, () => {
      fc.assert(
        fc.property(fc.array(asked, { maxLength: 25 }), (commands) => {
          holdsFor([{ command: registered, context: anybody }, ...commands])
          holdsFor(commands)
        }),
      )
    })
  }
})
