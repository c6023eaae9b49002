// execute-crash.test.ts: commands from a file broken off by a kill or by Ctrl-C: run again they end as if nothing had been

import { spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { logOf } from '../csv/sheets.test-kit.ts'
import { vaultBeside } from '../sqlite/index.ts'
import { findingsIn, gated, withRegister } from './crash.test-kit.ts'
import { course, fileOf, idOf, plan } from './execute.test-kit.ts'
import { inOneLine } from './gate.test-kit.ts'
import { brokenOffAt, importedBy, smagruppe } from './smagruppe.test-kit.ts'

/** Sixty commands, some of them twice the same. */
const lines = Array.from({ length: 20 }, (_, n) => [
  course(n + 1),
  plan(n + 101, `2024-10-${String(n + 1).padStart(2, '0')}`),
  {
    type: 'StartRole',
    data: { doctor: { hpr: '102' }, role: 'department-doctor', department: idOf(n % 10), from: null },
  },
]).flat()

/** What a register holds, without the times of recording. */
const content = (store: string) =>
  withRegister(store, async (opened) =>
    (await logOf(opened)).map(({ id, stream, revision, type, data, causation }) => [
      id,
      stream,
      revision,
      type,
      data,
      causation,
    ]),
  )

test('killed in the middle, twice, and run again it holds what an undisturbed run gives', {
  timeout: 300_000,
}, async () => {
  const { folder, store } = await importedBy()
  const undisturbed = join(folder, 'undisturbed.db')
  cpSync(store, undisturbed)
  cpSync(vaultBeside(store), vaultBeside(undisturbed))
  const file = fileOf(folder, ...lines)
  // They stand ready at the same time, and begin one after the other.
  const ready = (at: string) => gated('execute', file, '--store', at)
  const [first, ...others] = await Promise.all([ready(undisturbed), ready(store), ready(store)])
  const whole = await first.ended(inOneLine({ call: 0, killedBy: 'another' }))
  expect(whole.code, whole.complaint).toBe(0)
  const calls = Number(whole.said.findLast(([what]) => what === 'calls')?.[1])
  const expected = await content(undisturbed)
  let before = (await content(store)).length
  // Lines that were carried out before take fewer calls.
  for (const [n, process] of others.entries()) {
    const call = Math.floor(calls * (n === 0 ? 0.4 : 0.5))
    const killed = await process.ended(inOneLine({ call, killedBy: 'itself' }))
    expect(killed.code).toBe(null)
    expect(await findingsIn(store)).toEqual([])
    const left = await content(store)
    expect(left).toEqual(expected.slice(0, left.length))
    expect(left.length).toBeGreaterThan(before)
    expect(left.length).toBeLessThan(expected.length)
    before = left.length
  }
  const again = await smagruppe('execute', file, '--store', store, '--json')
  expect(again).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(again.out).events).toBe(expected.length - before)
  expect(await content(store)).toEqual(expected)
  expect(JSON.parse((await smagruppe('execute', file, '--store', store, '--json')).out).events).toBe(0)
  expect(await findingsIn(store)).toEqual([])
})

test('Ctrl-C in the middle of a file ends it at a whole command, and the same again does the rest', async () => {
  const { folder, store } = await importedBy()
  const before = (await content(store)).length
  const file = fileOf(folder, ...lines)
  const { code, out } = await brokenOffAt(': 7 lines', 'execute', file, '--store', store)
  expect({ code, out }).toEqual({ code: 130, out: '' })
  const left = (await content(store)).length
  expect(left).toBeGreaterThanOrEqual(before + 7)
  expect(left).toBeLessThan(before + 50)
  const again = JSON.parse((await smagruppe('execute', file, '--store', store, '--json')).out)
  expect(again.events).toBe(before + 50 - left)
  expect(await findingsIn(store)).toEqual([])
})

test('Ctrl-C while it waits for more input ends it with 130; what it was given is in', {
  timeout: 120_000,
}, async () => {
  const { store } = await importedBy()
  const before = (await content(store)).length
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, 'execute', '-', '--store', store])
  let err = ''
  child.stderr.on('data', (bytes) => {
    err += String(bytes)
  })
  child.stdin.write(
    `${JSON.stringify(course(1))}\n${JSON.stringify(course(2))}\n${JSON.stringify(course(3)).slice(0, 50)}`,
  )
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })))
  await expect.poll(async () => (await content(store)).length, { timeout: 60_000 }).toBe(before + 2)
  child.kill('SIGINT')
  expect(await ended).toEqual({ code: 130, signal: null })
  expect(err).toContain('interrupted; what was stored until now is whole and stays')
})
