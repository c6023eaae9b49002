// builds.ts: a store of rows keeps builds apart, switches to one of them at once and for good, and keeps each one's quarantine

import assert from 'node:assert/strict'
import {
  type KeptBuild,
  type ProjectionId,
  type ProjectionStore,
  position,
  type QuarantineChange,
  type ServingBuild,
  type StoredQuarantine,
  superseded,
  theStart,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { type ContractCase, leftOf, rightOf, unstorableTexts } from './case.ts'
import { keyed, type ProjectionStoreSubject, rowCase } from './row-samples.ts'

const words = (version: number, build = 0): Required<ProjectionId> => ({ name: 'words', version, build })

/** From the oldest to the newest: rebuilds come before versions. */
const inOrder = [words(1), words(2), words(10), words(1, 1), words(2, 1), words(1, 10)]

const labelOf = ({ version, build = 0 }: ProjectionId): string => `${version}.${build}`

const entries = (...positions: ReadonlyArray<number>): ReadonlyArray<QuarantineChange & StoredQuarantine> =>
  positions.map((at) => ({ position: position(at), entry: `{"at":${at}}` }))

/** Begins a build that has come to that position with a row and an entry in its quarantine that name it. */
const begin = async (rows: ProjectionStore, build: ProjectionId, at: number): Promise<void> => {
  rightOf(await rows.commit(build, keyed(labelOf(build)), { from: theStart, to: position(at) }, entries(at))())
}

const seenAt = ({ version, build }: Required<ProjectionId>, checkpoint: number): ServingBuild => ({
  version,
  build,
  checkpoint: position(checkpoint),
})

const serve = async (rows: ProjectionStore, build: ProjectionId, seen: ServingBuild | null = null): Promise<void> => {
  rightOf(await rows.serve(build, seen)())
}

const kept = async (rows: ProjectionStore): Promise<ReadonlyArray<KeptBuild>> =>
  [...rightOf(await rows.kept())].sort((one, other) =>
    one.name !== other.name ? (one.name < other.name ? -1 : 1) : one.build - other.build || one.version - other.version,
  )

/** All that a build holds. */
const contentsOf = async (rows: ProjectionStore, build: ProjectionId): Promise<unknown> => ({
  checkpoint: rightOf(await rows.checkpoint(build)()),
  rows: rightOf(await rows.list(build, { limit: 10 })()),
  quarantined: rightOf(await rows.quarantined(build)()),
})

const begun = (build: ProjectionId, at: number): unknown => ({
  checkpoint: at,
  rows: keyed(labelOf(build)),
  quarantined: entries(at),
})

/** What every call says that names a build which was replaced. */
const assertSuperseded = async (rows: ProjectionStore, build: ProjectionId, by: ProjectionId): Promise<void> => {
  const at = { from: theStart, to: position(9) }
  const calls = [
    rows.checkpoint(build),
    rows.get(build, labelOf(build)),
    rows.getMany(build, [labelOf(build)]),
    rows.list(build, { limit: 10 }),
    rows.quarantined(build),
    rows.commit(build, keyed('late'), at, entries(9)),
    rows.serve(build, null),
  ]
  for (const call of calls) {
    const failure = leftOf<unknown, unknown>(await call())
    assert.deepEqual(failure, superseded(build, by))
  }
}

export const buildCases: ReadonlyArray<ContractCase<ProjectionStoreSubject>> = [
  rowCase('a build that is not named is the first one', async (rows) => {
    rightOf(await rows.commit({ name: 'words', version: 1 }, keyed('a'), { from: theStart, to: position(3) })())
    assert.equal(rightOf(await rows.get(words(1, 0), 'a')()), 'row of a')
    assert.equal(rightOf(await rows.checkpoint(words(1, 0))()), 3)
    assert.equal(rightOf(await rows.checkpoint(words(1, 1))()), theStart)
  }),

  rowCase('builds of a projection are apart', async (rows) => {
    for (const [i, build] of inOrder.entries()) await begin(rows, build, i + 1)
    for (const [i, build] of inOrder.entries()) assert.deepEqual(await contentsOf(rows, build), begun(build, i + 1))
  }),

  rowCase('what is kept is listed, each build once, with how it stands', async (rows) => {
    assert.deepEqual(await kept(rows), [])
    await begin(rows, words(1), 3)
    await begin(rows, words(2), 5)
    rightOf(await rows.commit(words(2), [], { from: position(5), to: position(7) }, entries(6, 7))())
    rightOf(await rows.commit({ name: 'ways', version: 1 }, [], { from: theStart, to: theStart })())
    await serve(rows, words(1))
    assert.deepEqual(await kept(rows), [
      { name: 'ways', version: 1, build: 0, checkpoint: 0, serves: false, quarantined: 0 },
      { name: 'words', version: 1, build: 0, checkpoint: 3, serves: true, quarantined: 1 },
      { name: 'words', version: 2, build: 0, checkpoint: 7, serves: false, quarantined: 3 },
    ])
  }),

  rowCase('looking at a build keeps nothing', async (rows) => {
    for (const call of [rows.checkpoint(words(1)), rows.get(words(1), 'a'), rows.list(words(1), { limit: 1 })])
      await call()
    assert.deepEqual(await kept(rows), [])
    await serve(rows, words(1))
    assert.deepEqual(await kept(rows), [{ ...words(1), checkpoint: 0, serves: true, quarantined: 0 }])
  }),

  rowCase('whoever is switched to keeps all it has, goes on, and leaves what is newer beside it', async (rows) => {
    for (const build of inOrder) await begin(rows, build, 4)
    for (const [i, build] of inOrder.entries()) {
      const before = inOrder[i - 1]
      await serve(rows, build, before === undefined ? null : seenAt(before, 4))
      assert.deepEqual(
        await kept(rows),
        inOrder.slice(i).map((other) => ({ ...other, checkpoint: 4, serves: other === build, quarantined: 1 })),
      )
      for (const other of inOrder.slice(i)) assert.deepEqual(await contentsOf(rows, other), begun(other, 4))
    }
    const last = words(1, 10)
    rightOf(await rows.commit(last, keyed('b'), { from: position(4), to: position(6) })())
    assert.equal(rightOf(await rows.checkpoint(last)()), 6)
    assert.deepEqual(rightOf(await rows.list(last, { limit: 9 })()), keyed('1.10', 'b'))
  }),

  rowCase('what is older than the build that serves is gone for good, whether it was there or not', async (rows) => {
    for (const build of inOrder.slice(0, 4)) await begin(rows, build, 4)
    const serving = words(2, 1)
    await begin(rows, serving, 4)
    await serve(rows, serving)
    for (const build of inOrder.slice(0, 4)) await assertSuperseded(rows, build, serving)
    await assertSuperseded(rows, words(7), serving)
    assert.deepEqual(await kept(rows), [{ ...serving, checkpoint: 4, serves: true, quarantined: 1 }])
    assert.deepEqual(await contentsOf(rows, serving), begun(serving, 4))
  }),

  rowCase('a switch touches no other projection', async (rows) => {
    const other = { name: 'ways', version: 1, build: 0 }
    for (const build of [words(1), words(2), other]) await begin(rows, build, 4)
    await serve(rows, other)
    await serve(rows, words(2))
    assert.deepEqual(await contentsOf(rows, other), begun(other, 4))
    assert.deepEqual(await kept(rows), [
      { ...other, checkpoint: 4, serves: true, quarantined: 1 },
      { ...words(2), checkpoint: 4, serves: true, quarantined: 1 },
    ])
  }),

  rowCase('a switch is refused where what serves is not where it was, and nothing changes', async (rows) => {
    await begin(rows, words(1), 4)
    await begin(rows, words(2), 9)
    const refusal = (expected: number, actual: number): unknown => ({
      _tag: 'CheckpointMoved',
      projection: words(2),
      expected,
      actual,
    })
    assert.deepEqual(leftOf(await rows.serve(words(2), seenAt(words(1), 4))()), refusal(4, 0))
    await serve(rows, words(1))
    rightOf(await rows.commit(words(1), [], { from: position(4), to: position(6) })())
    for (const seen of [null, seenAt(words(1), 0), seenAt(words(1), 4), seenAt(words(1), 7)]) {
      assert.deepEqual(leftOf(await rows.serve(words(2), seen)()), refusal(seen?.checkpoint ?? 0, 6))
    }
    assert.deepEqual(await kept(rows), [
      { ...words(1), checkpoint: 6, serves: true, quarantined: 1 },
      { ...words(2), checkpoint: 9, serves: false, quarantined: 1 },
    ])
    assert.deepEqual(rightOf(await rows.list(words(1), { limit: 9 })()), keyed('1.0'))
  }),

  rowCase('of two switches away from one build the second is refused, though all are at one position', async (rows) => {
    const [first, second] = [words(2), words(1, 1)]
    for (const build of [words(1), first, second]) await begin(rows, build, 4)
    await serve(rows, words(1))
    const seen = seenAt(words(1), 4)
    await serve(rows, first, seen)
    const refusal = { _tag: 'CheckpointMoved', projection: second, expected: 4, actual: 4 }
    for (const other of [seen, seenAt(words(2, 1), 4)])
      assert.deepEqual(leftOf(await rows.serve(second, other)()), refusal)
    assert.deepEqual(await kept(rows), [
      { ...first, checkpoint: 4, serves: true, quarantined: 1 },
      { ...second, checkpoint: 4, serves: false, quarantined: 1 },
    ])
    assert.deepEqual(await contentsOf(rows, first), begun(first, 4))
    await serve(rows, second, seenAt(first, 4))
  }),

  rowCase('a build that serves at the start of the log is not the same as none', async (rows) => {
    const refusal = { _tag: 'CheckpointMoved', projection: words(2), expected: 0, actual: 0 }
    assert.deepEqual(leftOf(await rows.serve(words(2), seenAt(words(1), 0))()), refusal)
    await serve(rows, words(1))
    assert.deepEqual(leftOf(await rows.serve(words(2), null)()), refusal)
    assert.deepEqual(await kept(rows), [{ ...words(1), checkpoint: 0, serves: true, quarantined: 0 }])
    await serve(rows, words(2), seenAt(words(1), 0))
  }),

  rowCase('a switch to what serves already changes nothing, wherever it is thought to be', async (rows) => {
    await begin(rows, words(1), 4)
    await serve(rows, words(1))
    await serve(rows, words(1), null)
    await serve(rows, words(1), seenAt(words(1), 99))
    await serve(rows, words(1), seenAt(words(2), 4))
    assert.deepEqual(await contentsOf(rows, words(1)), begun(words(1), 4))
    assert.deepEqual(await kept(rows), [{ ...words(1), checkpoint: 4, serves: true, quarantined: 1 }])
  }),

  rowCase(
    'of builds that are switched to at once one serves in the end, whole, and nothing older is there',
    async (rows) => {
      for (const build of inOrder) await begin(rows, build, 4)
      const racers = [...inOrder, ...inOrder].map(async (build) => {
        for (;;) {
          const serving = (await kept(rows)).find(({ serves }) => serves)
          const served = await rows.serve(build, serving ?? null)()
          if (!isLeft(served) || served.left._tag === 'StoreFailure') return served
        }
      })
      for (const result of await Promise.all(racers)) {
        if (isLeft(result)) assert.equal('reason' in result.left && result.left.reason, 'Superseded')
      }
      const newest = words(1, 10)
      assert.deepEqual(await kept(rows), [{ ...newest, checkpoint: 4, serves: true, quarantined: 1 }])
      assert.deepEqual(await contentsOf(rows, newest), begun(newest, 4))
    },
  ),

  rowCase('a commit and a switch away from it, at once: the rows are whole or gone', async (rows) => {
    await begin(rows, words(1), 4)
    await serve(rows, words(1))
    await begin(rows, words(2), 4)
    const [committed, served] = await Promise.all([
      rows.commit(words(1), keyed('late'), { from: position(4), to: position(5) })(),
      rows.serve(words(2), seenAt(words(1), 4))(),
    ])
    // Whichever came first has made the other's view of it old.
    assert.equal(isLeft(committed), !isLeft(served))
    if (isLeft(served)) {
      assert.equal(served.left._tag, 'CheckpointMoved')
      assert.deepEqual(rightOf(await rows.list(words(1), { limit: 9 })()), keyed('1.0', 'late'))
      await serve(rows, words(2), seenAt(words(1), 5))
    }
    await assertSuperseded(rows, words(1), words(2))
  }),

  rowCase('a quarantine is stored with its commit, and listed by position', async (rows) => {
    const at = { from: theStart, to: position(20_000_000_000) }
    rightOf(await rows.commit(words(1), [], at, entries(20_000_000_000, 9, 100, 10))())
    assert.deepEqual(rightOf(await rows.quarantined(words(1))()), entries(9, 10, 100, 20_000_000_000))
    const changes = [
      { position: position(10), entry: null },
      { position: position(11), entry: null },
      { position: position(9), entry: 'one' },
      { position: position(9), entry: 'two' },
    ]
    rightOf(await rows.commit(words(1), [], { from: at.to, to: at.to }, changes)())
    assert.deepEqual(rightOf(await rows.quarantined(words(1))()), [
      { position: 9, entry: 'two' },
      ...entries(100, 20_000_000_000),
    ])
  }),

  rowCase('a commit that is refused sets nothing aside', async (rows) => {
    const from = position(3)
    const moved = leftOf(await rows.commit(words(1), [], { from, to: from }, entries(1))())
    assert.equal(moved._tag, 'CheckpointMoved')
    for (const text of unstorableTexts) {
      const at = { from: theStart, to: from }
      const refused = leftOf(
        await rows.commit(words(1), keyed('a'), at, [...entries(1), { position: from, entry: text }])(),
      )
      assert.equal(refused._tag, 'StoreFailure')
      assert.equal(leftOf(await rows.commit(words(1), keyed(text), at, entries(1))())._tag, 'StoreFailure')
    }
    assert.deepEqual(await kept(rows), [])
    assert.deepEqual(rightOf(await rows.quarantined(words(1))()), [])
    await begin(rows, words(1), 3)
    assert.deepEqual(await contentsOf(rows, words(1)), begun(words(1), 3))
  }),
]
