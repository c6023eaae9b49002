// crash.test.ts: processes killed at random moments of appending and of building read models; what they leave is examined

import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { chanceFrom, fullSize, seed } from '../stores/batches.test-kit.ts'
import { inRounds, readyProcess } from '../stores/crash.test-kit.ts'
import type { Standing } from '../stores/whole-batches.test-kit.ts'
import { inOneLine } from './crash-writer.test-kit.ts'
import { killedAtCall } from './system-calls.test-kit.ts'
import { appendedTo, examined, examinedAndGoneOnWith } from './torn-files.test-kit.ts'
import { framesIn } from './wal.test-kit.ts'

const program = fileURLToPath(new URL('crash-writer.test-kit.ts', import.meta.url))

const start = () => readyProcess([program])

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-crash-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

/** One file is written, killed, recovered and written on by so many processes; then there is a new one. */
const processesOfAFile = 8

test('what was answered stands whole after a kill, and what was not stands whole or not at all', {
  timeout: 1_800_000,
}, async () => {
  const rounds = fullSize ? 200 : 6
  const chance = chanceFrom(`appends ${seed}`)
  const inside = folder()
  const seen = { whileOpening: 0, inFlight: 0, storedUnanswered: 0, tornInTheLog: 0, answers: 0, asked: 0 }
  let before: Standing = new Map()
  await inRounds(start, async (n, process) => {
    const path = join(inside, `${Math.floor(n / processesOfAFile)}.sqlite`)
    if (n % processesOfAFile === 0) before = new Map()
    const orders = inOneLine({ path, work: 'append', name: `${seed}.${n}`, writers: chance.oneOf(1, 3, 10) })
    // Now and then while the file is being made, or brought back after the last kill.
    const early = n > 0 && n % (processesOfAFile / 2) === 0
    const milliseconds = (early ? 50 : chance.oneOf(20, 100, 400)) * (chance.below(1000) / 1000)
    const begun = early ? undefined : n % 2 === 0 ? 'asked' : 'stored'
    const { said, complaint } = await process.killedAfter(orders, milliseconds, begun)
    expect(complaint).toBe('')

    const answered = new Map<string, ReadonlyArray<number>>()
    for (const [what, name = '', ...at] of said) if (what === 'stored') answered.set(name, at.map(Number))
    const unanswered = said.flatMap(([what, name = '']) => (what === 'asked' && !answered.has(name) ? [name] : []))
    seen.tornInTheLog += isTorn(`${path}-wal`) ? 1 : 0
    // Whoever got no answer asks again.
    const { standing, answers, after } = await examinedAndGoneOnWith(path, unanswered)
    // What stood before stands where it stood; what was answered stands where the answer said; nothing else is there.
    expect(new Map([...standing].filter(([name]) => before.has(name)))).toEqual(before)
    expect(new Map([...answered.keys()].map((name) => [name, placeOf(standing, name)]))).toEqual(answered)
    const storedUnanswered = unanswered.filter((name) => standing.has(name))
    expect(standing.size).toBe(before.size + answered.size + storedUnanswered.length)
    // Asking again gives the same answer where the batch stood already, and stores it once only.
    expect(new Map([...after.standing].filter(([name]) => standing.has(name)))).toEqual(standing)
    expect(unanswered.map((name) => after.standing.get(name))).toEqual(answers)
    expect(after.standing.size).toBe(standing.size + unanswered.length - storedUnanswered.length)
    before = after.standing

    seen.whileOpening += said.some(([what]) => what === 'opened') ? 0 : 1
    seen.inFlight += unanswered.length > 0 ? 1 : 0
    seen.storedUnanswered += storedUnanswered.length > 0 ? 1 : 0
    seen.answers += answered.size
    seen.asked += answered.size + unanswered.length
    return n + 1 < rounds ? 'more' : 'enough'
  })
  console.log(`appends, seed ${seed}, ${rounds} kills: ${JSON.stringify(seen)}`)
  expect(seen.inFlight).toBeGreaterThan(rounds / 3)
  expect(seen.answers).toBeGreaterThan(rounds / 3)
  if (fullSize) expect([seen.whileOpening > 0, seen.storedUnanswered > 0]).toEqual([true, true])
})

const placeOf = (standing: Standing, name: string): ReadonlyArray<number> | null => {
  const at = standing.get(name)
  return at === undefined ? null : [at.first, at.last, at.position]
}

/** Whether the log holds frames behind its last commit: the writer was killed in the middle of writing a transaction. */
const isTorn = (log: string): boolean => existsSync(log) && framesIn(readFileSync(log)).at(-1)?.commits === false

test('read models whose process was killed while building them fit their checkpoints, and are built to the end', {
  timeout: 900_000,
}, async () => {
  const rounds = fullSize ? 60 : 2
  const chance = chanceFrom(`read models ${seed}`)
  const path = join(folder(), 'register.sqlite')
  const { position: end = 0 } =
    (
      await appendedTo(
        path,
        Array.from({ length: 120 }, (_, i) => `batch ${seed} ${i}`),
      )
    ).at(-1) ?? {}
  const seen = { inTheMiddle: 0, halfBuiltBesideServing: 0, switches: 0, rebuilds: 0, pages: 0 }
  let version = 1
  await inRounds(start, async (n, process) => {
    const orders = inOneLine({ path, work: 'build', versions: [version, version + 1, version + 2] })
    const { said, complaint } = await process.killedAfter(orders, chance.below(200), 'counted')
    expect(complaint).toBe('')
    const { builds, log } = await examined(path)
    expect(log.length).toBe(end)
    const serving = builds.filter(({ serves }) => serves)
    const count = (word: string): number => said.filter(([what]) => what === word).length
    // What was said to serve does, or a later version, and whole.
    const served = Number(said.findLast(([what]) => what === 'serves')?.[1] ?? 0)
    expect(serving.filter((build) => build.version < served || build.checkpoint !== end)).toEqual([])
    expect(serving.length).toBe(served === 0 && version === 1 ? serving.length : 2)
    version = Math.max(version, ...builds.map((build) => build.version))

    const [, , through] = said.findLast(([what]) => what === 'counted') ?? []
    if (through !== String(end)) seen.inTheMiddle += 1
    if (serving.length > 0 && builds.length > serving.length) seen.halfBuiltBesideServing += 1
    seen.switches += count('serves')
    seen.rebuilds += count('rebuilt')
    seen.pages += count('counted')
    return n + 1 < rounds ? 'more' : 'enough'
  })
  await examinedAndGoneOnWith(path, [], version)
  console.log(`read models, seed ${seed}, ${rounds} kills, ${end} events: ${JSON.stringify(seen)}`)
  if (fullSize) expect(seen.halfBuiltBesideServing).toBeGreaterThan(rounds / 4)
})

