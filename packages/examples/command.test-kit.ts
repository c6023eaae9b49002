// command.test-kit.ts: for the examples' tests: the command, run in this process, on a clock that stands still

import assert from 'node:assert/strict'
import { run } from '@smagruppe/adapters/cli'

/** What a command that went well printed. */
export const smagruppe = async (...words: ReadonlyArray<string>): Promise<string> => {
  let out = ''
  let err = ''
  const code = await run(words, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    clock: () => 0,
  })
  assert.deepEqual({ code, err }, { code: 0, err: '' })
  return out
}
