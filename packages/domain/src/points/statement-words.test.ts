// statement-words.test.ts: how a statement stands, told in both languages

import { expect, test } from 'vitest'
import { theBeginning } from '../kernel/instant.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { eventNumber } from '../rules/published.test-kit.ts'
import { inOslo, pointsIn, registerWith, statementNamed } from '../testing/index.ts'
import { statementText } from './statement-words.ts'
import { type Stale, type StatementStanding, statedOf } from './stating.ts'

const now = pointsIn(registerWith({ doctors: { Kari: '2022-01-01' } }), 'Kari', {
  asOf: '2024-12-31',
  knownAt: '2025-01-01',
})
const stated = statedOf(now, [])
if (stated === null) throw new TypeError('there is a period')

const recordedAt = inOslo('2025-01-02 12:00')
const recorded = (type: string, nth: number, knownSince = recordedAt) => ({
  ...{ type, id: eventNumber(nth), knownSince, recordedAt },
})
const stale: Stale = {
  came: [],
  went: [],
  since: [
    recorded('SessionHeldCorrected', 1, theBeginning),
    recorded('MemberJoinedRetracted', 2),
    recorded('RulePackPublished', 3),
    recorded('SomethingUnheardOf', 4),
  ],
  rulesCame: [],
  rulesWent: [],
  otherTotals: false,
}
const standing = (more: Partial<StatementStanding>): StatementStanding => ({
  ...{ statement: statementNamed('one'), stated, supersededBy: null, stale: null, now },
  ...more,
})
const later = statementNamed('later')
const [one, two, three, four] = [1, 2, 3, 4].map(eventNumber)

test('what was recorded since: what was put right, taken back, published, and what nobody has a word for', () => {
  const known = 'known since 2025-01-02T12:00:00.000+01:00, recorded 2025-01-02T12:00:00.000+01:00'
  expect(statementText(standing({ stale, supersededBy: later }), defaultPack).slice(2)).toEqual([
    'It is stale: what it rests on has changed.',
    'Now: mandatory 0.00, elective 0.00, beyond both 0.00',
    'Recorded since:',
    `  session held, corrected (SessionHeldCorrected ${one}), always known, recorded 2025-01-02T12:00:00.000+01:00`,
    `  member joined, taken back (MemberJoinedRetracted ${two}), ${known}`,
    `  national rules published (RulePackPublished ${three}), ${known}`,
    `  SomethingUnheardOf (SomethingUnheardOf ${four}), ${known}`,
    `Statement ${later} has taken its place.`,
  ])
  const kjent = 'kjent siden 02.01.2025 kl. 12:00:00,000 +01:00, registrert 02.01.2025 kl. 12:00:00,000 +01:00'
  expect(statementText(standing({ stale, supersededBy: later }), defaultPack, 'nb').slice(2)).toEqual([
    'Attesten er foreldet: det den bygger på, er endret.',
    'Nå: obligatoriske 0,00, valgfrie 0,00, ut over begge 0,00',
    'Registrert siden:',
    `  møte holdt, rettet (SessionHeldCorrected ${one}), alltid kjent, registrert 02.01.2025 kl. 12:00:00,000 +01:00`,
    `  medlem meldt inn, trukket tilbake (MemberJoinedRetracted ${two}), ${kjent}`,
    `  nasjonale regler publisert (RulePackPublished ${three}), ${kjent}`,
    `  SomethingUnheardOf (SomethingUnheardOf ${four}), ${kjent}`,
    `Attest ${later} har tatt dens plass.`,
  ])
})

test('one that says what is so says only that', () => {
  expect(statementText(standing({}), defaultPack)).toEqual([
    'Stated for resertification of 2024-12-31, as known at the end of 2025-01-01',
    'Then: mandatory 0.00, elective 0.00, beyond both 0.00',
    'It says what is so.',
  ])
})
