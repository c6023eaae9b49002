// site-pages.ts: the pages of the site: the documentation, the READMEs, and every source file that one of them links to
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, posix } from 'node:path'
import { root } from './code-blocks.ts'

/** Where a page of the repository stands on the site. */
const places: ReadonlyArray<readonly [pattern: RegExp, place: string]> = [
  [/^README\.md$/, 'about.md'],
  [/^CONTRIBUTING\.md$/, 'contributing.md'],
  [/^LICENSE$/, 'licence.md'],
  [/^docs\/(.*\.md)$/, '$1'],
  [/^packages\/(domain|adapters)\/README\.md$/, 'packages/$1.md'],
  [/^packages\/examples\/README\.md$/, 'examples/index.md'],
  [/^packages\/examples\/([^/]+)\/README\.md$/, 'examples/$1.md'],
]

/** Where a file of the repository stands on the site: a page as a page, anything else as its source. */
export const placeOf = (file: string): string => {
  for (const [pattern, place] of places) if (pattern.test(file)) return file.replace(pattern, place)
  return `source/${file.replace(/^\./, '').replace(/\.(\w+)$/, '-$1')}.md`
}

/** The documentation that is written by hand, as paths in the repository. */
export const written = (): ReadonlyArray<string> =>
  globSync(
    [
      'README.md',
      'CONTRIBUTING.md',
      'docs/*.md',
      'docs/decisions/*.md',
      'packages/*/README.md',
      'packages/examples/*/README.md',
    ],
    {
      cwd: root,
    },
  ).sort()

/** Lays all pages out in a folder, with their links as they are there. Throws where a link leads nowhere. */
export const layOut = (folder: string): void => {
  const waiting = [...written()]
  const done = new Set<string>()
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (done.has(file)) continue
    done.add(file)
    const place = placeOf(file)
    mkdirSync(join(folder, dirname(place)), { recursive: true })
    if (extname(file) === '.svg') {
      copyFileSync(join(root, file), join(folder, basename(file)))
      continue
    }
    const text = readFileSync(join(root, file), 'utf8')
    const page = extname(file) === '.md' ? linked(file, text, (target) => waiting.push(target)) : asSource(file, text)
    writeFileSync(join(folder, place), page)
  }
}

const asSource = (file: string, text: string): string => {
  const language = extname(file).slice(1).replace('mjs', 'js')
  return `---\nsearch: false\noutline: false\n---\n\n# ${basename(file)}\n\n\`${file}\`\n\n\`\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\`\n`
}

/** The page with its links as they are on the site; `also` is told of every file that it links to. Code is left alone. */
const linked = (file: string, text: string, also: (target: string) => void): string =>
  text
    .split(/^(```[\s\S]*?^```$)/m)
    .map((part, i) =>
      i % 2 === 1 ? part : part.replace(/(?<=\]\()[^()\s]+(?=\))/g, (link) => relinked(file, link, also)),
    )
    .join('')

const relinked = (file: string, link: string, also: (target: string) => void): string => {
  if (/^(https?:|mailto:|#)/.test(link)) return link
  const [path = '', anchor] = link.split('#')
  const here = placeOf(file)
  const target = fileAt(posix.join(dirname(file), path))
  if (target === null) throw new Error(`${file} links to ${link}, which is not there`)
  also(target)
  if (extname(target) === '.svg') return link
  const to = posix.relative(dirname(here), placeOf(target))
  return `${to.startsWith('.') ? to : `./${to}`}${anchor === undefined ? '' : `#${anchor}`}`
}

/** A link to a folder means its README. */
const fileAt = (path: string): string | null => {
  if (!existsSync(join(root, path))) return null
  if (!statSync(join(root, path)).isDirectory()) return path
  const readme = posix.join(path, 'README.md')
  return existsSync(join(root, readme)) ? readme : null
}
