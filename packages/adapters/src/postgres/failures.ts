// failures.ts: what PostgreSQL and the network say went wrong, in the words of the ports

import { type StoreFailure, storeFailure } from '@smagruppe/domain'

type Judgement = readonly [reason: StoreFailure['reason'], retry: 'retry' | 'mend', advice: string]

/** Raised by the append function where it does not run at READ COMMITTED: a snapshot taken before the lock is held could be old. */
export const wrongIsolation = 'SG001'
/** Raised by triggers that refuse to rewrite what stands. */
export const refusedByTrigger = 'SG002'

const noGrants = 'the user lacks the rights: run what postgresGrants and postgresVaultGrants give, as the owner'
const goingAway = 'the server stops or starts: try again'
const tooLong = 'the server ended a transaction that took too long: try again, or raise'

/** By SQLSTATE, from postgresql.org/docs/current/errcodes-appendix.html. */
const states: ReadonlyMap<string, Judgement> = new Map([
  [
    wrongIsolation,
    ['Unsupported', 'mend', 'set default_transaction_isolation back to read committed, for the user or in the pool'],
  ],
  [refusedByTrigger, ['Denied', 'mend', 'what is stored is never rewritten']],
  ['22021', ['Unsupported', 'mend', 'this text cannot be kept in the encoding of the database']],
  ['22P05', ['Unsupported', 'mend', 'this text cannot be kept in the encoding of the database']],
  ['25006', ['ReadOnly', 'mend', 'this is a replica, or a session that may only read: name the primary server']],
  ['25P03', ['Busy', 'retry', `${tooLong} idle_in_transaction_session_timeout`]],
  ['25P04', ['Busy', 'retry', `${tooLong} transaction_timeout`]],
  ['28000', ['Denied', 'mend', 'the server does not let this user in: check the user and pg_hba.conf']],
  ['28P01', ['Denied', 'mend', 'check the password']],
  ['3D000', ['Missing', 'mend', 'make the database, or name another']],
  ['3F000', ['Missing', 'mend', 'the schema is not there (any more)']],
  ['40001', ['Busy', 'retry', 'somebody else wrote at the same time: try again']],
  ['40P01', ['Busy', 'retry', 'somebody else wrote at the same time: try again']],
  ['42501', ['Denied', 'mend', noGrants]],
  ['42883', ['Missing', 'mend', 'a function is not there (any more)']],
  ['42P01', ['Missing', 'mend', 'a table is not there (any more)']],
  ['53100', ['Full', 'mend', 'the disk of the server is full: make room']],
  ['53200', ['Unavailable', 'retry', 'the server has not enough memory: try again']],
  ['53300', ['Unavailable', 'retry', 'the server has no connection left: try again, or use a pooler']],
  ['53400', ['Unavailable', 'mend', 'a limit that is set for the server or the user was reached: raise it']],
  ['54000', ['Full', 'mend', 'this is more than the server takes in one']],
  ['55P03', ['Busy', 'retry', 'somebody else holds the log: try again']],
  [
    '57014',
    ['Busy', 'retry', 'the server ended a statement that took too long: try again, or raise statement_timeout'],
  ],
  ['57P01', ['Unavailable', 'retry', goingAway]],
  ['57P02', ['Unavailable', 'retry', goingAway]],
  ['57P03', ['Unavailable', 'retry', goingAway]],
  ['57P04', ['Missing', 'mend', 'the database was dropped: make it, or name another']],
  ['58030', ['Unavailable', 'mend', 'the disk of the server failed: check it']],
])

/** By class, the first two characters, where the state itself is not above. */
const classes: ReadonlyMap<string, Judgement> = new Map([
  ['08', ['Unavailable', 'retry', 'the connection was lost: try again']],
  ['28', ['Denied', 'mend', 'the server does not let this user in']],
  ['53', ['Unavailable', 'retry', 'the server lacks resources: try again']],
  ['57', ['Unavailable', 'retry', goingAway]],
  ['XX', ['Damaged', 'mend', 'the server found its files damaged: stop writing and look at its log']],
])

