// config.ts: how the pages in `site/pages` become the site; `scripts/site.ts` lays them out there first

import { defineConfig, type MarkdownEnv, type MarkdownRenderer } from 'vitepress'
import { navigation } from './navigation.ts'

/** A page for the search index: without the colours of its code, which cost most of the time, and nothing of pages that ask to be left out. */
const rendered = (source: string, env: MarkdownEnv, md: MarkdownRenderer): string => {
  const { highlight } = md.options
  md.set({ highlight: null })
  const html = md.render(source, env)
  md.set({ highlight: highlight ?? null })
  return env.frontmatter?.search === false ? '' : html
}

export default defineConfig({
  title: 'Smågruppe',
  description: 'A register of small groups of doctors, their sessions and their points',
  lang: 'en',
  srcDir: '../site/pages',
  outDir: '../site/dist',
  cacheDir: '../site/cache',
  // The search index of everything is one file, fetched when somebody searches.
  vite: { build: { chunkSizeWarningLimit: 2_000 } },
  // What is used is on the site itself: no font, script or search index from elsewhere.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  transformPageData: ({ relativePath, frontmatter }) => ({
    frontmatter: relativePath.startsWith('api/') ? { ...frontmatter, pageClass: 'api' } : frontmatter,
  }),
  transformHtml: (html, _file, { pageData }) =>
    pageData.relativePath === 'norsk.md' ? html.replace('<html lang="en"', '<html lang="nb"') : html,
  themeConfig: {
    search: { provider: 'local', options: { _render: rendered } },
    outline: [2, 3],
    nav: [
      { text: 'Begin', link: '/first-register' },
      { text: 'Points', link: '/rules' },
      { text: 'Embed', link: '/embedding' },
      { text: 'Errors', link: '/errors' },
      { text: 'API', link: '/api/' },
      { text: 'Norsk', link: '/norsk' },
    ],
    sidebar: navigation.map(({ items, ...section }) => ({ ...section, items: [...items] })),
    docFooter: { prev: 'Before', next: 'Next' },
    footer: {
      message:
        'MIT licence. Points shown by the register are an indication; a decision is the Medical Association’s to make.',
    },
  },
})
