// boundaries.test.ts: trees that keep the import boundaries pass, and every broken boundary is named
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import config from '../.dependency-cruiser.mjs'

const root = join(import.meta.dirname, '..')
const trees: string[] = []

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true })
})

/** Lays out `[file, what it imports]` pairs as packages of the workspace; a file that is only imported stays empty. */
const plant = (imports: ReadonlyArray<readonly [file: string, specifier: string]>): string => {
  const tree = mkdtempSync(join(tmpdir(), 'boundaries-'))
  trees.push(tree)
  for (const name of ['domain', 'adapters', 'examples']) {
    mkdirSync(join(tree, 'packages', name), { recursive: true })
    cpSync(join(root, 'packages', name, 'package.json'), join(tree, 'packages', name, 'package.json'))
  }
  mkdirSync(join(tree, 'node_modules', '@smagruppe'), { recursive: true })
  symlinkSync(join(tree, 'packages/domain'), join(tree, 'node_modules/@smagruppe/domain'))
  symlinkSync(join(tree, 'packages/adapters'), join(tree, 'node_modules/@smagruppe/adapters'))
  for (const name of ['vitest', 'typescript'])
    symlinkSync(join(root, 'node_modules', name), join(tree, 'node_modules', name))
  symlinkSync(join(root, 'packages/domain/node_modules/fp-ts'), join(tree, 'node_modules/fp-ts'))
  for (const name of ['pg', '@eventstore', '@kurrent', 'linkedom'])
    symlinkSync(join(root, 'packages/adapters/node_modules', name), join(tree, 'node_modules', name))

  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), text, { flag: 'a' })
  }
  for (const file of ['domain/src/index.ts', 'domain/src/testing/index.ts', 'adapters/src/memory/index.ts']) {
    write(`packages/${file}`, 'export {}\n')
  }
  for (const [file, specifier] of imports) {
    write(`packages/${file}`, `import '${specifier}'\n`)
    if (specifier.startsWith('.')) write(join('packages', dirname(file), specifier), 'export {}\n')
  }
  return tree
}

