// rules-command.test.ts: smagruppe rules: what is in force on a date, and all that was published by a moment

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultPack, digestOf, norway, promised, publishable, uuidOf } from '@smagruppe/domain'
import { expect, onTestFinished, test } from 'vitest'
import { openSqliteRegister } from '../sqlite/index.ts'
import { printed, smagruppeOn, spaced, tooLong } from './smagruppe.test-kit.ts'

const source = { title: 'A circular', address: 'https://example.org/circular' }
const pack = (from: string, parameters: object = {}) => ({
  name: `Rules of ${from.slice(0, 4)}`,
  zone: 'Europe/Oslo',
  from,
  parameters: { ...publishable(defaultPack), ...parameters },
})
const first = pack('2020-01-01')
const second = pack('2026-01-01', { quorum: { value: 3, source, permission: 'fixed' } })
const local = {
  name: 'Here it is so',
  from: '2024-01-01',
  until: '2025-01-01',
  basis: digestOf(first),
  parameters: { groupThreshold: { value: 4, source } },
}
const kari = uuidOf('rules command', 'Kari')
const group = uuidOf('rules command', 'G1')
const hospital = uuidOf('rules command', 'Haukeland')

/** A register in which these were published, known since now. */
const registerWith = async (...commands: ReadonlyArray<readonly [type: string, data: object]>): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const store = join(folder, 'register.db')
  const { register, close } = await promised(openSqliteRegister(store))
  const asking = { actor: { id: 'the Association', role: 'authority' } }
  for (const [type, data] of commands)
    await promised(register.execute({ type, data: { scheme: norway.id, ...data } }, asking))
  await promised(close)
  return store
}
const everything = () =>
  registerWith(
    ['PublishRulePack', first],
    ['AdoptLocalAdaptation', { ...local, scope: { layer: 'region', municipalities: ['4601', '4602'] } }],
    ['AdoptLocalAdaptation', { ...local, scope: { layer: 'hospital', hospital } }],
    ['AdoptLocalAdaptation', { ...local, scope: { layer: 'group', group }, until: null }],
    ['GrantDispensation', { doctor: kari, from: '2025-06-01', until: '2026-01-01', parameters: local.parameters }],
    ['PublishRulePack', second],
  )

test('S2-20 all that was published is told, with the pack in force for the whole country', async () => {
  const { inForce, published } = JSON.parse(
    await printed('rules', '--store', await everything(), '--as-of', '2025-06-01', '--json'),
  )
  const of2020 = digestOf(first)
  expect([inForce.name, inForce.digest, inForce.event]).toEqual(['Rules of 2020', of2020, published[0].event])
  expect(inForce.rules.find(({ name }: { readonly name: string }) => name === 'quorum')).toEqual({
    name: 'quorum',
    source: defaultPack.quorum.source,
    value: 2,
    layer: 'national',
    event: published[0].event,
  })
  expect(
    published.map(({ layer, state, from, until }: Readonly<Record<string, string | null>>) => [
      layer,
      state,
      from,
      until,
    ]),
  ).toEqual([
    ['national', 'in force', '2020-01-01', '2026-01-01'],
    ['region', 'ended', '2024-01-01', '2025-01-01'],
    ['hospital', 'ended', '2024-01-01', '2025-01-01'],
    ['group', 'in force', '2024-01-01', null],
    ['dispensation', 'in force', '2025-06-01', '2026-01-01'],
    ['national', 'not yet', '2026-01-01', null],
  ])
  expect(published[0].published.digest).toBe(of2020)
})

test('S2-19 what of it is set aside on the date, under what, and why', async () => {
  const group = uuidOf('rules command', 'G2')
  const region = { layer: 'region', municipalities: ['4601'] }
  const bounds = { quorum: { value: 3, source, permission: 'fixed' }, groupThreshold: { value: 4, source } }
  const store = await registerWith(
    ['PublishRulePack', first],
    [
      'AdoptLocalAdaptation',
      { ...local, scope: { layer: 'group', group }, parameters: { quorum: { value: 2, source } } },
    ],
    ['AdoptLocalAdaptation', { ...local, scope: region, parameters: bounds }],
    ['RegisterGroup', { group, name: 'G2', municipality: '4601', on: '2020-01-01', reference: null }],
  )
  const { published } = JSON.parse(await printed('rules', '--store', store, '--as-of', '2024-06-01', '--json'))
  const texts = published.map(({ setAside }: { readonly setAside: ReadonlyArray<{ readonly text: string }> }) =>
    setAside.map(({ text }) => text),
  )
  const inRegion = published[2].event
  expect(texts).toEqual([
    [],
    [
      `Set aside: at least 2 of the group’s own members are present (quorum), said by the group’s adaptation ${published[1].event}. Source: A circular, https://example.org/circular. Instead: at least 3 of the group’s own members are present, set by the region’s adaptation ${inRegion}. Source: A circular, https://example.org/circular. Why: what stands above is fixed.`,
    ],
    [],
  ])
  const told = await printed('rules', '--store', store, '--as-of', '2024-06-01')
  expect(spaced(told)).toContain(texts[1][0])
  expect(told).toContain('\n  quorum: at least 3 of the group’s own members are present; fixed\n')
  expect(spaced(await printed('rules', '--store', store, '--as-of', '2025-06-01'))).not.toContain('Set aside')
  expect(spaced(await printed('rules', '--store', store, '--as-of', '2024-06-01', '--lang', 'nb'))).toContain(
    `I stedet: minst 3 av smågruppens egne medlemmer er til stede, satt av regionens tilpasning ${inRegion}.`,
  )
})

