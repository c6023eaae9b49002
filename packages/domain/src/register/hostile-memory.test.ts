// hostile-memory.test.ts: hostile commands, however large and many, leave no more behind than their refusals

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const commands = process.env.SMAGRUPPE_FULL === '1' ? 3_000 : 120

test('large hostile commands are refused in little memory', { timeout: 3_600_000 }, () => {
  const kit = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'hostile-memory.test-kit.ts')))
  const script = `import { executed } from ${kit}; console.log(JSON.stringify(await executed(${commands})))`
  // To write down all that is wrong with a list of a hundred thousand would take more than this by itself.
  const answer = execFileSync(process.execPath, ['--max-old-space-size=144', '--input-type=module', '--eval', script])
  expect(JSON.parse(answer.toString())).toEqual({ refused: commands, stored: 0 })
})
