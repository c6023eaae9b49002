// retract-command.test.ts: smagruppe rules retract: a mistyped day taken back, by whom, and what holds on to what

import { expect, test } from 'vitest'
import { authority, openedDesk, source } from './publishing.test-kit.ts'
import { spaced } from './smagruppe.test-kit.ts'

const desk = openedDesk()
const file = (name: string, parameters: object): string => desk.file({ name, parameters })

test('a mistyped day locks the rules until it is taken back, which the refusal says how to do', async () => {
  const typed = file('Mistyped', {})
  await desk.rules('publish', typed, '--effective', '2062-01-01', ...authority)
  const [entry] = await desk.published()
  const event = entry?.event ?? ''
  expect(spaced(await desk.printed())).toContain(`event ${event}`)

  const meant = file('Meant', {})
  const refused = await desk.rules('publish', meant, '--effective', '2026-01-01', ...authority)
  expect(refused).toEqual({
    code: 1,
    out: '',
    err: `smagruppe: the rules in ${meant} cannot be published:
  --effective: found 2026-01-01, expected a date after 2062-01-01, from which Mistyped is in force
if Mistyped was published by mistake, take it back first: smagruppe rules retract ${event} --role authority
`,
  })

  expect(await desk.rules('retract', event, '--role', 'local-authority')).toEqual({
    code: 1,
    out: '',
    err: `smagruppe: ${event} cannot be taken back:\n  --role: found local-authority, expected authority\n`,
  })
  const taken = await desk.rules('retract', event, ...authority, '--reason', 'the year was mistyped')
  expect({ code: taken.code, err: taken.err }).toEqual({ code: 0, err: '' })
  expect(spaced(taken.out)).toMatch(
    new RegExp(
      `^Taken back: national, from 2062-01-01: Mistyped event ${event}, sha256:[0-9a-f]{64} .*event [0-9a-f-]{36}`,
    ),
  )
  expect(await desk.published()).toEqual([])
  expect(spaced((await desk.rules('retract', event, ...authority)).out)).toBe('Was taken back before, nothing added.')

  const local = file('Too early', { groupThreshold: { value: 4, source } })
  expect((await desk.rules('check', local, '--layer', 'group', '--for', 'G1', '--effective', '2026-01-01')).err).toBe(
    `smagruppe: the rules in ${local} cannot be published:
  --effective: found 2026-01-01, expected a day on which national rules are in force: none are published, publish them first
`,
  )
  const published = await desk.rules('publish', meant, '--effective', '2026-01-01', ...authority)
  expect({ code: published.code, err: published.err }).toEqual({ code: 0, err: '' })
})

test('by digest; a pack that an adaptation rests on only after that; a retraction taken back brings it back', async () => {
  const local = file('Four here', { groupThreshold: { value: 4, source } })
  const group = ['--layer', 'group', '--for', 'G1', '--effective', '2026-01-01', '--role', 'local-authority'] as const
  await desk.rules('publish', local, ...group)
  const [pack, adaptation] = await desk.published()
  expect((await desk.rules('retract', pack?.event ?? '', ...authority)).err).toContain(
    `cannot be taken back:\n  corrects: found sha256:`,
  )
  const digest = /sha256:[0-9a-f]{64}/.exec((await desk.rules('check', local, ...group)).out)?.[0] ?? ''
  const taken = JSON.parse((await desk.rules('retract', digest, '--role', 'local-authority', '--json')).out)
  expect(taken).toEqual({
    event: expect.stringMatching(/^[0-9a-f-]{36}$/),
    takenBack: [
      { event: adaptation?.event, digest, layer: 'group', for: adaptation?.for, from: '2026-01-01', until: null },
    ],
    broughtBack: [],
  })
  const undone = await desk.rules('retract', taken.event, '--role', 'local-authority', '--lang', 'nb')
  expect(spaced(undone.out)).toContain('Gjelder igjen: smågruppe, fra 01.01.2026: Four here (G1)')
  expect((await desk.published()).map(({ published }) => published.name)).toEqual(['Meant', 'Four here'])
})

test.each([
  [
    '00000000-0000-4000-8000-000000000000',
    'nothing that was published has the id 00000000-0000-4000-8000-000000000000',
  ],
  [`sha256:${'0'.repeat(64)}`, `nothing that stands has the digest sha256:${'0'.repeat(64)}`],
])('what was never published: %s', async (what, message) => {
  expect(await desk.rules('retract', what, ...authority)).toEqual({
    code: 1,
    out: '',
    err: `smagruppe: ${message}; smagruppe rules lists what was\n`,
  })
})

test.each([
  [['Mistyped', ...authority], 'Write the id of an event or a digest, as `smagruppe rules` prints them.'],
  [[`sha256:${'0'.repeat(64)}`, ...authority, '--reason', ''], 'Say why, or leave it out.'],
  [[`sha256:${'0'.repeat(64)}`], "required option '--role <role>' not specified"],
])('wrong usage: %j', async (words, message) => {
  const { code, err } = await desk.rules('retract', ...words)
  expect([code, err.includes(message)]).toEqual([2, true])
})
