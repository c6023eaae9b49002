// statement.test.ts: a statement is issued once, superseded once, and never un-issued

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anybody, as, deciderLaws, doctorNamed, given, instant, statementNamed, whole } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import {
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
  rules: { name: 'Norway', digest: 'sha256:0' },
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
const computed = statementDecider({ stated, successorOf: null })
const nothingThere = statementDecider({ stated: null, successorOf: null })
const succeeded = statementDecider({ stated: null, successorOf: kari })

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
    const itself = { statement: statementNamed('first'), by: statementNamed('first') }
    given(succeeded)(issued).when(supersede(first)).refuses('NotItsSuccessor', itself)
    given(statementDecider({ stated: null, successorOf: ola }))(issued)
      .when(supersede())
      .refuses('NotItsSuccessor', { statement: statementNamed('first'), by: statementNamed('second') })
  })

  test('S1-20 is never un-issued, by anybody; that it was superseded can be taken back', () => {
    const after = computed.initial
    expect(computed.mayCorrect?.('PointsStatementIssued', null, as('authority'), after)).toEqual({
      _tag: 'NeverUnissued',
      type: 'PointsStatementIssued',
    })
    expect(computed.mayCorrect?.('PointsStatementSuperseded', null, anybody, after)).toBeNull()
  })
})

describe('the laws of deciders', () => {
  const asked = fc.constantFrom(issue(), supersede(), supersede(third), supersede(first))
  const decider = statementDecider({ stated, successorOf: kari })
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
