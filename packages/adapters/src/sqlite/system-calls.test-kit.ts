// system-calls.test-kit.ts: for the crash tests: what a process told the system to write and to sync, as strace saw it

import { dirname } from 'node:path'

/** The calls that a commit, a checkpoint or the making of a file consists of. */
const calls = 'pwrite64,fsync,fdatasync,ftruncate,unlink'

/** The words before a command that have its system calls, and what it prints, written to that file. */
export const tracedTo = (file: string): ReadonlyArray<string> => [
  'strace',
  '-y',
  ...['-s', '200'],
  ...['-e', `trace=write,${calls}`],
  ...['-o', file],
]

/** The words before a command that have it killed as it enters the nth of these calls. */
export const killedAtCall = (n: number): ReadonlyArray<string> => [
  'strace',
  ...['-o', '/dev/null'],
  ...['-e', `trace=${calls}`],
  ...['-e', `inject=${calls}:signal=SIGKILL:when=${n}`],
]

/** One thing that a process did, as far as a register is concerned. */
export type Deed =
  | { readonly did: 'write' | 'sync'; readonly what: 'file' | 'log' | 'folder'; readonly at: number }
  | { readonly did: 'say'; readonly what: string }

/** What a traced process did with the register at that path, and what it printed, in its order. */
export const deedsIn = (trace: string, path: string): ReadonlyArray<Deed> => {
  const parts = new Map([
    [path, 'file'],
    [`${path}-wal`, 'log'],
    [dirname(path), 'folder'],
  ] as const)
  return trace.split('\n').flatMap((line): ReadonlyArray<Deed> => {
    const [, call, descriptor, target = '', rest = ''] = /^(\w+)\((\d+)<([^>]*)>(.*)\) += \d+$/.exec(line) ?? []
    if (call === 'write' && descriptor === '1')
      return [{ did: 'say', what: JSON.parse(/".*"/.exec(rest)?.[0] ?? '""') }]
    const what = parts.get(target)
    if (what === undefined) return []
    if (call === 'pwrite64') return [{ did: 'write', what, at: Number(/(\d+)$/.exec(rest)?.[1]) }]
    return call === 'fsync' || call === 'fdatasync' ? [{ did: 'sync', what, at: 0 }] : []
  })
}
