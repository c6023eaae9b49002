// every-error.ts: all that a call can give instead of its answer, as the types say it, for the tests that must meet each
import type { CopyError } from '../packages/adapters/src/copying/index.ts'
import type { ImportError } from '../packages/adapters/src/csv/index.ts'
import type {
  AppendError,
  CheckpointMoved,
  packFrom,
  Register,
  StoreFailure,
  VaultFailure,
} from '../packages/domain/src/index.ts'

type LeftOf<Result> = Extract<Result, { readonly _tag: 'Left' }> extends { readonly left: infer Left } ? Left : never
type LeftOfCall<Call> = Call extends (...asked: never[]) => infer Task
  ? Task extends Promise<infer Result>
    ? LeftOf<Result>
    : LeftOfCall<Task>
  : never

/** What any call of a register can give instead of its answer. */
type OfRegister = LeftOfCall<Register[keyof Register]>

/** The `_tag` of every error there is. */
export type ErrorTag = (OfRegister | AppendError | VaultFailure | CheckpointMoved | ImportError | CopyError)['_tag']

/** What is said of each thing that is wrong with a rules file; it has no `_tag`. */
export type RulesProblemField = keyof LeftOf<ReturnType<typeof packFrom>>[number]

/** Why a store or a vault failed. */
export type FailureReason = StoreFailure['reason'] | VaultFailure['reason']
