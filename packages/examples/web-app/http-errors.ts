// http-errors.ts: what each error of the register is over HTTP; the register itself knows nothing of status codes

import type { ExecuteError, KnownSinceNotAllowed, RulesUnknown, StoreFailure, VaultFailure } from '@smagruppe/domain'

export type RegisterError = ExecuteError | KnownSinceNotAllowed | StoreFailure | VaultFailure | RulesUnknown

export type ErrorStatus = 400 | 403 | 409 | 413 | 500 | 503

/** The status of an error. Adding one to the register makes this a type error until somebody has decided what it is. */
export const statusOf = (error: RegisterError): ErrorStatus => {
  switch (error._tag) {
    case 'CommandMalformed':
    case 'UnstorableText':
      return 400
    case 'KnownSinceNotAllowed':
      return 403
    case 'Refused':
      return error.refusal._tag === 'NotForThisActor' ? 403 : 409
    case 'HprHeldByAnother':
    case 'DuplicateEventId':
      return 409
    case 'AppendTooLarge':
      return 413
    case 'TooManyConflicts':
    case 'WrongExpectedRevision':
      return 503
    case 'StoreFailure':
      return error.retry ? 503 : 500
    case 'VaultFailure':
      return error.reason === 'Forgotten' ? 409 : error.retry ? 503 : 500
    case 'UndecodableEvent':
    case 'RulesUnknown':
    case 'UnencodableEvent':
      return 500
  }
}

/**
 * What the client is told. Of what the client did, everything: a refusal with its fields, where a command is malformed. Of what is
 * wrong in here, only the tag: messages of stores name files, and an event that cannot be read is nobody's business outside.
 */
export const toldToClient = (error: RegisterError): object => (statusOf(error) >= 500 ? { _tag: error._tag } : error)
