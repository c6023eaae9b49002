// index.ts: the register as an app sees it

export type { Answers, Labels } from './answers.ts'
export type { ExecuteError, RegisterRefusal } from './commands.ts'
export type { CommandMalformed } from './elsewhere.ts'
export { type RegisterEvent, registerEvents } from './events.ts'
export type {
  HowToRebuild,
  HowToRetry,
  MissingEvent,
  NoSuchProjection,
  Operating,
  Patience,
  ProjectionStatus,
} from './operating.ts'
export type { Person } from './people.ts'
export {
  type Asked,
  type Asking,
  type KnownSinceNotAllowed,
  openRegister,
  type Ports,
  type Register,
  type Settings,
} from './register.ts'
export type { Rows } from './rows.ts'
export type { RulesKnown } from './rules-known.ts'
export type { HprHeldByAnother, SealError } from './sealing.ts'
