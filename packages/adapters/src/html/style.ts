// style.ts: how a page looks, on a screen and on A4

import { plain } from './making.ts'
import type { PageWords } from './words.ts'

/** Every text has a contrast of 4.5 or more against its ground, and nothing is told by colour alone. */
export const style = `
:root { color-scheme: light; --ink: #1a1a1a; --quiet: #4a4a4a; --line: #c4c4c4; --link: #0b4a8f; --counts: #17694c; --pending: #8a5300; --nothing: #9b1c1c; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 54rem; background: #fff; color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; break-after: avoid; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .7rem; padding-bottom: .2rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .6rem; }
h4 { font-size: 1rem; margin: 0; }
p, ul { margin: .3rem 0; }
ul { padding-left: 1.3rem; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
dl { display: flex; flex-wrap: wrap; gap: .6rem; margin: .3rem 0 .8rem; }
dl > div { flex: 1 1 auto; padding: .4rem .8rem; border: 1px solid var(--line); }
dt { white-space: nowrap; font-size: .9rem; color: var(--quiet); }
dd { margin: 0; font-size: 1.5rem; font-weight: bold; font-variant-numeric: tabular-nums; }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; padding: .5rem 0; margin: 0; list-style: none; border-block: 1px solid var(--line); }
.patterns { position: absolute; }
figure { margin: 0 0 1rem; break-inside: avoid; }
figcaption { color: var(--quiet); font-size: .9rem; }
.chart { max-width: 100%; height: auto; }
.swatch { display: inline-block; vertical-align: -.1em; margin-right: .4em; }
table { margin-top: .8rem; border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
caption { text-align: left; font-weight: bold; padding-bottom: .4rem; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
tbody th, tfoot th { white-space: nowrap; }
thead th { vertical-align: bottom; border-bottom: 2px solid var(--ink); }
tfoot th, tfoot td { font-weight: bold; border-top: 2px solid var(--ink); border-bottom: 0; }
.number { text-align: right; }
td.number { white-space: nowrap; }
article { margin: .7rem 0; padding: .5rem .8rem; border: 1px solid var(--line); border-left: 5px solid var(--counts); }
article.pending { border-left: 5px dashed var(--pending); }
article.nothing { border-left: 5px double var(--nothing); }
.standing { font-weight: bold; color: var(--counts); }
.pending > .standing { color: var(--pending); }
.nothing > .standing { color: var(--nothing); }
.open { font-weight: bold; }
.rules, .facts { color: var(--quiet); font-size: .9rem; }
summary { width: fit-content; cursor: pointer; font-size: .9rem; color: var(--link); }
@page { size: A4; margin: 18mm 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.4; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav { display: none; }
  h1 { font-size: 15pt; } h2 { font-size: 13pt; } h3 { font-size: 11pt; } h4 { font-size: 10pt; }
  a { color: inherit; text-decoration: none; }
  .rules, .facts, summary { font-size: 8.5pt; }
  dd { font-size: 14pt; }
  table { font-size: 9pt; break-inside: avoid; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr, li, p, h4, dl { break-inside: avoid; }
  .standing, summary { break-after: avoid; }
  article { box-decoration-break: clone; -webkit-box-decoration-break: clone; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  summary { list-style: none; color: inherit; }
  p { orphans: 3; widows: 3; }
}
`

/**
 * What stands in the margins on paper: the number of each page, and from the second on what the first is headed by, so that a sheet that
 * is found says whose it is. A margin cannot take its text out of the page, so it is told here once more.
 */
export const marginsOf = (title: string, { page, of }: PageWords['paper']): string => `
@page {
  @top-left { content: ${quoted(title)}; width: 100%; font: 8pt/1.3 sans-serif; color: #4a4a4a; }
  @bottom-right { content: ${quoted(`${page} `)} counter(page) ${quoted(` ${of} `)} counter(pages); font: 8pt sans-serif; color: #4a4a4a; }
}
@page :first { @top-left { content: none; } }
`

/** A string of CSS in which nothing stands as it is that could end the string or the style. */
const quoted = (text: string): string =>
  `"${plain(text).replace(/[^\p{L}\p{N} .,:()-]/gu, (one) => `\\${(one.codePointAt(0) ?? 0).toString(16)} `)}"`
