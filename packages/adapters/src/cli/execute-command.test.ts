// execute-command.test.ts: smagruppe execute: what goes in, what is told of what does not, and that running it again adds nothing

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logOf, smallYear, writeSheets } from '../csv/sheets.test-kit.ts'
import { withRegister } from './crash.test-kit.ts'
import { course, fileOf, idOf, linesOf, plan } from './execute.test-kit.ts'
import { whyStopped } from './execute-command.ts'
import { printed, smagruppe, smagruppeOn, spaced, tooLong } from './smagruppe.test-kit.ts'

let folder: string
let store: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smagruppe-execute-'))
  store = join(folder, 'register.db')
  writeSheets(folder, smallYear)
  await smagruppe('import', folder, '--store', store)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const execute = (lines: ReadonlyArray<object | string>, ...words: ReadonlyArray<string>) =>
  smagruppe('execute', fileOf(folder, ...lines), '--store', store, ...words)

const log = () => withRegister(store, logOf)

/** The report on the lines, as programs read it. */
const report = async (lines: ReadonlyArray<object | string>, ...words: ReadonlyArray<string>) =>
  JSON.parse((await execute(lines, ...words, '--json')).out)

const outcomes = async (lines: ReadonlyArray<object | string>, ...words: ReadonlyArray<string>) =>
  (await report(lines, ...words)).lines.map(({ outcome }: { readonly outcome: string }) => outcome)

