// public-api.ts: what the packages promise: every export of every entry with its type, a page for each entry
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import ts from '@typescript/typescript6'
import { root } from './code-blocks.ts'
import { entriesOf, manifest, published } from './entries.ts'

export interface ApiPage {
  /** Its path from the root. */
  readonly file: string
  readonly text: string
}

/** Where the pages of a package are. */
export const apiFolder = (folder: string): string => join(relative(root, folder), 'api')

/** The pages as the sources have them now. */
export const publicApi = (): ReadonlyArray<ApiPage> => {
  const scratch = mkdtempSync(join(tmpdir(), 'api-'))
  try {
    return published.flatMap((folder) => {
      const dist = join(scratch, basename(folder))
      execFileSync('tsc', ['-p', join(folder, 'tsconfig.build.json'), '--emitDeclarationOnly', '--outDir', dist], {
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      const entries = entriesOf(manifest(folder))
      const declarations = declarationsIn(dist)(entries.map(({ types }) => join(dist, types)))
      return entries.map(({ specifier, name }, i) => ({
        file: join(apiFolder(folder), `${name}.md`),
        text: page(specifier, declarations[i] ?? { exported: [], named: [] }),
      }))
    })
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

const page = (specifier: string, { exported, named }: Declarations): string =>
  [
    `# ${specifier}`,
    '',
    'Every export with its type. `pnpm api` writes this page; a change in it is a change for whoever uses the package.',
    '',
    ...block(exported),
    ...(named.length === 0 ? [] : ['', '## Named by these, and exported nowhere', '', ...block(named)]),
    '',
  ].join('\n')

/** As the formatter of the sources lays them out. */
const block = (declarations: ReadonlyArray<string>): ReadonlyArray<string> => [
  '```ts',
  execFileSync('biome', ['format', '--stdin-file-path=api.ts'], {
    cwd: root,
    input: declarations.join('\n'),
    encoding: 'utf8',
  }).trimEnd(),
  '```',
]

interface Declarations {
  readonly exported: ReadonlyArray<string>
  /** What their types speak of and no entry of the package exports. */
  readonly named: ReadonlyArray<string>
}

interface Named {
  readonly name: string
  readonly symbol: ts.Symbol
}

/** What each of these files of one package exports, by name, so that moving things about in the sources changes nothing. */
const declarationsIn =
  (dist: string) =>
  (entries: ReadonlyArray<string>): ReadonlyArray<Declarations> => {
    // Only names are followed, no types are worked out: what the language and other packages declare is not needed.
    const program = ts.createProgram([...entries], { module: ts.ModuleKind.NodeNext, types: [], noLib: true })
    const checker = program.getTypeChecker()

    const original = (symbol: ts.Symbol): ts.Symbol =>
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const exportsOf = (entry: string): ReadonlyArray<Named> => {
      const source = program.getSourceFile(entry)
      const module = source === undefined ? undefined : checker.getSymbolAtLocation(source)
      if (module === undefined) throw new Error(`${entry} exports nothing`)
      return checker.getExportsOfModule(module).map((symbol) => ({ name: symbol.name, symbol: original(symbol) }))
    }
    const statements = (symbol: ts.Symbol): ReadonlyArray<ts.Statement> =>
      (symbol.declarations ?? [])
        .map(statementOf)
        .filter((statement) => statement?.getSourceFile().fileName.startsWith(dist))
        .filter((statement) => statement !== undefined)

    const exported = entries.map(exportsOf)
    const reached = new Set(exported.flat().map(({ symbol }) => symbol))

    /** What a node's names lead to, as far as no entry exports it. */
    const hiddenIn = (node: ts.Node, found: Set<ts.Symbol>): void => {
      const local = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined
      const symbol = local === undefined ? undefined : original(local)
      if (symbol !== undefined && !reached.has(symbol) && !found.has(symbol) && statements(symbol).length > 0) {
        found.add(symbol)
        for (const statement of statements(symbol)) hiddenIn(statement, found)
      }
      ts.forEachChild(node, (child) => hiddenIn(child, found))
    }

    return exported.map((exports) => {
      const hidden = new Set<ts.Symbol>()
      for (const { symbol } of exports) for (const statement of statements(symbol)) hiddenIn(statement, hidden)
      const named = [...hidden].map((symbol) => ({ name: symbol.name, symbol }))
      const printed = ({ name, symbol }: Named): ReadonlyArray<string> => {
        const texts = statements(symbol).map((one) =>
          // Which file of the package a name comes from is nobody's business.
          printer.printNode(ts.EmitHint.Unspecified, one, one.getSourceFile()).replaceAll(/import\("\.[^"]*"\)\./g, ''),
        )
        if (texts.length === 0) throw new Error(`${name} is exported, and declared nowhere in the package`)
        return name === symbol.name ? texts : [`export { ${symbol.name} as ${name} }`, ...texts]
      }
      return { exported: byName(exports).flatMap(printed), named: byName(named).flatMap(printed) }
    })
  }

const printer = ts.createPrinter({ removeComments: true })

/** The statement at the top of a file that declares it; nothing for a member, a parameter or a whole file. */
const statementOf = (declaration: ts.Declaration): ts.Statement | undefined => {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  return ts.isStatement(node) && ts.isSourceFile(node.parent) ? node : undefined
}

const byName = (ones: ReadonlyArray<Named>): ReadonlyArray<Named> =>
  ones.toSorted((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