const network: ReadonlyMap<string, Judgement> = new Map([
  ['ECONNREFUSED', ['Unavailable', 'retry', 'no server answers there: start it, or check host and port']],
  ['ENOTFOUND', ['Unavailable', 'mend', 'no such host: check its name']],
  ['ENOENT', ['Unavailable', 'retry', 'no server answers there: start it, or check its socket']],
  ['EACCES', ['Denied', 'mend', "the system does not let this process in: check the rights of the server's socket"]],
  ['ERR_INVALID_URL', ['Unsupported', 'mend', 'write postgres://user:password@host:port/database']],
])

const noFile: Judgement = [
  'Unavailable',
  'mend',
  'a file that the URL names cannot be read: check sslrootcert, sslcert and sslkey',
]
const distrusted: Judgement = [
  'Unavailable',
  'mend',
  "the server's certificate is not trusted: name its authority's (sslrootcert in the URL) and the host that it is for",
]
const noAgreement: Judgement = ['Unavailable', 'mend', 'the server speaks another TLS, or none: check host and port']

/** By nodejs.org/api/tls.html: what OpenSSL finds wrong with a certificate comes by its own names. */
const isAboutCertificate = (code: string): boolean =>
  /CERT|_CRL(_|$)|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/.test(code)

const isOfFile = (error: unknown): boolean => error instanceof Error && 'syscall' in error && error.syscall === 'open'

const lost: Judgement = ['Unavailable', 'retry', 'the connection was lost: try again']

/** A thrown thing as a failure of the store at that place. */
export const failureOf = (error: unknown, place: string): StoreFailure => {
  const said = error instanceof Error ? error.message || codeOf(error) || error.name : String(error)
  const code = codeOf(error)
  const [reason, retry, advice] = judgementOf(error, code, said) ?? ['Unknown', 'mend', null]
  const state = code === null ? '' : ` (${code})`
  const message = `${place}: ${said}${state}${advice === null ? '' : `; ${advice}`}`
  return { ...storeFailure(reason, message), retry: retry === 'retry' }
}

const noTls: Judgement = ['Unavailable', 'mend', 'set the server up for TLS, or ask for none (sslmode in the URL)']

const judgementOf = (error: unknown, code: string | null, said: string): Judgement | undefined => {
  if (code === null && said === 'The server does not support SSL connections') return noTls
  if (code === null) return /connection|timeout/i.test(said) ? lost : undefined
  if (isState(code)) return states.get(code) ?? classes.get(code.slice(0, 2))
  if (isOfFile(error)) return noFile
  if (isAboutCertificate(code)) return distrusted
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return noAgreement
  return network.get(code) ?? (/^(E(?!RR_)[A-Z_]+|ERR_(SOCKET|STREAM)_\w+)$/.test(code) ? lost : undefined)
}

/** The SQLSTATE, or what the system calls the failure; null where there is no such thing. */
export const codeOf = (error: unknown): string | null => {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

/** Whether the server has answered with this error and goes on, so that nothing of the statement is stored. */
export const isAnswered = (error: unknown): boolean => {
  const code = codeOf(error) ?? ''
  return isState(code) && !/^(08|57P|25P0[34])/.test(code)
}

// The system's own codes (EPIPE) can have five letters too.
const isState = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)

/** Whether the server refused what it was given, rather than to work at all: part of it may go in alone. */
export const isAboutContent = (error: unknown): boolean => {
  const code = codeOf(error) ?? ''
  return isState(code) && (/^(22|23|54)/.test(code) || ['53200', '53400'].includes(code))
}

/** To throw where a row is not what was written. */
export const damaged = (what: string): Error => Object.assign(new Error(what), { code: 'XX001' })

export const closedFailure = (place: string): StoreFailure =>
  storeFailure('Closed', `${place}: the store has been closed; open it again to use it`)