test('a process goes on writing while another that wrote to the same file is killed', {
  timeout: 900_000,
}, async () => {
  const rounds = fullSize ? 40 : 1
  const chance = chanceFrom(`pairs ${seed}`)
  const inside = folder()
  const seen = { survivorWentOn: 0, unanswered: 0, answers: 0 }
  let other = start()
  await inRounds(start, async (n, process) => {
    const path = join(inside, `${n}.sqlite`)
    const turns = Array.from({ length: 60 }, (_, t) => [`batch ${seed} ${n}.${t}`, `batch ${seed} ${n}.${t} too`])
    const survivor = (await other).ended(inOneLine({ path, work: 'turns', turns }))
    if (n + 1 < rounds) other = start()
    const orders = inOneLine({ path, work: 'append', name: `${seed}.${n}`, writers: chance.oneOf(1, 5) })
    const victim = await process.killedAfter(orders, chance.below(100), 'stored')
    const { code, said, complaint } = await survivor
    expect([code, complaint, victim.complaint]).toEqual([0, '', ''])

    const { standing } = await examined(path)
    const answered = [...said, ...victim.said].filter(([what]) => what === 'stored')
    const places = new Map(answered.map(([, name = '', ...at]) => [name, at.map(Number)]))
    expect(new Map([...places.keys()].map((name) => [name, placeOf(standing, name)]))).toEqual(places)
    expect(turns.flat().filter((name) => !places.has(name))).toEqual([])
    const asked = victim.said.flatMap(([what, name = '']) => (what === 'asked' ? [name] : []))
    expect([...standing.keys()].filter((name) => !places.has(name) && !asked.includes(name))).toEqual([])

    const last = (lines: typeof said): number => Number(lines.findLast(([what]) => what === 'stored')?.[4] ?? 0)
    seen.survivorWentOn += last(said) > last(victim.said) ? 1 : 0
    seen.unanswered += asked.some((name) => !places.has(name)) ? 1 : 0
    seen.answers += places.size
    return n + 1 < rounds ? 'more' : 'enough'
  })
  console.log(`pairs, seed ${seed}, ${rounds} kills: ${JSON.stringify(seen)}`)
  if (fullSize) expect(seen.survivorWentOn).toBeGreaterThan(rounds / 2)
})

test('a file whose maker was killed before its first commit is made anew', async () => {
  const path = join(folder(), 'register.sqlite')
  const maker = new DatabaseSync(`${path}.alive`)
  // With so little memory SQLite writes to the file before the commit, and to the journal how to undo that.
  maker.exec('PRAGMA cache_size = 1; BEGIN; CREATE TABLE events (text)')
  const insert = maker.prepare('INSERT INTO events VALUES (?)')
  for (let i = 0; i < 50; i += 1) insert.run('x'.repeat(4_000))
  for (const beside of ['', '-journal']) copyFileSync(`${path}.alive${beside}`, `${path}${beside}`)
  maker.close()
  expect(statSync(path).size).toBeGreaterThan(0)
  const { standing, after } = await examinedAndGoneOnWith(path, ['batch first'])
  expect([standing.size, after.standing.size]).toEqual([0, 1])
})

// Random moments seldom fall between two calls of a commit; a tracer kills at each of them.
if (fullSize) {
  test('a process killed at each of its calls that write, sync, cut or remove a file leaves all that it had answered', {
    timeout: 1_800_000,
  }, async () => {
    const inside = folder()
    const turns = [['batch first'], ['batch second', 'batch third'], ['batch fourth']]
    const kept: number[] = []
    const traced = (n: number) => readyProcess([program], killedAtCall(n + 1))
    await inRounds(traced, async (n, process) => {
      const path = join(inside, `${n}.sqlite`)
      const { code, said, complaint } = await process.ended(inOneLine({ path, work: 'turns', turns }))
      expect(complaint).toBe('')
      const answered = said.flatMap(([what, name = '']) => (what === 'stored' ? [name] : []))
      const { standing, after } = await examinedAndGoneOnWith(path, turns.flat())
      expect(answered.filter((name) => !standing.has(name))).toEqual([])
      // A turn is there as a whole or not at all, and none before the one in front of it.
      expect([0, 1, 3, 4]).toContain(standing.size)
      expect([...standing.keys()]).toEqual(turns.flat().slice(0, standing.size))
      expect([...after.standing.keys()]).toEqual(turns.flat())
      kept.push(standing.size)
      return code === null ? 'more' : 'enough'
    })
    console.log(`killed at each of ${kept.length - 1} calls; batches kept: ${kept.join(' ')}`)
    expect(kept).toEqual([...kept].sort())
    expect(new Set(kept)).toEqual(new Set([0, 1, 3, 4]))
  })
}
