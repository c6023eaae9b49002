// minutes-by-place.test.ts: the example’s rows are a replay, and say where the pilot year met

import { importFolder } from '@smagruppe/adapters/csv'
import { promised } from '@smagruppe/domain'
import { expect, test } from 'vitest'
import { lastOfPilot, openForAnalysis, pilotYear, replayed, sessionsHeld, totalsOn } from './minutes-by-place.ts'

const importedPilot = async () => {
  const opened = openForAnalysis()
  await promised(importFolder(opened.register, pilotYear))
  return opened
}

test('the followed rows and a replay from scratch are the same, also after a session was retracted', async () => {
  const { register, events } = await importedPilot()
  const followed = await promised(register.rows.all(sessionsHeld))
  expect(await replayed(events)).toEqual(followed)

  const [first] = [...followed.values()].flat()
  if (first === undefined) throw new Error('the pilot year has sessions')
  const command = {
    type: 'RetractFact',
    data: { stream: first.stream, corrects: first.id, reason: 'was entered for another group' },
  }
  await promised(register.execute(command, { actor: { id: 'desk', role: 'coordinator' } }))

  const after = await promised(register.rows.all(sessionsHeld))
  expect(after).not.toEqual(followed)
  expect(await replayed(events)).toEqual(after)
})

test('the pilot year by municipality', async () => {
  const { register } = await importedPilot()

  expect(await totalsOn(register, lastOfPilot)).toEqual([
    { municipality: '4601', sessions: 49, minutes: 6855 },
    { municipality: '4627', sessions: 8, minutes: 1215 },
    { municipality: '4624', sessions: 7, minutes: 990 },
    { municipality: '4630', sessions: 6, minutes: 855 },
    { municipality: '4625', sessions: 4, minutes: 480 },
  ])
})
