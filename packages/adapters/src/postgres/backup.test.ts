// backup.test.ts: a server brought back to an earlier moment from a copy of its files and its archived log; and what that means for others

import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DoctorId, doctorId, HprNumber, openRegister, position, promised, uuidOf } from '@smagruppe/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { leftOf } from '../contract/case.ts'
import { eventsOf } from '../contract/samples.ts'
import { memoryProjectionStore } from '../memory/index.ts'
import { randomIds, systemClock } from '../node/index.ts'
import { checkPostgres, checkPostgresVault, openPostgresRegister } from './index.ts'
import { rawSql, urlWith } from './postgres.test-kit.ts'
import { newServer, type Server } from './server.test-kit.ts'

const archive = mkdtempSync(join(tmpdir(), 'smagruppe-archive-'))
// The server may run as somebody else.
chmodSync(archive, 0o777)

// Making a server takes a second, on a machine that has nothing else to do.
const startingUp = 120_000

let server: Server
beforeAll(async () => {
  server = await newServer({ archive_mode: 'on', archive_command: `cp %p ${archive}/%f` })
}, startingUp)
afterAll(async () => {
  await server.remove()
  rmSync(archive, { recursive: true })
})

const coordinator = { actor: { id: 'a test', role: 'coordinator' } }
const doctor = (name: string): DoctorId => doctorId(uuidOf('doctor', name))

const open = async (url = server.url, settings = {}) => promised(openPostgresRegister(url, settings))
type Opened = Awaited<ReturnType<typeof open>>

const registered = async ({ register }: Opened, ...names: ReadonlyArray<string>): Promise<void> => {
  for (const name of names) {
    const data = { doctor: doctor(name), name, municipality: null }
    await promised(register.execute({ type: 'RegisterDoctor', data }, coordinator))
  }
  await promised(register.refresh)
}

const namesIn = async ({ register }: Opened, ...names: ReadonlyArray<string>) => {
  const people = await promised(register.people(names.map(doctor)))
  return names.map((name) => people.get(doctor(name))?.name)
}

const hpr = (number: string): HprNumber => {
  if (!HprNumber.is(number)) throw new Error(`${number} is no HPR number`)
  return number
}

const known = (text: string) => ({ _tag: 'Known', text })

