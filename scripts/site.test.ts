// site.test.ts: the site is built as a reader would build it; then every link of it is followed
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { navigation } from '../docs/.vitepress/navigation.ts'
import { root } from './code-blocks.ts'
import { placeOf, written } from './site-pages.ts'

const site = join(root, 'site/dist')
const pages = (): ReadonlyArray<string> => globSync('**/*.html', { cwd: site }).filter((page) => page !== '404.html')
const read = (page: string): string => readFileSync(join(site, page), 'utf8')

beforeAll(() => {
  const { status, stdout, stderr } = spawnSync('node', [join(root, 'scripts/site.ts')], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the site cannot be built\n${stdout}${stderr}`)
}, 300_000)

test('every page has its place in the navigation, and every place its page', () => {
  const linked = navigation.flatMap(({ items }) =>
    items.map(({ link }) => `${link.slice(1).replace(/^$|\/$/, '$&index')}.html`),
  )
  const api = globSync('api/**/*.html', { cwd: site })
  const byHand = written().map((page) => placeOf(page).replace(/md$/, 'html'))
  expect(linked.sort()).toEqual([...byHand.filter((page) => page !== 'index.html'), ...api].sort())
})

test('every link leads to a page, and to its place on that page', () => {
  const places = new Map(pages().map((page) => [page, new Set(read(page).match(/(?<= id=")[^"]+/g) ?? [])]))
  const dead = pages().flatMap((page) =>
    [...new Set(read(page).match(/(?<=<a [^>]*href=")[^"]+/g) ?? [])]
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => !leads(page, link, places))
      .map((link) => `${page}: ${link}`),
  )
  expect(dead).toEqual([])
})

const leads = (page: string, link: string, places: ReadonlyMap<string, ReadonlySet<string>>): boolean => {
  const [path = '', anchor] = link.split('#')
  const asked = path === '' ? page : path.startsWith('/') ? path.slice(1) : posix.join(dirname(page), path)
  const target = asked === '' || asked.endsWith('/') ? `${asked}index.html` : asked
  const there = places.get(target)
  if (there === undefined) return existsSync(join(site, target))
  return anchor === undefined || anchor === '' || there.has(decodeURIComponent(anchor))
}

test('nothing is fetched from elsewhere', () => {
  const loads = /<(?:script|img|iframe|source)[^>]* src="(?:https?:)?\/\/[^"]*|<link[^>]* href="(?:https?:)?\/\/[^"]*/g
  const inPages = pages().flatMap((page) => read(page).match(loads) ?? [])
  const inStyles = globSync('**/*.css', { cwd: site }).flatMap(
    (file) => read(file).match(/(?:url\(|@import )["']?(?:https?:)?\/\/.{0,40}/g) ?? [],
  )
  expect([...inPages, ...inStyles]).toEqual([])
})

test('what the front page tells is told by the page on points', () => {
  const [, told = ''] = /^told: \|\n((?: {2}.*\n|\n)+)/m.exec(readFileSync(join(root, 'docs/index.md'), 'utf8')) ?? []
  const rules = readFileSync(join(root, 'docs/rules.md'), 'utf8')
  const lines = told
    .split('\n')
    .map((line) => line.slice(2))
    .filter((line) => line !== '')
  expect(lines.length).toBeGreaterThan(3)
  expect(lines.filter((line) => !rules.includes(`\n${line}\n`))).toEqual([])
})
