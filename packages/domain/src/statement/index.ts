// index.ts: what others may use of the statement's stream

export {
  type FoundElsewhere,
  JudgingRules,
  type NotSuccessor,
  Stated,
  type Statement,
  type StatementCommand,
  type StatementEvent,
  type StatementRefusal,
  type Successor,
  statementCommands,
  statementDecider,
  statementEvents,
} from './statement.ts'
