// refreshing.test.ts: read models are brought up to date once for all who wait, and one time after the other

import { describe, expect, test } from 'vitest'
import { oneAtATime } from './refreshing.ts'

describe('bringing read models up to date', () => {
  test('is done once for all who wait', async () => {
    let runs = 0
    const refresh = oneAtATime(async () => {
      runs += 1
      return runs
    })
    expect(await Promise.all(Array.from({ length: 100 }, () => refresh()))).toEqual([1, ...Array(99).fill(2)])
    expect(await refresh()).toBe(3)
  })

  test('who asks while it runs waits for a run that began after that', async () => {
    let stored = 0
    const seen: number[] = []
    const refresh = oneAtATime(async () => {
      const before = stored
      await new Promise((resolve) => setTimeout(resolve, 1))
      seen.push(before)
      return before
    })
    const first = refresh()
    stored = 1
    const second = refresh()
    expect([await first, await second]).toEqual([0, 1])
    expect(seen).toEqual([0, 1])
  })

  test('a run that breaks does not stop those after it', async () => {
    let runs = 0
    const refresh = oneAtATime(async () => {
      runs += 1
      if (runs === 1) throw new Error('broken')
      return runs
    })
    const [first, second] = await Promise.allSettled([refresh(), refresh()])
    expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled'])
    expect(await refresh()).toBe(3)
  })
  test('never runs twice at a time, also for who asks again as soon as a run has ended', async () => {
    let [running, most, runs] = [0, 0, 0]
    const refresh = oneAtATime(async () => {
      runs += 1
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running -= 1
      if (runs % 3 === 0) throw new Error('broken')
    })
    const asking = async (): Promise<void> => {
      for (let i = 0; i < 5; i += 1) await refresh().catch(() => undefined)
    }
    await Promise.all([asking(), asking(), asking()])
    expect({ most, running }).toEqual({ most: 1, running: 0 })
  })
})