test('in both languages', async () => {
  const store = await everything()
  const english = await printed('rules', '--store', store, '--as-of', '2026-06-01')
  const norwegian = await printed('rules', '--store', store, '--as-of', '2026-06-01', '--lang', 'nb')
  expect(tooLong(`${english}${norwegian}`).filter((line) => !/sha256:|https:/.test(line))).toEqual([])
  const [, inForce, parameters, sources, published] = english.split('\n\n').map(spaced)
  expect(inForce).toBe(`In force for the whole country: Rules of 2026, ${digestOf(second)}`)
  expect(english.split('\n\n')[2]?.split('\n').slice(0, 3)).toEqual([
    'parameter              what it says                              layers below',
    'periodYears            a period is 5 years                       fixed',
    'nextPeriod             the next period begins where the old one  fixed',
  ])
  expect(parameters).toContain('quorum at least 3 of the group’s own members are fixed present')
  expect(parameters).toContain('sessionMinutesMin a session lasts at least 60 minutes may be stricter')
  expect(parameters).toContain('groupSize a group should have 3 to 12 members free')
  expect(spaced(norwegian)).toContain('parameter hva den sier nivåene under')
  expect(spaced(norwegian)).toContain('sessionMinutesMin et møte varer minst 60 minutter kan skjerpes')
  expect(sources).toContain('A circular, https://example.org/circular: quorum')
  const says = 'groupThreshold: a group has at least 4 counting sessions in a window'
  const day = /published ([\d-]{10})/.exec(english)?.[1]
  expect(
    published?.replaceAll(` published ${day},`, '').replaceAll(/event [0-9a-f-]{36}, sha256:[0-9a-f]{64}/g, '#'),
  ).toBe(
    [
      'national, 2020-01-01 to 2026-01-01 (that day not included), ended: Rules of 2020 #',
      `region, 2024-01-01 to 2025-01-01 (that day not included), ended: Here it is so (4601, 4602) # ${says}`,
      `hospital, 2024-01-01 to 2025-01-01 (that day not included), ended: Here it is so (${hospital}) # ${says}`,
      `group, from 2024-01-01, in force: Here it is so (${group}) # ${says}`,
      `dispensation, 2025-06-01 to 2026-01-01 (that day not included), ended: ${kari} # ${says}`,
      'national, from 2026-01-01, in force: Rules of 2026 #',
    ].join(' '),
  )
  expect(spaced(norwegian)).toContain(`Gjelder for hele landet: Rules of 2026, ${digestOf(second)}`)
  expect(spaced(norwegian)).toContain(`smågruppe, fra 01.01.2024, gjelder: Here it is so (${group})`)
  expect(spaced(norwegian)).toContain(
    'nasjonalt, 01.01.2020 til 01.01.2026 (den dagen ikke medregnet), over: Rules of 2020',
  )
})

test('where nothing was published by then, the rules that the scheme was founded with', async () => {
  const out = await printed('rules', '--store', await everything(), '--as-of', '2026-06-01', '--known-at', '2020-01-01')
  expect(spaced(out)).toContain(
    `In force for the whole country: ${defaultPack.name}, not published: the founding rules`,
  )
  expect(out.trimEnd().split('\n').at(-1)).toBe('Nothing was published by then.')
  expect(out).toMatch(/^parameter +what it says\n/m)
})

test('a range stands beside what is permitted, and choices in words', async () => {
  const oneOf = ['calendar-year', 'group-year']
  const store = await registerWith([
    'PublishRulePack',
    pack('2020-01-01', {
      quorum: { value: 3, source, permission: 'free', range: { least: 2, most: 5 } },
      window: { value: 'group-year', source, permission: 'free', range: { oneOf } },
    }),
  ])
  const out = spaced(await printed('rules', '--store', store, '--as-of', '2024-06-01', '--lang', 'nb'))
  expect(out).toContain('quorum minst 3 av smågruppens egne')
  expect(out).toContain('fritt, 2 til 5')
  const wide = { kind: 'file', columns: 400, colours: 'none' } as const
  const told = await smagruppeOn({ screens: { out: wide, err: wide } }, 'rules', '--store', store)
  expect(told.out).toMatch(
    /^window +thresholds are looked at over a year counted from the group’s registration +free, thresholds are looked at over a calendar year; thresholds/m,
  )
})