/** Runs a program of the system, which keeps owners and rights of files. */
const system = (program: string, ...words: ReadonlyArray<string>): void => {
  const { status, stderr } = spawnSync(program, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stderr}`)
}

/** A copy of the files of a server that goes on running, as `pg_basebackup` makes one. */
const baseBackup = async (folder: string, to: string): Promise<void> => {
  const { run } = await rawSql(server.url)
  await run(`SELECT pg_backup_start('a test', true)`)
  system('cp', '-a', folder, to)
  const [row] = await run('SELECT labelfile FROM pg_backup_stop(false)')
  rmSync(join(to, 'postmaster.pid'))
  system('find', join(to, 'pg_wal'), '-type', 'f', '-delete')
  writeAsServer(to, 'backup_label', String(row?.labelfile))
}

/** A file of the server's own, whoever runs the test. */
const writeAsServer = (folder: string, name: string, text: string): void => {
  const { uid, gid } = statSync(folder)
  writeFileSync(join(folder, name), text)
  chownSync(join(folder, name), uid, gid)
}

test('a server is brought back to a moment: all until then is there, and who had followed further is told or must begin anew', async () => {
  const { run, client } = await rawSql(server.url)
  const folder = String((await run(`SELECT current_setting('data_directory') AS folder`))[0]?.folder)
  const kept = `${folder}-kept`

  const before = await open()
  await registered(before, 'Kari')
  await baseBackup(folder, kept)
  await registered(before, 'Ola', 'Per')
  const expected = await eventsOf(before.events.readAll())
  await run(`SELECT pg_create_restore_point('before the mistake')`)
  await registered(before, 'Mistake', 'Another')
  // An analyst's rows, kept elsewhere; and an app that keeps for itself how far it has followed.
  const elsewhere = memoryProjectionStore()
  const analystOn = ({ events, vault }: Opened) =>
    openRegister({ events, rows: elsewhere, vault, now: systemClock, newId: randomIds })
  await promised(analystOn(before).refresh)
  expect((await eventsOf(before.events.readAll())).at(-1)?.position).toBe(5)
  await promised(before.close)
  await client.end()
  await server.stop('fast')

  rmSync(folder, { recursive: true })
  system('cp', '-a', kept, folder)
  const go = join(archive, 'go')
  appendFileSync(
    join(folder, 'postgresql.auto.conf'),
    [
      `restore_command = 'while [ ! -e ${go} ]; do sleep 0.02; done; cp ${archive}/%f %p'`,
      `recovery_target_name = 'before the mistake'`,
      `recovery_target_action = 'pause'`,
      '',
    ].join('\n'),
  )
  writeAsServer(folder, 'recovery.signal', '')
  let stuck: unknown = null
  const started = server.start().catch((error) => {
    stuck = error
  })

  const opening = async () => {
    await sleep(5)
    if (stuck !== null) throw stuck
    return openPostgresRegister(server.url)()
  }
  const unavailable = { _tag: 'StoreFailure', reason: 'Unavailable', retry: true }
  let answer = await opening()
  while (!leftOf(answer).message.includes('57P03')) {
    expect(leftOf(answer)).toMatchObject(unavailable)
    answer = await opening()
  }
  expect(leftOf(answer)).toMatchObject({ ...unavailable, message: expect.stringContaining('starting up') })
  writeFileSync(go, '')
  while (answer._tag === 'Left') {
    expect(answer.left).toMatchObject(unavailable)
    answer = await opening()
  }

  // It has come to the moment, and can be looked at before it is let go on.
  const paused = answer.right
  expect(await eventsOf(paused.events.readAll())).toEqual(expected)
  expect(await namesIn(paused, 'Kari', 'Ola')).toEqual(['Kari', 'Ola'].map(known))
  const data = { doctor: doctor('Eva'), name: 'Eva', municipality: null }
  const refused = await paused.register.execute({ type: 'RegisterDoctor', data }, coordinator)()
  expect(leftOf(refused)).toMatchObject({ reason: 'ReadOnly', retry: false })
  expect(leftOf(await paused.register.rebuild()())).toMatchObject({ reason: 'ReadOnly', retry: false })
  await promised(paused.close)
  const resuming = await rawSql(server.url)
  await resuming.run('SELECT pg_wal_replay_resume()')
  await started
  expect(stuck).toBe(null)
  await resuming.client.end()

  const after = await open()
  expect(await eventsOf(after.events.readAll())).toEqual(expected)
  expect(await namesIn(after, 'Kari', 'Ola', 'Per', 'Mistake')).toEqual([...['Kari', 'Ola', 'Per'].map(known), null])
  const sound = { rows: 3, findings: [] }
  expect(await promised(checkPostgres(server.url))).toEqual(sound)
  expect(await promised(checkPostgresVault(server.url, { schema: 'smagruppe_vault' }))).toEqual(sound)
  const standing = (await promised(after.register.projections)).map(({ checkpoint, lag }) => ({ checkpoint, lag }))
  expect(new Set(standing.map((one) => JSON.stringify(one)))).toEqual(new Set(['{"checkpoint":3,"lag":0}']))

  const analyst = analystOn(after)
  expect(leftOf(await analyst.refresh())).toMatchObject({ reason: 'AheadOfLog', retry: false })
  expect(new Set((await promised(analyst.projections)).map(({ lag }) => lag))).toEqual(new Set([-2]))
  await promised(analyst.rebuild())
  expect(await promised(analyst.refresh)).toMatchObject({ through: 3 })

  // Positions are given again: to whoever goes on from an old one, what stands there now is lost without a word.
  await registered(after, 'Eva', 'Nils', 'Anne')
  const seen = await eventsOf(after.events.readAll({ after: position(5) }))
  expect(seen.map((one) => one.position)).toEqual([6])
  await promised(after.close)
})

test('a vault that is newer than the log opens all of it; one that is older lacks keys, and numbers of doctors', async () => {
  const { run, client } = await rawSql(server.url)
  const database = async (name: string, template = 'template0') => {
    await run(`CREATE DATABASE ${name} TEMPLATE ${template}`)
    return urlWith({ database: name }, server.url)
  }
  const [log, vault] = [await database('log'), await database('vault')]
  const before = await open(log, { vault })
  await registered(before, 'Kari')
  const karis = await promised(before.register.reserveDoctor(hpr('7654321')))
  await promised(before.close)
  const older = { log: await database('older_log', 'log'), vault: await database('older_vault', 'vault') }

  const later = await open(log, { vault })
  await registered(later, 'Ola')
  const olas = await promised(later.register.reserveDoctor(hpr('1234567')))
  await promised(later.close)

  const olderLog = await open(older.log, { vault })
  expect(await namesIn(olderLog, 'Kari', 'Ola')).toEqual([known('Kari'), null])
  expect(await promised(olderLog.register.reserveDoctor(hpr('1234567')))).toBe(olas)
  await promised(olderLog.close)

  const olderVault = await open(log, { vault: older.vault })
  expect(await namesIn(olderVault, 'Kari')).toEqual([known('Kari')])
  const ola = await olderVault.register.people([doctor('Ola')])()
  expect(leftOf(ola)).toMatchObject({ _tag: 'VaultFailure', reason: 'Tampered', retry: false })
  expect(await promised(olderVault.register.reserveDoctor(hpr('7654321')))).toBe(karis)
  expect(await promised(olderVault.register.reserveDoctor(hpr('1234567')))).not.toBe(olas)
  await promised(olderVault.close)
  await client.end()
})
