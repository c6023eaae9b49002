// entries.ts: the packages that are published, and the paths they are imported by
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './code-blocks.ts'

/** Where an entry's types and code are, once packed. */
interface Packed {
  readonly types: string
  readonly default: string
}

/** What is read of a package.json of ours. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly engines: { readonly node: string }
  readonly exports: Readonly<Record<string, string>>
  readonly publishConfig: { readonly exports: Readonly<Record<string, Packed>> }
  readonly devDependencies: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

export const manifest = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** The folders of what is published, in the order in which they can be built. */
export const published: ReadonlyArray<string> = ['domain', 'adapters'].map((name) => join(root, 'packages', name))

/** One path that a package is imported by. */
export interface Entry {
  /** As an import names it: `@smagruppe/domain/testing`. */
  readonly specifier: string
  /** The path behind the package's name, as a file's name: `testing`, and `index` for the package itself. */
  readonly name: string
  /** Its declarations below `dist`. */
  readonly types: string
}

/** The entries of a package as it is packed. */
export const entriesOf = ({ name, publishConfig }: Manifest): ReadonlyArray<Entry> =>
  Object.entries(publishConfig.exports).map(([path, { types }]) => ({
    specifier: name + path.slice(1),
    name: path === '.' ? 'index' : path.slice(2).replaceAll('/', '-'),
    types: types.replace('./dist/', ''),
  }))