/** What the boundary check of this repository says of a tree: its exit code and a `rule: from → to` for each violation. */
const check = (tree: string) => {
  const { status, stdout } = spawnSync('depcruise', ['packages', '--config', join(root, '.dependency-cruiser.mjs')], {
    cwd: tree,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  const broken = [...stdout.matchAll(/^ {2}error (.*)$/gm)].map(([, violation = '']) =>
    violation
      .replaceAll('packages/', '')
      .replace(/\S*\/node_modules\/((@[^/]+\/)?[^/]+)\/\S*$/, '$1')
      .trim(),
  )
  return { status, broken: broken.sort() }
}

test('a tree that keeps the boundaries is green', () => {
  const tree = plant([
    ['examples/pilot-year/demo.ts', '@smagruppe/adapters/memory'],
    ['examples/pilot-year/demo.ts', '@smagruppe/domain'],
    ['adapters/src/sqlite/store.ts', '@smagruppe/domain'],
    ['adapters/src/sqlite/store.ts', 'node:fs'],
    ['adapters/src/postgres/store.ts', 'pg'],
    ['adapters/src/eventstoredb/store.ts', '@eventstore/db-client'],
    ['adapters/src/eventstoredb/store.test.ts', './stand-in/server.test-kit.ts'],
    ['adapters/src/html/page.ts', 'linkedom'],
    ['adapters/src/cli/main.ts', '../csv/importer.ts'],
    ['adapters/src/cli/main.ts', '../sqlite/store.ts'],
    ['adapters/src/csv/importer.test.ts', '../memory/store.ts'],
    ['domain/src/index.ts', './register/register.ts'],
    ['domain/src/register/register.ts', '../points/count.ts'],
    ['domain/src/points/count.ts', './explain.ts'],
    ['domain/src/points/count.ts', '../projections/evidence.ts'],
    ['domain/src/points/count.ts', '../rules/pack.ts'],
    ['domain/src/projections/evidence.ts', '../group/group.ts'],
    ['domain/src/projections/evidence.ts', '../session/session.ts'],
    ['domain/src/group/group.ts', './membership.ts'],
    ['domain/src/group/group.ts', '../values/minutes.ts'],
    ['domain/src/group/group.ts', '../kernel/decider.ts'],
    ['domain/src/values/minutes.ts', '../kernel/event.ts'],
    ['domain/src/kernel/event.ts', 'fp-ts/lib/Either.js'],
    ['domain/src/group/group.test.ts', '../testing/given.ts'],
    ['domain/src/group/group.test.ts', 'vitest'],
    ['domain/src/group/group.test.ts', 'node:fs'],
    ['domain/src/testing/given.ts', '../register/register.ts'],
  ])
  expect(check(tree)).toEqual({ status: 0, broken: [] })
})

test('every broken boundary is named', () => {
  const tree = plant([
    ['domain/src/kernel/a.ts', '@smagruppe/adapters/memory'],
    ['adapters/src/memory/index.ts', '../../../examples/pilot-year/demo.ts'],
    ['adapters/src/sqlite/a.ts', '../../../domain/src/kernel/event.ts'],
    ['domain/src/kernel/b.ts', '../values/minutes.ts'],
    ['domain/src/values/c.ts', '../group/group.ts'],
    ['domain/src/rules/d.ts', '../points/count.ts'],
    ['domain/src/projections/e.ts', '../points/count.ts'],
    ['domain/src/points/f.ts', '../audit/tree.ts'],
    ['domain/src/audit/g.ts', '../register/register.ts'],
    ['domain/src/register/register.ts', '../index.ts'],
    ['domain/src/group/h.ts', '../session/session.ts'],
    ['domain/src/session/i.test.ts', '../rules/pack.ts'],
    ['domain/src/topic/j.ts', '../testing/index.ts'],
    ['domain/src/index.ts', './utils/k.ts'],
    ['domain/src/doctor/l.ts', 'node:crypto'],
    ['domain/src/doctor/m.ts', 'vitest'],
    ['domain/src/doctor/n.test.ts', 'typescript'],
    ['domain/src/doctor/o.ts', 'not-a-dependency'],
    ['domain/src/hospital/p.ts', './q.ts'],
    ['domain/src/hospital/q.ts', './p.ts'],
    ['adapters/src/contract/r.ts', '../csv/importer.ts'],
    ['adapters/src/csv/s.ts', '../sqlite/store.ts'],
    ['adapters/src/csv/t.ts', '../cli/main.ts'],
    ['adapters/src/memory/u.ts', 'node:fs'],
    ['adapters/src/cli/v.ts', '../helpers/w.ts'],
    ['adapters/src/sqlite/x.ts', 'pg'],
    ['adapters/src/sqlite/y.ts', '@eventstore/db-client'],
    ['adapters/src/eventstoredb/z.ts', './stand-in/server.test-kit.ts'],
    ['adapters/src/cli/y.ts', 'linkedom'],
  ])
  const { status, broken } = check(tree)
  expect({ status, broken }).toEqual({
    status: 29,
    broken: [
      'adapters-cli: adapters/src/csv/t.ts → adapters/src/cli/main.ts',
      'adapters-csv: adapters/src/csv/s.ts → adapters/src/sqlite/store.ts',
      'adapters-driven: adapters/src/contract/r.ts → adapters/src/csv/importer.ts',
      'adapters-known-places: adapters/src/cli/v.ts → adapters/src/helpers/w.ts',
      'adapters-stand-in: adapters/src/eventstoredb/z.ts → adapters/src/eventstoredb/stand-in/server.test-kit.ts',
      'declared-dependencies-of-tests: domain/src/doctor/n.test.ts → typescript',
      'declared-dependencies: domain/src/doctor/m.ts → vitest',
      'domain-known-places: domain/src/index.ts → domain/src/utils/k.ts',
      'domain-layers-audit: domain/src/audit/g.ts → domain/src/register/register.ts',
      'domain-layers-kernel: domain/src/kernel/b.ts → domain/src/values/minutes.ts',
      'domain-layers-points: domain/src/points/f.ts → domain/src/audit/tree.ts',
      'domain-layers-projections: domain/src/projections/e.ts → domain/src/points/count.ts',
      'domain-layers-register: domain/src/register/register.ts → domain/src/index.ts',
      'domain-layers-streams: domain/src/rules/d.ts → domain/src/points/count.ts',
      'domain-layers-values: domain/src/values/c.ts → domain/src/group/group.ts',
      'domain-streams-apart: domain/src/group/h.ts → domain/src/session/session.ts',
      'domain-streams-apart: domain/src/session/i.test.ts → domain/src/rules/pack.ts',
      'domain-testing-in-tests: domain/src/topic/j.ts → domain/src/testing/index.ts',
      'driver-eventstoredb: adapters/src/sqlite/y.ts → @eventstore/db-client',
      'driver-html: adapters/src/cli/y.ts → linkedom',
      'driver-postgres: adapters/src/sqlite/x.ts → pg',
      'no-circles: domain/src/hospital/p.ts →',
      'packages-by-name: adapters/src/memory/index.ts → examples/pilot-year/demo.ts',
      'packages-by-name: adapters/src/sqlite/a.ts → domain/src/kernel/event.ts',
      'packages-one-way-adapters: adapters/src/memory/index.ts → examples/pilot-year/demo.ts',
      'packages-one-way-domain: domain/src/kernel/a.ts → adapters/src/memory/index.ts',
      'resolvable: domain/src/doctor/o.ts → not-a-dependency',
      'runs-in-a-browser: adapters/src/memory/u.ts → fs',
      'runs-in-a-browser: domain/src/doctor/l.ts → crypto',
    ],
  })
  const untried = config.forbidden.filter(({ name }) => !broken.some((violation) => violation.startsWith(`${name}:`)))
  expect(untried).toEqual([])
})