describe('what goes in', () => {
  test('is in the programme and the forecast, and added once however often it is said', async () => {
    const lines = [course(1), '', course(2), plan(3)]
    const before = (await log()).length
    const first = await execute(lines)
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(spaced(first.out)).toBe(
      `Executed ${join(folder, 'commands.jsonl')}: 3 lines, 3 carried out (3 events added), 0 carried out before, 0 with nothing to do, 0 not taken.`,
    )
    const again = await execute(lines, '--lang', 'nb')
    expect(again).toMatchObject({ code: 0, err: '' })
    expect(spaced(again.out)).toBe(
      `Utførte ${join(folder, 'commands.jsonl')}: 3 linjer, 0 utført (0 hendelser lagt til), 3 utført fra før, 0 uten noe å gjøre, 0 ikke tatt med.`,
    )
    expect((await log()).length).toBe(before + 3)
    const asked = ['--store', store, '--json'] as const
    const { demands } = JSON.parse(await printed('programme', '101', ...asked, '--as-of', '2024-12-31'))
    expect(demands[0]).toMatchObject({ name: 'coursePoints', found: { numerator: 30, denominator: 1 } })
    const { planned } = JSON.parse(await printed('forecast', '101', ...asked, '--as-of', '2024-06-30'))
    expect(planned).toEqual([expect.objectContaining({ date: '2024-10-01', minutes: 150 })])
  })

  test('is told line by line to programs: the command, its events, and where they stand', async () => {
    const lines = [
      course(11),
      '',
      course(11),
      course(11, '0101', { id: idOf(12) }),
      course(11, '101', { id: idOf(13) }),
    ]
    const told = await report(lines.slice(0, 1))
    const stored = (await log()).at(-1)
    const receipt = {
      stream: stored?.stream,
      events: [stored?.id],
      revision: stored?.revision,
      position: stored?.position,
    }
    expect(stored).toMatchObject({
      type: 'ActivityRecorded',
      actor: { id: 'smagruppe execute', role: 'coordinator' },
      knownSince: stored?.recordedAt,
    })
    expect(told).toEqual({
      file: join(folder, 'commands.jsonl'),
      events: 1,
      lines: [{ line: 1, type: 'RecordActivity', id: stored?.causation, outcome: 'done', ...receipt }],
      stopped: null,
    })
    const again = await report(lines)
    expect(again.lines[0]).toEqual({ ...told.lines[0], outcome: 'done-before' })
    const nothing = { type: 'RecordActivity', outcome: 'nothing-to-do', ...receipt, events: [] }
    expect(again.lines.slice(1)).toEqual([
      { line: 3, id: expect.any(String), ...nothing },
      { line: 4, id: idOf(12), ...nothing },
      { line: 5, id: idOf(13), ...nothing },
    ])
    expect(again.events).toBe(0)
  })

  test('comes from standard input too, a line in many pieces, with a byte order mark and line ends of any kind', async () => {
    const text = new TextEncoder().encode(
      `\uFEFF${linesOf(course(21), '\r', plan(22)).replaceAll('\n', '\r\n').trimEnd()}`,
    )
    async function* pieces() {
      for (let at = 0; at < text.length; at += 7) yield text.subarray(at, at + 7)
    }
    const { code, out, err } = await smagruppeOn({ clock: () => 0, input: pieces }, 'execute', '-', '--store', store)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Executed standard input: 2 lines, 2 carried out/)
    expect(await smagruppe('execute', '-', '--store', store)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Executed standard input: 0 lines/),
    })
    expect((await smagruppe('execute', '-', '--store', store, '--lang', 'nb')).out).toMatch(
      /^Utførte standard inn: 0 linjer/,
    )
  })

  test('is done in the name and the capacity that are said', async () => {
    const decided = {
      type: 'DecidePeriod',
      data: { doctor: { hpr: '104' }, period: '2022-05-10', on: '2027-05-12', outcome: 'renewed' },
    }
    expect((await report([decided])).lines[0]).toEqual({
      line: 1,
      type: 'DecidePeriod',
      id: expect.any(String),
      outcome: 'rejected',
      code: 'NotForThisActor',
      reason: 'the register refused this: NotForThisActor (role coordinator, needed authority)',
    })
    expect(await outcomes([decided], '--role', 'authority', '--by', 'The office')).toEqual(['done'])
    expect((await log()).at(-1)?.actor).toEqual({ id: 'The office', role: 'authority' })
    expect(await outcomes([decided])).toEqual(['done-before'])
  })

  test('may be known since a day or a moment, where an importer says so', async () => {
    const known = [
      course(31, '101', { knownSince: '2024-03-20' }),
      course(32, '101', { knownSince: '2024-03-20T12:00:00Z' }),
    ]
    expect(await outcomes(known, '--role', 'importer')).toEqual(['done', 'done'])
    expect((await log()).slice(-2).map(({ knownSince }) => knownSince)).toEqual([
      '2024-03-20T23:00:00.000Z',
      '2024-03-20T12:00:00.000Z',
    ])
  })

  test('may call groups, sessions, wishes, departments and hospitals what sheets call them', async () => {
    const named = [
      { type: 'ClearIndustryContribution', data: { session: { session: 'S4' }, reason: 'we paid' } },
      { type: 'CancelSession', data: { session: { request: 'R1' }, on: '2024-01-01', reason: 'ill' } },
      {
        type: 'MoveDepartment',
        data: {
          hospital: { hospital: 'Haukeland' },
          department: { department: 'BARN' },
          to: { hospital: 'Haukeland' },
          on: '2025-01-01',
        },
      },
      { type: 'MoveGroup', data: { group: { group: 'G2' }, municipality: '4627', on: '2025-01-01' } },
    ]
    expect((await report(named)).lines).toEqual([
      expect.objectContaining({ outcome: 'done', stream: expect.stringMatching(/^session-/) }),
      expect.objectContaining({ code: 'SessionInWrongStage' }),
      expect.objectContaining({ outcome: 'done', stream: expect.stringMatching(/^hospital-/) }),
      expect.objectContaining({ outcome: 'done', stream: expect.stringMatching(/^group-/) }),
    ])
    const elsewhere = await report(
      [{ type: 'CloseGroup', data: { group: { group: 'G2' }, on: '2025-01-01' } }],
      '--source',
      'x',
    )
    expect(elsewhere.lines[0]).toMatchObject({
      code: 'NameUnknown',
      reason: 'no group is called G2 in the sheets of x',
    })
  })
})

