// hostile-memory.test.ts: hostile commands, however large and many, leave no more behind than their refusals

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const commands = process.env.SMAGRUPPE_FULL === '1' ? 10_000 : 120

test('large hostile commands are refused in little memory', () => {
  const script = join(import.meta.dirname, 'hostile-memory.test-kit.ts')
  // The largest of the commands takes half of it. What kept a tenth of them, or all that is wrong with one, would need ten times as much.
  const answer = execFileSync(process.execPath, ['--max-old-space-size=96', script, String(commands)])
  expect(JSON.parse(answer.toString())).toEqual({ refused: commands, stored: 0 })
})
