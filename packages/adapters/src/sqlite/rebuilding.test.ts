// rebuilding.test.ts: a rebuild whose process is killed leaves the old rows to readers, and is gone on with by the next

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { any, encodeRow, everything, promised, rebuild, replay } from '@smagruppe/domain'
import { expect, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { appended, event, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { openSqlite } from './index.ts'
import { happened, happenings, tasksOver } from './rebuilding.test-kit.ts'

const events = 400

/** Runs a process that rebuilds, an event a page, and is killed with the kill that nothing can catch after so many pages. */
const killedAfter = async (path: string, pages: number): Promise<NodeJS.Signals | null> => {
  const from = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)
  const script = `
    import { promised, rebuild } from ${JSON.stringify(import.meta.resolve('@smagruppe/domain'))}
    import { systemClock } from ${from('../node/index.ts')}
    import { openSqlite } from ${from('./index.ts')}
    import { tasksOver } from ${from('./rebuilding.test-kit.ts')}
    const register = await promised(openSqlite(${JSON.stringify(path)}, { clock: systemClock }))
    let pages = 0
    const onPage = () => {
      pages += 1
      if (pages === ${pages}) process.kill(process.pid, 'SIGKILL')
    }
    await promised(rebuild({ ...tasksOver(register), pageSize: 1, onPage }))
  `
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' })
  return new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)))
}

test('a rebuild that is killed again and again goes on each time, and readers see the old rows until it is done', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'register.sqlite')
  const register = rightOf(await openSqlite(path, { clock: systemClock })())
  await Promise.all(
    Array.from({ length: events }, (_, i) => appended(register.events, stream(`stream ${i % 3}`), any, event(`${i}`))),
  )
  const task = tasksOver(register)
  await promised(rebuild(task))
  const first = { name: 'happened', version: 1, build: 0 }
  const damage = [{ key: 'wrong', row: '7' }]
  const at = await promised(register.rows.checkpoint(first))
  await promised(register.rows.commit(first, damage, { from: at, to: at }))
  const before = await promised(register.rows.list(first, { limit: 100 }))

  let reached = 0
  for (const pages of [1, 40, 7]) {
    expect(await killedAfter(path, pages)).toBe('SIGKILL')
    reached += pages
    expect(await promised(register.rows.kept)).toEqual([
      { ...first, checkpoint: events, serves: true, quarantined: 0 },
      { ...first, build: 1, checkpoint: reached, serves: false, quarantined: 0 },
    ])
    expect(await promised(register.rows.list(first, { limit: 100 }))).toEqual(before)
  }

  const pages: number[] = []
  await promised(rebuild({ ...task, pageSize: 50, onPage: (through) => pages.push(through) }))
  expect(pages.slice(0, 2)).toEqual([reached + 50, reached + 100])
  const expected = replay(happened, await promised(everything(register.events, happenings)))
  const rebuilt = { ...first, build: 1 }
  expect(await promised(register.rows.list(rebuilt, { limit: 100 }))).toEqual(
    [...expected]
      .map(([key, row]) => ({ key, row: encodeRow(happened, row) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  )
  expect(await promised(register.rows.kept)).toEqual([
    { name: 'happened', version: 1, build: 1, checkpoint: events, serves: true, quarantined: 0 },
  ])
  rightOf(await register.close())
})
