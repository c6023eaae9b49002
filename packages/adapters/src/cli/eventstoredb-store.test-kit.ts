// eventstoredb-store.test-kit.ts: the command on EventStoreDB, by each client: the same answers, copies both ways, and no password in what it says

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ClientName } from '../eventstoredb/index.ts'
import { type Making, standIn } from '../eventstoredb/stand-in/stand-in.test-kit.ts'
import { randomIds } from '../node/index.ts'
import { importedBy, smagruppe } from './smagruppe.test-kit.ts'

const pilotYear = fileURLToPath(new URL('../../../examples/pilot-year', import.meta.url))

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

export const commandCases = (client: ClientName): void => {
  const serving = async (making: Making = {}) => {
    const server = await standIn(making)
    onTestFinished(server.close)
    return { server, url: server.url({ parameters: { client } }) }
  }

  describe(`the command on EventStoreDB, by ${client}`, () => {
    test('the pilot year gives the same files, byte for byte, and again nothing is added', async () => {
      const { url } = await serving()
      const out = folder()
      const at = ['--store', url, '--projections', `sqlite:${join(out, 'rows.db')}`]
      const ask = [...at, '--as-of', '2024-12-31', '--known-at', '2024-12-31']
      const reports = ['--rejected', join(out, 'rejected.csv'), '--flagged', join(out, 'flagged.csv')]
      const import_ = ['import', join(pilotYear, 'data'), ...at, '--rehearse', ...reports]
      const first = await smagruppe(...import_)
      expect(first).toMatchObject({ code: 0 })
      expect(first.out).toContain('832 rows read, 607 events added, 5 rows rejected, 0 flagged.\n')
      for (const [question, file] of [
        ['register', 'group-register.csv'],
        ['topics', 'topic-log.csv'],
        ['points', 'points.csv'],
      ] as const)
        expect(await smagruppe(question, ...ask, '--csv', join(out, file))).toMatchObject({ code: 0, err: '' })
      const again = await smagruppe(...import_)
      expect(again).toMatchObject({ code: 0 })
      expect(again.out).toContain('832 rows read, 0 events added, 5 rows rejected, 0 flagged.\n')
      for (const file of ['flagged.csv', 'group-register.csv', 'points.csv', 'rejected.csv', 'topic-log.csv'])
        expect(readFileSync(join(out, file)).equals(readFileSync(join(pilotYear, 'expected', file))), file).toBe(true)
    })

    test('every command works: copying there and back and to another server, checking, building read models anew', async () => {
      const [{ folder: inside, store }, here, there] = [await importedBy(), await serving(), await serving()]
      const keys = (name: string): string => join(inside, `${name}.keys.db`)
      expect(await smagruppe('copy', store, here.url, '--to-vault', keys('here'))).toMatchObject({ code: 0, err: '' })
      const words = ['--as-of', '2024-12-31', '--known-at', '2100-01-01', '--json']
      const beside = ['--projections', join(inside, 'rows.db'), '--vault', keys('here')]
      for (const question of ['points', 'register', 'topics'])
        expect(await smagruppe(question, ...words, '--store', here.url, ...beside)).toEqual(
          await smagruppe(question, ...words, '--store', store),
        )
      const explained = await smagruppe('explain', '101', ...words, '--store', here.url, '--vault', keys('here'))
      expect(explained).toEqual(await smagruppe('explain', '101', ...words, '--store', store))

      const checked = await smagruppe('check', '--store', here.url, ...beside, '--json')
      expect(checked).toMatchObject({ code: 0, err: '' })
      expect(JSON.parse(checked.out)).toMatchObject({
        register: { findings: [] },
        vault: { findings: [] },
        durability: { client, projections: join(inside, 'rows.db') },
      })
      expect(await smagruppe('projections', 'rebuild', '--store', here.url, ...beside)).toMatchObject({
        code: 0,
        err: '',
      })
      expect(await smagruppe('projections', '--store', here.url, ...beside)).toMatchObject({ code: 0, err: '' })

      const across = ['--vault', keys('here'), '--to-vault', keys('there'), '--json']
      const copied = await smagruppe('copy', here.url, there.url, ...across)
      expect(copied).toMatchObject({ code: 0, err: '' })
      const whole = await smagruppe('copy', here.url, there.url, ...across)
      expect(JSON.parse(whole.out)).toMatchObject({ added: 0 })
      const back = join(inside, 'back.db')
      expect(await smagruppe('copy', there.url, back, '--vault', keys('there'))).toMatchObject({ code: 0, err: '' })
      expect(JSON.parse((await smagruppe('copy', store, back, '--json')).out)).toMatchObject({ added: 0 })
      const itself = await smagruppe(
        'copy',
        here.url,
        `${here.url}&nodePreference=leader`,
        '--vault',
        keys('here'),
        '--to-vault',
        keys('x'),
      )
      expect(itself).toMatchObject({ code: 1, err: expect.stringContaining('is the source itself') })
    })

    test('a register that somebody deleted from is brought back whole by a copy, as long as nobody scavenged', async () => {
      const [{ folder: inside, store }, { server, url }] = [await importedBy(), await serving()]
      const [keys, whole] = [join(inside, 'keys.db'), `${url}&register=whole`]
      expect(await smagruppe('copy', store, url, '--to-vault', keys)).toMatchObject({ code: 0 })
      const [first, second] = [...new Set(server.log.all.map(({ stream }) => stream))].filter((name) =>
        /^\w+-/.test(name),
      )
      server.log.storeTombstone(first ?? '')
      const truncated = {
        id: randomIds(),
        type: '$metadata',
        contentType: 'application/json',
        data: new TextEncoder().encode(JSON.stringify({ $tb: Number.MAX_SAFE_INTEGER })),
        metadata: new Uint8Array(),
      }
      server.log.store(`$$${second}`, [truncated])
      expect(await smagruppe('check', '--store', url, '--vault', keys)).toMatchObject({ code: 1 })
      const saved = join(inside, 'whole.keys.db')
      expect(await smagruppe('copy', url, whole, '--vault', keys, '--to-vault', saved)).toMatchObject({
        code: 0,
        err: '',
      })
      expect(await smagruppe('check', '--store', whole, '--vault', saved)).toMatchObject({ code: 0 })
      const back = await smagruppe('copy', store, whole, '--to-vault', saved, '--json')
      expect(JSON.parse(back.out)).toMatchObject({ added: 0 })
    })

    test('a copy goes on where connections broke in the middle of it, between two servers of one process', async () => {
      const [{ folder: inside, store }, here, there] = [await importedBy(), await serving(), await serving()]
      const to = (url: string, name: string): ReadonlyArray<string> => [
        url,
        '--to-vault',
        join(inside, `${name}.db`),
        '--json',
      ]
      for (const { server } of [here, there]) server.breakByChance({ seed: 7, oneAppendIn: 4, oneEventIn: 60 })
      const first = await smagruppe('copy', store, ...to(here.url, 'here'))
      expect(first).toMatchObject({ code: 0, err: '' })
      const next = await smagruppe('copy', here.url, ...to(there.url, 'there'), '--vault', join(inside, 'here.db'))
      expect(next).toMatchObject({ code: 0, err: '' })
      expect(JSON.parse(next.out)).toEqual(JSON.parse(first.out))
    })

    test('what cannot be opened is told in one line, without the password', async () => {
      const { url } = await serving()
      const { server } = await serving({ users: { secretary: 'secret-word' } })
      const file = join(folder(), 'keys.db')
      const wrong = server.url({
        user: 'secretary:wrong-word',
        parameters: { client, tlsCAFile: server.authorityFile ?? '' },
      })
      for (const [words, message, code] of [
        [['--store', url, '--vault', file], 'there is no register at esdb://127.0.0.1', 1],
        [['--store', url], 'EventStoreDB keeps no keys of persons', 1],
        [['--store', wrong, '--vault', file], 'check user and password', 1],
        [
          ['--store', 'esdb://secretary:wrong-word@127.0.0.1:1?tls=false', '--vault', file],
          'no server answers there',
          1,
        ],
        [['--store', url, '--vault', url], 'Name a SQLite file, or a postgres:// URL', 2],
        [['--store', url, '--projections', url], 'Name a SQLite file, or a postgres:// URL', 2],
        [['--store', 'esdb://'], 'This is no URL of an EventStoreDB: write esdb://host:2113', 2],
        [['--store', 'esdb://host:port'], 'This is no URL of an EventStoreDB', 2],
        [['--store', 'esdb:/host'], 'This is no URL of an EventStoreDB', 2],
        [['--store', 'esdb://secretary@host'], 'name the file that it is in with passwordFile=', 2],
        [['--store', 'esdb://secretary:wrong-word@127.0.0.1:99999'], 'A port in the URL is none', 2],
        [
          ['--store', 'esdb://secretary:wrong-word@127.0.0.1:1?tlsCAFile=/nowhere/ca.pem', '--vault', file],
          'the file /nowhere/ca.pem (tlsCAFile) is not there',
          1,
        ],
        [
          ['--store', 'esdb://secretary@127.0.0.1:1?passwordFile=/nowhere/esdb', '--vault', file],
          'the file /nowhere/esdb (passwordFile) is not there',
          1,
        ],
        [['--store', 'esdb://secretary:wrong-word/@host'], '%2F for / in the password', 2],
        [['--store', 'esdb://host?nonsense=1'], 'The URL says nonsense, which means nothing here', 2],
        [['--store', 'esdb://host?throwOnAppendFailure=false'], 'wrong revisions: leave it out', 2],
        [['--store', file, '--projections', 'memory'], 'keeps its read models itself', 1],
      ] as const) {
        const { err, ...ran } = await smagruppe('register', ...words)
        expect(ran).toEqual({ code, out: '' })
        expect(err).toContain(message)
        expect(err).not.toContain('wrong-word')
      }
      const inside = folder()
      const unmade = ['--vault', join(inside, 'nowhere', 'keys.db'), '--projections', join(inside, 'rows.db')]
      expect(await smagruppe('import', join(pilotYear, 'data'), '--store', url, ...unmade)).toMatchObject({ code: 1 })
      expect(readdirSync(inside)).toEqual([])
      const rows = join(inside, 'rows.db')
      const making = `import DIR --store '${url}' --projections ${rows} --vault ${file}\n`
      const { err } = await smagruppe('register', '--store', url, '--projections', `sqlite:${rows}`, '--vault', file)
      expect(err).toContain(`make one with: smagruppe ${making}`)
    })

    test('what cannot be copied is told in one line, and makes nothing', async () => {
      const [{ folder: inside, store }, { url }] = [await importedBy(), await serving()]
      const before = readdirSync(inside)
      const keys = join(inside, 'keys.db')
      const noServer = 'esdb://127.0.0.1:1?tls=false'
      for (const [words, message, code] of [
        [[store, url], `keeps no keys of persons: say with --to-vault where those of ${url} shall go`, 1],
        [[url, keys], `keeps no keys of persons: say with --vault where those of ${url} are`, 1],
        [[store, url, '--to-vault', url], 'Name a SQLite file, or a postgres:// URL', 2],
        [[url, keys, '--vault', url], 'Name a SQLite file, or a postgres:// URL', 2],
        [[store, 'esdb://host:port', '--to-vault', keys], 'This is no URL of an EventStoreDB', 2],
        [[store, noServer, '--to-vault', keys], 'no server answers there', 1],
        [[noServer, keys, '--vault', store], 'no server answers there', 1],
        [[url, keys, '--vault', join(inside, 'register.vault.db')], 'there is no register here', 1],
      ] as const) {
        const { err, ...ran } = await smagruppe('copy', ...words)
        expect(ran).toEqual({ code, out: '' })
        expect(err).toContain(message)
        expect(readdirSync(inside)).toEqual(before)
      }
      expect(await smagruppe('copy', `sqlite:${store}`, url, '--to-vault', `sqlite:${keys}`)).toMatchObject({ code: 0 })
      const ask = ['--store', url, '--projections', join(inside, 'rows.db')]
      for (const [question, vault] of [
        ['register', []],
        ['points', ['--vault', join(inside, 'elsewhere.db')]],
      ] as const) {
        const { err, ...ran } = await smagruppe(question, ...ask, ...vault)
        expect(ran).toEqual({ code: 1, out: '' })
        expect(err).toContain('there is no vault at ')
      }
      expect(readdirSync(inside).sort()).toEqual([...before, 'keys.db'].sort())
    })
  })
}
