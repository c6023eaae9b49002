// index.ts: what others may use of the statement's stream

export {
  type FoundElsewhere,
  Stated,
  type Statement,
  type StatementCommand,
  type StatementEvent,
  type StatementRefusal,
  statementCommands,
  statementDecider,
  statementEvents,
} from './statement.ts'
