// statement.test.ts: a statement is issued once, superseded once, and never un-issued

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anybody, as, deciderLaws, doctorNamed, given, instant, statementNamed, whole } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import {
  type FoundElsewhere,
  type NotSuccessor,
  type Stated,
  type StatementCommand,
  type StatementEvent,
  statementDecider,
  statementEvents,
} from './statement.ts'

const [kari, ola] = [doctorNamed('Kari'), doctorNamed('Ola')]
const [first, second, third] = ['first', 'second', 'third'].map(statementNamed)
const through = legalDate('2024-12-31')
const none = { numerator: whole(0), denominator: whole(1) }
const stated: Stated = {
  doctor: kari,
  track: 'resertification',
  effectiveThrough: through,
  asKnownAt: instant('2025-01-01T12:00:00.000Z'),
  period: { from: legalDate('2020-01-01'), to: legalDate('2025-01-01') },
  countedMinutes: whole(0),
  pendingMinutes: whole(0),
  points: none,
  mandatory: none,
  elective: none,
  overflow: none,
  missing: none,
  facts: [],
  rules: [],
}
const issued: StatementEvent = { type: 'PointsStatementIssued', data: stated }

const issue = (statement = first): StatementCommand => {
  if (statement === undefined) throw new Error('no id')
  return {
    type: 'IssueStatement',
    data: { statement, doctor: kari, track: 'resertification', effectiveThrough: through },
  }
}
const supersede = (by = second): StatementCommand => {
  if (first === undefined || by === undefined) throw new Error('no id')
  return { type: 'SupersedeStatement', data: { statement: first, by } }
}
const superseded = (by = second): StatementEvent => {
  if (by === undefined) throw new Error('no id')
  return { type: 'PointsStatementSuperseded', data: { by } }
}
const computed = statementDecider({ stated, successor: null })
const nothingThere = statementDecider({ stated: null, successor: null })
const anew = { doctor: [kari], track: 'resertification', effectiveThrough: through, supersededBy: [] } as const
const by = (successor: Partial<FoundElsewhere['successor']>) =>
  statementDecider({ stated: null, successor: { ...anew, ...successor } })
const succeeded = by({})

describe('S1-20 a statement', () => {
  test('S1-20 says what was computed, and is issued once', () => {
    given(computed)().when(issue()).accepts(issued)
    given(computed)(issued)
      .when(issue())
      .refuses('StatementIssuedAlready', { statement: statementNamed('first') })
    given(nothingThere)().when(issue()).refuses('NothingToState', { doctor: kari, effectiveThrough: through })
  })

  test('S1-20 is superseded once, by another that there is about the same doctor', () => {
    given(succeeded)(issued).when(supersede()).accepts(superseded())
    given(succeeded)(issued, superseded()).when(supersede()).doesNothing()
    given(succeeded)(issued, superseded())
      .when(supersede(third))
      .refuses('StatementSupersededAlready', { statement: statementNamed('first'), by: statementNamed('second') })
    given(succeeded)()
      .when(supersede())
      .refuses('StatementUnknown', { statement: statementNamed('first') })
    given(nothingThere)(issued)
      .when(supersede())
      .refuses('StatementUnknown', { statement: statementNamed('second') })
  })

  test('S1-20 is superseded only by what says the same anew: of the same doctor, track and date', () => {
    const statement = statementNamed('first')
    const refused = (because: NotSuccessor, successor = second, decider = succeeded) =>
      given(decider)(issued)
        .when(supersede(successor))
        .refuses('NotItsSuccessor', { statement, by: successor ?? statement, because })
    refused('itself', first)
    refused('other-doctor', second, by({ doctor: [ola] }))
    refused('other-track', second, by({ track: 'specialist-training' }))
    refused('other-date', second, by({ effectiveThrough: legalDate('2024-12-30') }))
    given(by({ doctor: [ola, kari] }))(issued)
      .when(supersede())
      .accepts(superseded())
  })

  test('S1-20 takes the place of no statement that took its own, perhaps through others', () => {
    const circle = { statement: statementNamed('first'), by: statementNamed('second') }
    for (const supersededBy of [[statementNamed('first')], [statementNamed('third'), statementNamed('first')]])
      given(by({ supersededBy }))(issued)
        .when(supersede())
        .refuses('NotItsSuccessor', { ...circle, because: 'superseded-by-it' })
  })

  test('S1-20 is never un-issued, and that it was superseded is never put right or taken back, by anybody', () => {
    const after = computed.initial
    for (const type of ['PointsStatementIssued', 'PointsStatementSuperseded'])
      for (const meant of [issued, superseded(), null])
        expect(computed.mayCorrect?.(type, meant, as('authority'), after)).toEqual({ _tag: 'NeverUnissued', type })
  })
})

describe('the laws of deciders', () => {
  const asked = fc.constantFrom(issue(), supersede(), supersede(third), supersede(first))
  const decider = statementDecider({ stated, successor: anew })
  for (const { law, holdsFor } of deciderLaws(decider, statementEvents)) {
    test(law, () => {
      fc.assert(
        fc.property(fc.array(asked, { maxLength: 6 }), (commands) =>
          holdsFor(commands.map((command) => ({ command, context: anybody }))),
        ),
      )
    })
  }
})
