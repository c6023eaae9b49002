// programme-command.test.ts: a doctor's programme as the command prints it

import { doctorId, parseHprNumber, promised } from '@smagruppe/domain'
import { isNone } from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { openSqliteRegister } from '../sqlite/index.ts'
import { importedBy, printed, smagruppe, tooLong } from './smagruppe.test-kit.ts'

const colleague = doctorId('1e6c2a4e-53a9-5d0e-8f6a-0c1d2e3f4a5b')

/** A register of sheets, in which the doctor 103 also has a course and a practice visit. */
const withActivities = async (): Promise<string> => {
  const { store } = await importedBy()
  const { register, close } = await promised(openSqliteRegister(store))
  const hpr = parseHprNumber('103')
  if (isNone(hpr)) throw new Error('no number')
  const doctor = await promised(register.doctorWithHpr(hpr.value))
  const record = (nth: number, what: object) => {
    const activity = `00000000-0000-4000-8000-00000000000${nth}`
    const by = { actor: { id: 'somebody', role: 'coordinator' } }
    return promised(register.execute({ type: 'RecordActivity', data: { doctor, activity, what } }, by))
  }
  const course = { kind: 'course', points: 20, subject: 'heart', course: 'clinical', form: 'in-person' }
  await record(1, { ...course, on: '2024-03-01' })
  await record(2, { kind: 'practice-visit', on: '2024-04-01', points: 12, colleague })
  await close()
  return store
}

test('programme tells the demands, each activity and the small groups', async () => {
  const store = await withActivities()
  const out = await printed('programme', '103', '--store', store, '--as-of', '2024-12-31', '--lang', 'en')
  const said = out.split('\n')
  expect(said.slice(3, 5)).toEqual([
    '30.00 of 300.00 points, 270.00 missing',
    expect.stringContaining('Elective: 0.00'),
  ])
  expect(said).toContain('Courses, points: 20.00 of 100.00, 80.00 missing')
  expect(said).toContain('2024-03-01 course, heart, clinical: 20.00 points, 20.00 count')
  expect(out.replace(/\s+/g, ' ')).toContain(
    `practice visit with ${colleague} (HPR not claimed): 12.00 points, 10.00 count`,
  )
  expect(out).toContain('(practiceVisitDayCap)')
  expect(out).toContain('Small-group points of Per Hansen (HPR 103)')
  expect(tooLong(out).filter((line) => !line.includes('http'))).toEqual([])
})

test('programme --json prints the whole tree', async () => {
  const store = await withActivities()
  const asked = ['programme', '0103', '--store', store, '--as-of', '2024-12-31', '--json'] as const
  const tree = JSON.parse(await printed(...asked))
  expect(Object.keys(tree).sort()).toEqual(
    [
      'hpr',
      'language',
      'text',
      'doctor',
      'question',
      'period',
      'met',
      'points',
      'needed',
      'missing',
      'elective',
      'demands',
      'lines',
      'smallGroup',
    ].sort(),
  )
  expect(
    tree.lines.map(({ what, demanded }: { what: { kind: string }; demanded: object }) => [what.kind, demanded]),
  ).toEqual([
    ['course', { numerator: 20, denominator: 1 }],
    ['practice-visit', { numerator: 10, denominator: 1 }],
  ])
})

test('programme of a number that nobody has, or in a register that is not there, says so', async () => {
  const { store } = await importedBy()
  expect(await smagruppe('programme', '999', '--store', store)).toMatchObject({
    code: 1,
    err: expect.stringContaining('no doctor with HPR number 999'),
  })
  expect(await smagruppe('programme', '999', '--store', `${store}.gone`)).toMatchObject({ code: 1 })
})

test('explain --track answers for specialist training', async () => {
  const { store } = await importedBy()
  const when = ['--as-of', '2024-12-31', '--known-at', '2024-12-31']
  const asked = ['explain', '103', '--store', store, ...when, '--lang', 'en']
  expect(await printed(...asked, '--track', 'specialist-training')).toContain('has not been in specialist training')
  expect(await printed(...asked, '--track', 'resertification')).toBe(await printed(...asked))
  expect(await smagruppe(...asked, '--track', 'both')).toMatchObject({ code: 2 })
})
