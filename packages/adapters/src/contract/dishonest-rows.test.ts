// dishonest-rows.test.ts: a store of rows that does not keep a promise fails a case

import {
  type KeptBuild,
  movedSince,
  type ProjectionId,
  type ProjectionStore,
  type StoredQuarantine,
  type StoreFailure,
  theStart,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { memoryProjectionStore } from '../memory/index.ts'
import { failuresOf, namesOf, opened } from './contract.test-kit.ts'
import { type Opened, type ProjectionStoreSubject, projectionStoreCases } from './index.ts'

test('a store of rows that keeps nothing fails every case', async () => {
  const nothing: ProjectionStore = {
    kept: async () => right([]),
    quarantined: () => async () => right([]),
    serve: () => async () => right(undefined),
    checkpoint: () => async () => right(theStart),
    get: () => async () => right(null),
    getMany: () => async () => right([]),
    list: () => async () => right([]),
    commit: () => async () => right(undefined),
  }
  const failed = await failuresOf<ProjectionStoreSubject>(projectionStoreCases, { open: async () => opened(nothing) })
  expect(failed).toEqual(namesOf(projectionStoreCases))
})

/** The store, with every build under another id. */
const onAll = (store: ProjectionStore, as: (id: ProjectionId) => ProjectionId): Partial<ProjectionStore> => ({
  checkpoint: (id) => store.checkpoint(as(id)),
  get: (id, key) => store.get(as(id), key),
  getMany: (id, keys) => store.getMany(as(id), keys),
  list: (id, which) => store.list(as(id), which),
  quarantined: (id) => store.quarantined(as(id)),
  commit: (id, ...committed) => store.commit(as(id), ...committed),
  serve: (id, ...seen) => store.serve(as(id), ...seen),
})

const emptied = <A>(found: Either<StoreFailure, A>, nothing: A): Either<StoreFailure, A> =>
  isLeft(found) ? right(nothing) : found

describe('a store of rows that breaks one promise fails', () => {
  const forgetfulRows: Readonly<Record<string, (store: ProjectionStore) => Partial<ProjectionStore>>> = {
    'sorts by UTF-16 unit': ({ list }) => ({
      list:
        (projection, { limit, prefix = '', after }) =>
        async () => {
          const all = await list(projection, { limit: 1_000_000 })()
          if (isLeft(all)) return all
          const wanted = all.right.filter(({ key }) => key.startsWith(prefix) && (after === undefined || key > after))
          return right(wanted.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, limit))
        },
    }),
    'does not compare the checkpoint': ({ commit, checkpoint }) => ({
      commit:
        (projection, changes, { to }) =>
        async () => {
          const from = await checkpoint(projection)()
          return isLeft(from) ? from : commit(projection, changes, { from: from.right, to })()
        },
    }),
    'forgets the version': ({ get, commit }) => ({
      get: ({ name }, key) => get({ name, version: 1 }, key),
      commit: ({ name }, changes, checkpoint) => commit({ name, version: 1 }, changes, checkpoint),
    }),
    'forgets the build': (store) => onAll(store, ({ name, version }) => ({ name, version })),
    'takes the build for a part of the version': (store) =>
      onAll(store, ({ name, version, build = 0 }) => ({ name, version: version * 1_000 + build })),
    'never switches': () => ({ serve: () => async () => right(undefined) }),
    'drops rows and leaves their quarantine': (store) => {
      const aside = new Map<string, ReadonlyArray<StoredQuarantine>>()
      return {
        quarantined: (id) => async () => {
          const found = await store.quarantined(id)()
          if (!isLeft(found)) aside.set(`${id.name} ${id.version} ${id.build}`, found.right)
          return isLeft(found) ? right(aside.get(`${id.name} ${id.version} ${id.build}`) ?? []) : found
        },
      }
    },
    'switches without looking where readers are': ({ serve, kept }) => ({
      serve: (id) => async () => {
        const all = await kept()
        if (isLeft(all)) return all
        const serving = all.right.find(({ serves, name }) => serves && name === id.name)
        return serve(id, serving ?? null)()
      },
    }),
    'looks where the build that serves is, not which one it is': ({ serve, kept }) => ({
      serve: (id, seen) => async () => {
        const all = await kept()
        if (isLeft(all)) return all
        const serving = all.right.find(({ serves, name }) => serves && name === id.name) ?? null
        const isThere = serving !== null && serving.checkpoint === seen?.checkpoint
        return serve(id, isThere ? serving : seen)()
      },
    }),
    'takes none that serves for one at the start of the log': ({ serve, kept }) => ({
      serve: (id, seen) => async () => {
        const all = await kept()
        if (isLeft(all)) return all
        const serving = all.right.find(({ serves, name }) => serves && name === id.name) ?? null
        const atTheStart = (serving?.checkpoint ?? theStart) === theStart && (seen?.checkpoint ?? theStart) === theStart
        return serve(id, atTheStart ? serving : seen)()
      },
    }),
    'counts every switch to what serves already as a conflict': ({ serve, kept }) => ({
      serve: (id, seen) => async () => {
        const all = await kept()
        const serving = isLeft(all) ? undefined : all.right.find(({ serves }) => serves)
        const moved = movedSince(id, seen, serving ?? null)
        return moved === null ? serve(id, seen)() : left(moved)
      },
    }),
    'has empty rows where they were replaced': ({ getMany, list, get }) => ({
      get: (id, key) => async () => emptied(await get(id, key)(), null),
      getMany: (id, keys) => async () => emptied(await getMany(id, keys)(), []),
      list: (id, which) => async () => emptied(await list(id, which)(), []),
    }),
    'begins again where rows were replaced': ({ checkpoint }) => ({
      checkpoint: (id) => async () => emptied(await checkpoint(id)(), theStart),
    }),
    'swallows commits to rows that were replaced': ({ commit }) => ({
      commit: (id, changes, checkpoint, aside) => async () => {
        const committed = await commit(id, changes, checkpoint, aside)()
        return isLeft(committed) && committed.left._tag === 'StoreFailure' && committed.left.reason === 'Superseded'
          ? right(undefined)
          : committed
      },
    }),
    'switches back to what was replaced': ({ serve }) => ({
      serve: (id, seen) => async () => {
        const served = await serve(id, seen)()
        return isLeft(served) && served.left._tag === 'StoreFailure' ? right(undefined) : served
      },
    }),
    'lists only what serves': ({ kept }) => ({
      kept: async () => {
        const all = await kept()
        return isLeft(all) ? all : right(all.right.filter(({ serves }) => serves))
      },
    }),
    'lists what was only looked at': ({ kept, checkpoint }) => {
      const seen: KeptBuild[] = []
      return {
        checkpoint: (id) => {
          seen.push({ build: 0, ...id, checkpoint: theStart, serves: false, quarantined: 0 })
          return checkpoint(id)
        },
        kept: async () => {
          const all = await kept()
          return isLeft(all) ? all : right(all.right.length === 0 ? seen : all.right)
        },
      }
    },
    'forgets what is set aside': ({ commit }) => ({
      commit: (id, changes, checkpoint) => commit(id, changes, checkpoint),
    }),
    'sets aside before it knows whether it may commit': ({ commit, checkpoint }) => ({
      commit: (id, changes, at, aside) => async () => {
        const now = await checkpoint(id)()
        if (isLeft(now)) return now
        const early = await commit(id, [], { from: now.right, to: now.right }, aside)()
        return isLeft(early) ? early : commit(id, changes, at, aside)()
      },
    }),
    'lists a quarantine by the text of its positions': ({ quarantined }) => ({
      quarantined: (id) => async () => {
        const found = await quarantined(id)()
        if (isLeft(found)) return found
        return right([...found.right].sort((a, b) => (String(a.position) < String(b.position) ? -1 : 1)))
      },
    }),
    'keeps what should go': ({ commit }) => ({
      commit: (projection, changes, checkpoint) =>
        commit(
          projection,
          changes.filter(({ row }) => row !== null),
          checkpoint,
        ),
    }),
  }
  for (const [what, broken] of Object.entries(forgetfulRows)) {
    test(`a store that ${what}`, async () => {
      const open = async (): Promise<Opened<ProjectionStore>> => {
        const store = memoryProjectionStore()
        return opened({ ...store, ...broken(store) })
      }
      expect((await failuresOf<ProjectionStoreSubject>(projectionStoreCases, { open })).length).toBeGreaterThan(0)
    })
  }
})