describe('ids', () => {
  const topic = { type: 'NameTopic', data: { topic: idOf(90), name: 'Føflekker' } }
  const idsOf = async (...lines: ReadonlyArray<object | string>) =>
    (await report(lines)).lines.map(({ id }: { readonly id: string }) => id)

  test('are made of what is asked and how often, the same in every release, whatever the order of fields', async () => {
    const otherwise = `{ "data": {"name": "Føflekker",  "topic": "${idOf(90)}"}, "type": "NameTopic" }`
    expect(await idsOf(topic, otherwise, topic)).toEqual([
      '50ca23d6-bd49-5577-adc6-f5a86fe7c53c',
      '50ca23d6-bd49-5577-adc6-f5a86fe7c53c',
      'aa71c04b-56d7-589a-8895-b84469470af0',
    ])
  })

  test('of a line that names a doctor by number are not made of the number', async () => {
    const { doctor } = JSON.parse(await printed('explain', '102', '--store', store, '--json'))
    const byNumber = course(41, '102')
    const byId = JSON.parse(JSON.stringify(byNumber).replace('{"hpr":"102"}', `"${doctor}"`))
    const [one, other] = await idsOf(byNumber, byId)
    expect(one).toBe(other)
  })

  test('must be given where a person is named, so that nobody can try names on them', async () => {
    const lines = (id: (n: number) => object) => [
      { type: 'RegisterDoctor', data: { doctor: idOf(50), name: 'Eva Ny', municipality: null }, ...id(51) },
      { type: 'ClaimHpr', data: { doctor: idOf(50), hpr: '901' }, ...id(52) },
    ]
    expect((await report(lines(() => ({})))).lines).toEqual([
      expect.objectContaining({
        line: 1,
        id: null,
        code: 'IdNeeded',
        reason: expect.stringMatching(/^id: found nothing/),
      }),
      expect.objectContaining({ line: 2, id: null, code: 'IdNeeded' }),
    ])
    const named = lines((n) => ({ id: idOf(n) }))
    expect(await outcomes(named)).toEqual(['done', 'done'])
    expect(await outcomes(named)).toEqual(['done-before', 'done-before'])
    const { events } = (await report(named)).lines[0]
    const fact = { name: { clear: 'Eva Nyere' }, municipality: null }
    const corrected = {
      type: 'CorrectFact',
      data: { stream: `doctor-${idOf(50)}`, corrects: events[0], reason: 'misspelt', fact },
    }
    expect((await report([corrected])).lines[0]).toMatchObject({ code: 'IdNeeded' })
    expect(await outcomes([{ ...corrected, id: idOf(53) }, course(54, '901')])).toEqual(['done', 'done'])
  })

  test('name one wish each: another with the same is not taken, the same again is', async () => {
    const given = { ...topic, data: { ...topic.data, topic: idOf(91) }, id: idOf(92) }
    const other = { ...topic, data: { ...topic.data, topic: idOf(93) }, id: idOf(92) }
    expect((await report([given, given, other])).lines).toEqual([
      expect.objectContaining({ outcome: 'done' }),
      expect.objectContaining({ outcome: 'done-before' }),
      expect.objectContaining({ code: 'DuplicateId', reason: 'id: line 1 has the same, and asks for something else' }),
    ])
    expect((await report([other])).lines[0]).toMatchObject({
      code: 'DuplicateEventId',
      reason: 'id: another command has it, for something else',
    })
  })
})

