// copy-and-check.test.ts: smagruppe copy and smagruppe check

import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { toldOf } from './copy-command.ts'
import { importedBy, smagruppe, smagruppeOn, tooLong } from './smagruppe.test-kit.ts'

const settings = { journal_mode: 'wal', synchronous: 2, fullfsync: 1, checkpoint_fullfsync: 1 }

test('a copied register answers as the first one does, and is sound', async () => {
  const { folder, store } = await importedBy()
  const copy = join(folder, 'copy.db')
  const first = await smagruppe('copy', store, copy, '--json')
  expect({ ...first, out: '' }).toEqual({ code: 0, out: '', err: '' })
  const { events, persons } = JSON.parse(first.out)
  expect(JSON.parse(first.out)).toEqual({ events, added: events, persons, claims: 'in step' })
  expect(persons).toBeGreaterThan(0)

  for (const question of ['points', 'register', 'topics']) {
    const words = [question, '--as-of', '2024-12-31', '--known-at', '2100-01-01', '--json']
    expect(await smagruppe(...words, '--store', copy)).toEqual(await smagruppe(...words, '--store', store))
  }
  const checked = await smagruppe('check', '--store', copy, '--json')
  expect({ ...checked, out: JSON.parse(checked.out) }).toEqual({
    code: 0,
    err: '',
    out: {
      register: { place: copy, events, findings: [] },
      vault: { place: join(folder, 'copy.vault.db'), keys: persons, findings: [] },
      durability: settings,
    },
  })

  const again = await smagruppe('copy', store, copy)
  expect({ ...again, out: again.out.replaceAll('\n', ' ').replace(/ +/g, ' ') }).toEqual({
    code: 0,
    err: '',
    out: `Copied ${store} to ${copy}: ${events} events, 0 of them new, and the keys of ${persons} persons. Both were read again side by side, and hold the same. `,
  })
  expect(tooLong(again.out.replaceAll(folder, 'folder'))).toEqual([])
})

test('a check that takes long says so of the vault too', async () => {
  const { folder, store } = await importedBy()
  let time = 0
  const clock = () => {
    time += 60_000
    return time
  }
  const { code, err } = await smagruppeOn({ clock }, 'check', '--store', store)
  expect({ code, err }).toEqual({ code: 0, err: `checking ${join(folder, 'register.vault.db')}\n` })
})

test('a copy that is not in step says so, and what to do', () => {
  const copied = { events: 3, added: 1, persons: 2 }
  const [settled, later] = (['in step', 'later'] as const).map((claims) =>
    toldOf('a.db', 'b.db', { ...copied, claims }),
  )
  expect(settled).toEqual([
    'Copied a.db to b.db: 3 events, 1 of them new, and the keys of 2 persons.',
    'Both were read again side by side, and hold the same.',
  ])
  expect(later?.slice(2)).toEqual([
    "Doctors' records were written to all the while: the vault may say of a number what the copied log does not say yet. Copy again when less is written.",
  ])
})

test('the vaults may stand elsewhere', async () => {
  const { folder, store } = await importedBy()
  const [copy, keys] = [join(folder, 'copy.db'), join(folder, 'keys.db')]
  expect(await smagruppe('copy', store, copy, '--to-vault', keys)).toMatchObject({ code: 0, err: '' })
  expect(await smagruppe('check', '--store', copy, '--vault', keys)).toMatchObject({ code: 0, err: '' })
  const back = join(folder, 'back.db')
  expect(await smagruppe('copy', copy, back, '--vault', keys)).toMatchObject({ code: 0, err: '' })
  expect(readdirSync(folder).filter((name) => /^(copy|keys|back)/.test(name))).toEqual([
    'back.db',
    'back.vault.db',
    'copy.db',
    'keys.db',
  ])
})

test('what cannot be copied ends with 1 and one line, and makes nothing', async () => {
  const { folder, store } = await importedBy()
  const missing = join(folder, 'missing.db')
  expect(await smagruppe('copy', missing, join(folder, 'copy.db'))).toEqual({
    code: 1,
    out: '',
    err: `smagruppe: there is no register at ${missing}: name the file\n`,
  })
  const { store: other } = await importedBy()
  const before = readFileSync(other)
  const refused = await smagruppe('copy', store, other)
  expect(refused).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^smagruppe: the target is no copy of the source: event \d+ .+; name another target\n$/),
  })
  expect(readFileSync(other).equals(before)).toBe(true)
  expect(await smagruppe('copy', store)).toMatchObject({ code: 2, out: '' })
})

test('findings are told one by one, and end with 1', async () => {
  const { folder, store } = await importedBy()
  const raw = new DatabaseSync(store)
  raw.exec('DROP TRIGGER events_are_never_deleted; DROP TRIGGER events_are_never_changed')
  raw.close()
  const { code, out, err } = await smagruppe('check', '--store', store)
  expect({ code, err }).toEqual({
    code: 1,
    err: 'smagruppe: 2 findings: stop writing to this register, and put a copy that has none in its place\n',
  })
  expect(out.replaceAll(folder, 'folder')).toMatch(
    new RegExp(
      [
        '^The register folder/register.db: \\d+ events, not sound.',
        '  Schema: the trigger events_are_never_changed is missing',
        '  Schema: the trigger events_are_never_deleted is missing',
        'The vault folder/register.vault.db: \\d+ keys, sound.\n$',
      ].join('\n'),
    ),
  )
  const asJson = await smagruppe('check', '--store', store, '--json')
  expect(JSON.parse(asJson.out)).toMatchObject({ durability: null, vault: { findings: [] } })
  expect(JSON.parse(asJson.out).register.findings.length).toBe(2)
})

test('a sound register says under which settings it is kept', async () => {
  const { store } = await importedBy()
  const { code, out } = await smagruppe('check', '--store', store)
  expect(code).toBe(0)
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    ' Kept with journal_mode wal, synchronous 2, fullfsync 1, checkpoint_fullfsync 1. ',
  )
})

test.each(['copy', 'check'])('the help of %s fits', async (command) => {
  const { code, out, err } = await smagruppe(command, '--help')
  expect({ code, err, tooLong: tooLong(out) }).toEqual({ code: 0, err: '', tooLong: [] })
  expect(out).toMatch(new RegExp(`^Usage: smagruppe ${command} .*\n[\\s\\S]*--vault <place> [\\s\\S]*--json `))
  expect((await smagruppe('--help')).out).toMatch(new RegExp(`^ {2}${command} `, 'm'))
})

test('a register without its vault, or with another’s, is not called sound', async () => {
  const [{ folder, store }, { store: other }] = [await importedBy(), await importedBy()]
  const vault = join(folder, 'register.vault.db')
  const ofOther = other.replace(/\.db$/, '.vault.db')
  expect(await smagruppe('check', '--store', store, '--vault', ofOther)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining(`${ofOther} is not the vault of ${store}`),
  })
  rmSync(vault)
  expect(await smagruppe('check', '--store', store)).toEqual({
    code: 1,
    out: '',
    err: `smagruppe: there is no vault at ${vault}: name the file\n`,
  })
  expect(readdirSync(folder)).not.toContain('register.vault.db')
})
