// whole-batches.test-kit.ts: whether what a crash or a race left holds whole batches, and read models that fit them

import { isDeepStrictEqual } from 'node:util'
import {
  type Appended,
  catchUp,
  encodeRow,
  everything,
  type KeptBuild,
  replay,
  type StoredEvent,
  type StoredRow,
} from '@smagruppe/domain'
import { expect } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { eventsOf } from '../contract/samples.ts'
import { appendBatches, batchNamed, counting, countsOf, parts, type Stores } from './batches.test-kit.ts'

/** Where each stored batch stands: what its append answered, or would have. */
export type Standing = ReadonlyMap<string, Appended>

/** What a register is found to hold. */
export interface Examined {
  readonly log: ReadonlyArray<StoredEvent>
  readonly standing: Standing
  readonly builds: ReadonlyArray<KeptBuild>
}

/** Looks at the log, and at the read models as they are. Fails at the first thing that is not as it should be. */
export const lookedAt = async ({ events, rows }: Stores): Promise<Examined> => {
  const log = await eventsOf(events.readAll())
  const builds = rightOf(await rows.kept())
  for (const build of builds) await expectCounts({ events, rows }, build)
  const names = builds.filter(({ serves }) => serves).map(({ name }) => name)
  expect(names.length).toBe(new Set(names).size)
  return { log, standing: batchesIn(log), builds }
}

/** The same; then it is written to, the read models are carried on to the end of the log, and all is looked at once more. */
export const goneOnWith = async (
  stores: Stores,
  names: ReadonlyArray<string>,
  version = 1,
): Promise<Examined & { readonly answers: ReadonlyArray<Appended>; readonly after: Examined }> => {
  const before = await lookedAt(stores)
  const answers = await appendBatches(stores, names)
  const { through } = rightOf(await catchUp(counting(stores, version))())
  const after = await lookedAt(stores)
  expect(through).toBe(after.log.length)
  const serving = after.builds.filter(({ serves }) => serves).map(({ checkpoint }) => checkpoint)
  expect(serving).toEqual(countsOf(version).map(() => through))
  return { ...before, answers, after }
}

/** The batches of a log; fails where one is not whole, stands twice or in another's stream, or where a place is left out. */
const batchesIn = (log: ReadonlyArray<StoredEvent>): Standing => {
  const revisions = new Map<string, number>()
  const standing = new Map<string, Appended>()
  for (let at = 0; at < log.length; ) {
    const first = log[at]
    if (first === undefined) break
    const name = String(JSON.parse(first.data).batch)
    expect(standing.has(name), `${name} stands once`).toBe(false)
    const { stream, events } = batchNamed(name)
    const revision = revisions.get(stream) ?? 0
    const stored = log.slice(at, at + events.length)
    const { recordedAt } = first
    const expected = events.map((event, i) => ({
      ...event,
      stream,
      recordedAt,
      knownSince: recordedAt,
      revision: revision + i,
      position: at + i + 1,
    }))
    expectSame(stored, expected)
    const last = stored.at(-1) ?? first
    standing.set(name, { stream, first: first.revision, last: last.revision, position: last.position })
    revisions.set(stream, revision + events.length)
    at += events.length
  }
  return standing
}

/** Vitest's own comparison shows differences well and is slow at finding none. */
export const expectSame = (actual: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected)
}

/** The rows of a build are what a replay of the log up to its own checkpoint gives. */
const expectCounts = async ({ events, rows }: Stores, build: KeptBuild): Promise<void> => {
  const projection = countsOf(build.version).find(({ name }) => name === build.name)
  if (projection === undefined) throw new Error(`nobody builds ${build.name}`)
  const until = build.checkpoint
  const recorded = until === 0 ? [] : rightOf(await everything(events, parts, { until })())
  const replayed = [...replay(projection, recorded)].map(([key, row]) => ({ key, row: encodeRow(projection, row) }))
  const kept = rightOf(await rows.list(build, { limit: Number.MAX_SAFE_INTEGER })())
  expect(byKey(kept)).toEqual(byKey(replayed))
}

const byKey = (rows: ReadonlyArray<StoredRow>): Readonly<Record<string, string>> =>
  Object.fromEntries(rows.map(({ key, row }) => [key, row]))