describe('what is not taken', () => {
  test.each([
    ['nonsense', null, 'CommandMalformed', /^no JSON: /],
    ['[1]', null, 'CommandMalformed', /^the whole: found a list, expected \{ type, data, id, knownSince \}$/],
    [{ data: {} }, null, 'CommandMalformed', /^type: found nothing, expected text without lone surrogates or U\+0000$/],
    [{ type: 'CloseGroup' }, null, 'CommandMalformed', /^data: found nothing, expected an object$/],
    [{ type: 'CloseGroup', data: [] }, null, 'CommandMalformed', /^data: found a list, expected an object$/],
    [course(1, '101', { id: 'A' }), null, 'CommandMalformed', /^id: found 'A', expected a lower-case UUID$/],
    [
      course(1, '101', { actor: {} }),
      null,
      'CommandMalformed',
      /^actor: found a field that is not known, expected type, data, id, knownSince$/,
    ],
    [
      course(1, '101', { knownSince: 'May' }),
      null,
      'CommandMalformed',
      /^knownSince: found 'May'\. Write a date as YYYY-MM-DD/,
    ],
    [
      course(1, '101', { knownSince: '2024-01-01' }),
      'RecordActivity',
      'KnownSinceNotAllowed',
      /^knownSince: only --role importer may say it, found --role coordinator$/,
    ],
    [
      { type: 'Nothing', data: {} },
      'Nothing',
      'CommandMalformed',
      /^type: found 'Nothing', expected one of RegisterGroup, /,
    ],
    [
      { type: 'CloseGroup', data: { group: { group: 'G1' } } },
      'CloseGroup',
      'CommandMalformed',
      /^data\.on: found nothing, expected a date like 2024-12-31$/,
    ],
    [
      { type: 'CloseGroup', data: { group: 'G1' } },
      'CloseGroup',
      'CommandMalformed',
      /^data\.group: found 'G1', expected the id of a group, a lower-case UUID; \{"group":"…"\} can stand there too$/,
    ],
    [
      { type: 'CloseGroup', data: { group: { hpr: '101' }, on: '2025-01-01' } },
      'CloseGroup',
      'CommandMalformed',
      /^data\.group: found an object, expected the id of a group, a lower-case UUID; \{"group":"…"\} can stand there too$/,
    ],
    [
      { type: 'CancelSession', data: { session: { group: 'G1' }, on: '2025-01-01', reason: 'ill' } },
      'CancelSession',
      'CommandMalformed',
      /^data\.session: .*, a lower-case UUID; \{"session":"…"\} or \{"request":"…"\} can stand there too$/,
    ],
    [
      { type: 'CloseHospital', data: { hospital: 'Haukeland', on: '2025-01-01' } },
      'CloseHospital',
      'CommandMalformed',
      /^data\.hospital: .*, a lower-case UUID; \{"hospital":"…"\} can stand there too$/,
    ],
    [
      course(1, '101', { data: { doctor: { hpr: 101 } } }),
      'RecordActivity',
      'CommandMalformed',
      /^data\.doctor: found an object, expected the id of a doctor, a lower-case UUID; \{"hpr":"…"\} can stand there too$/,
    ],
    [course(1, '999'), 'RecordActivity', 'NameUnknown', /^no doctor with HPR number 999 is registered$/],
    [course(1, 'x'), 'RecordActivity', 'NameUnknown', /^x is no HPR number: it has 1 to 9 digits and is not zero$/],
    [
      { type: 'CloseHospital', data: { hospital: { hospital: 'No' }, on: '2025-01-01' } },
      'CloseHospital',
      'NameUnknown',
      /^no hospital is called No$/,
    ],
    [
      { type: 'ClaimHpr', id: idOf(60), data: { doctor: { hpr: '102' }, hpr: '101' } },
      'ClaimHpr',
      'HprClaimedAlready',
      /^the register refused this: HprClaimedAlready \(doctor [-0-9a-f]{36} \(hpr 102\)\)$/,
    ],
    [
      course(1, '101', { data: JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`) }),
      'RecordActivity',
      'CommandMalformed',
      /^data: found more than 32 levels/,
    ],
    [
      { type: 'NameTopic', data: { topic: idOf(61), name: '\ud800' } },
      'NameTopic',
      'CommandMalformed',
      /^data: found text with a lone surrogate or U\+0000, expected data of a command$/,
    ],
  ])('%j', async (line, type, code, reason) => {
    const before = (await log()).length
    const { lines, events } = await report(['', line])
    expect({ lines, events }).toEqual({
      lines: [{ line: 2, type, id: lines[0].id, outcome: 'rejected', code, reason: expect.stringMatching(reason) }],
      events: 0,
    })
    expect((await log()).length).toBe(before)
  })

  test('is told with what the line calls those that it is about, and where refusals are explained', async () => {
    const visit = (n: number) =>
      course(n, '101', {
        data: {
          doctor: { hpr: '0101' },
          activity: idOf(n),
          what: { kind: 'practice-visit', on: '2024-03-15', points: 4, colleague: { hpr: '0101' } },
        },
      })
    const refused = await execute([visit(75)])
    expect(spaced(refused.out)).toMatch(
      /line 1, RecordActivity: the register refused this: VisitToOneself \(doctor [-0-9a-f]{36} \(hpr 0101\)\) docs\/errors\.md explains every refusal, under “Why the domain says no”, and every error\.$/,
    )
    expect((await execute([visit(75)], '--lang', 'nb')).out).toContain('docs/errors.md forklarer hvert avslag')
    const merge = (hpr: string) => ({ type: 'MergeDoctors', data: { doctor: { hpr: '101' }, absorbed: { hpr } } })
    const [itself] = (await report([merge('101')], '--role', 'authority')).lines
    expect(itself).toMatchObject({
      code: 'DoctorIntoItself',
      reason: expect.stringMatching(/DoctorIntoItself \(doctor [-0-9a-f]{36} \(hpr 101\)\)$/),
    })
    expect((await execute(['nonsense'])).out).not.toContain('docs/errors.md')
  })

  test('is told with its line and reason, the rest goes in, and the command ends with 1', async () => {
    const lines = [course(71), 'nonsense', course(72, '999'), course(73)]
    const file = join(folder, 'commands.jsonl')
    const first = await execute(lines)
    expect({ ...first, out: spaced(first.out) }).toEqual({
      code: 1,
      out: [
        `Executed ${file}: 4 lines, 2 carried out (2 events added), 0 carried out before, 0 with nothing to do, 2 not taken.`,
        'Not taken:',
        'line 2: no JSON: Unexpected token \'o\', "nonsense" is not valid JSON',
        'line 3, RecordActivity: no doctor with HPR number 999 is registered',
      ].join(' '),
      err: `smagruppe: 2 of 4 lines of ${file} were not taken; mend them and run it all again, which adds nothing twice\n`,
    })
    const again = await execute(lines, '--lang', 'nb')
    expect(spaced(again.out)).toContain(
      '0 utført (0 hendelser lagt til), 2 utført fra før, 0 uten noe å gjøre, 2 ikke tatt med. Ikke tatt med: linje 2: no JSON',
    )
    expect(tooLong(again.out).filter((line) => !line.includes(folder))).toEqual([])
    const many = await execute(Array.from({ length: 23 }, () => 'nonsense'))
    expect(many.out).toContain('line 20: ')
    expect(many.out).not.toContain('line 21: ')
    expect(many.out).toMatch(/\n {2}… and 3 more\n$/)
  })

  test('is a line that is no text or longer than any command, and none after it', async () => {
    async function* bytes() {
      yield new Uint8Array([0xff, 0xfe, 0x0a])
      for (let mebibyte = 0; mebibyte < 17; mebibyte += 1) yield new Uint8Array(1024 * 1024).fill(0x61)
      yield new TextEncoder().encode(`\n${linesOf(course(74))}`)
    }
    const ran = await smagruppeOn({ clock: () => 0, input: bytes }, 'execute', '-', '--store', store, '--json')
    expect(JSON.parse(ran.out).lines).toEqual([
      { line: 1, type: null, id: null, outcome: 'rejected', code: 'CommandMalformed', reason: 'not UTF-8 text' },
      {
        line: 2,
        type: null,
        id: null,
        outcome: 'rejected',
        code: 'CommandMalformed',
        reason: 'longer than 16777216 bytes',
      },
      expect.objectContaining({ line: 3, outcome: 'done' }),
    ])
  })
})

describe('where it cannot go on', () => {
  test('a store that fails stops it at that line; when it is mended, the same again does the rest', async () => {
    const broken = new DatabaseSync(store)
    const lines = [course(81), course(82), course(83)]
    const after = (await log()).length + 1
    const told = `CREATE TRIGGER no_more BEFORE INSERT ON events WHEN new.position > ${(await log()).at(-1)?.position ?? 0} + 1 BEGIN SELECT RAISE(ABORT, 'no more'); END`
    broken.exec(told)
    const { code, out, err } = await execute(lines, '--json')
    const { lines: done, stopped } = JSON.parse(out)
    expect(done.map(({ line, outcome }: Record<string, unknown>) => [line, outcome])).toEqual([[1, 'done']])
    expect(stopped).toEqual({ line: 2, reason: expect.stringContaining('no more'), retry: false })
    expect({ code, err }).toEqual({
      code: 1,
      err: `smagruppe: stopped at line 2 of ${join(folder, 'commands.jsonl')}: ${stopped.reason}; what was carried out before it stays; when that is mended, run it all again, which goes on at that line\n`,
    })
    expect((await log()).length).toBe(after)
    broken.exec('DROP TRIGGER no_more')
    broken.close()
    expect(await outcomes(lines)).toEqual(['done-before', 'done', 'done'])
  })

  test('a failure that may pass by itself asks for nothing but to run it again', () => {
    expect(whyStopped('a.jsonl', { line: 1, reason: 'the file is busy', retry: true })).toBe(
      'stopped at line 1 of a.jsonl: the file is busy; run it all again, which goes on at that line',
    )
  })

  test('input that breaks off is told, and what came before it is in', async () => {
    async function* bytes() {
      yield new TextEncoder().encode(linesOf(course(84)))
      throw new Error('the pipe broke')
    }
    const ran = await smagruppeOn({ clock: () => 0, input: bytes }, 'execute', '-', '--store', store)
    expect({ code: ran.code, err: ran.err }).toEqual({
      code: 1,
      err: 'smagruppe: stopped at line 2 of standard input: cannot be read on: the pipe broke; what was carried out before it stays; when that is mended, run it all again, which goes on at that line\n',
    })
    expect(await outcomes([course(84)])).toEqual(['done-before'])
  })

  test.each([
    [['nowhere.jsonl'], 1, /^smagruppe: nowhere\.jsonl cannot be read: there is no such file\n$/],
    [['.'], 1, /^smagruppe: \. is a folder: name a file with a command a line\n$/],
    [['-', '--store', 'nowhere.db'], 1, /^smagruppe: there is no register at nowhere\.db; make one with: /],
    [[], 2, /^smagruppe: missing required argument 'file'\n/],
    [[' '], 2, /Name a file\./],
    [['-', '--role', ' '], 2, /Say in which capacity\./],
    [['-', '--by', ''], 2, /Say which office\./],
  ])('%j', async (words, code, err) => {
    expect(await smagruppe('execute', ...words, '--store', store, ...words.slice(1))).toEqual({
      code,
      out: '',
      err: expect.stringMatching(err),
    })
  })
})
