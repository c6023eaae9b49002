// statements.ts: statements of points as they were issued

import type { Position } from '../kernel/event.ts'
import type { Projection } from '../kernel/projection.ts'
import { type Stated, type StatementEvent, statementEvents } from '../statement/statement.ts'
import type { StatementId } from '../values/identity.ts'
import { factsKnown, type Question } from './as-known.ts'
import { type History, streamHistory } from './history.ts'

/** All that was recorded of each statement. Key: the statement's id. */
export const statements: Projection<StatementEvent, History<StatementEvent>> = streamHistory(
  'statements',
  1,
  statementEvents,
)

/** A statement as known, and where in the log it was issued. */
export interface StatementKnown {
  readonly stated: Stated
  readonly supersededBy: StatementId | null
  readonly position: Position
}

/** What a statement said when it was issued, and what took its place; null where it was not issued by then. */
export const statementKnown = (
  history: History<StatementEvent>,
  question: Pick<Question, 'asKnownAt'>,
): StatementKnown | null => {
  const facts = factsKnown(history, question)
  const issued = facts.find(({ event }) => event.type === 'PointsStatementIssued')
  if (issued?.event.type !== 'PointsStatementIssued') return null
  const superseded = facts.findLast(({ event }) => event.type === 'PointsStatementSuperseded')?.event
  return {
    stated: issued.event.data,
    supersededBy: superseded?.type === 'PointsStatementSuperseded' ? superseded.data.by : null,
    position: issued.position,
  }
}
