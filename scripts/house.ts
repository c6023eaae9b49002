// house.ts: draws the house into docs/house.svg: packages, layers, and one command's way through them. `node scripts/house.ts` draws it anew.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './code-blocks.ts'

export const drawing: string = join(root, 'docs/house.svg')

interface Layer {
  /** What the layer is for; stands left of its folders. */
  readonly about: string
  readonly folders: ReadonlyArray<string>
}

interface Storey {
  readonly name: string
  readonly about: string
  readonly layers: ReadonlyArray<Layer>
}

export const foldersOf = (path: string): ReadonlyArray<string> =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && !['node_modules', 'dist'].includes(entry.name) && !entry.name.startsWith('.'),
    )
    .map(({ name }) => name)
    .sort()

const mostInARow = 5

const rowsOf = (folders: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
  folders.length <= mostInARow ? [folders] : [folders.slice(0, mostInARow), ...rowsOf(folders.slice(mostInARow))]

/** From above to below: a storey and a layer use only what stands below them. */
export const storeys: ReadonlyArray<Storey> = [
  {
    name: 'examples',
    about: 'small programs, each one a test',
    layers: rowsOf(foldersOf('packages/examples')).map((folders) => ({ about: '', folders })),
  },
  {
    name: '@smagruppe/adapters',
    about: 'what touches a disk, a clock or a person',
    layers: [
      { about: 'drives the register', folders: ['cli', 'csv'] },
      { about: 'keeps what it is told', folders: ['sqlite', 'postgres', 'eventstoredb', 'memory'] },
      { about: 'what these have in common', folders: ['vault', 'stores', 'copying'] },
      { about: 'pages; clock and ids; proof', folders: ['html', 'node', 'contract'] },
    ],
  },
  {
    name: '@smagruppe/domain',
    about: 'pure: no disk, no clock, no chance; runs in a browser',
    layers: [
      { about: 'what an app talks to', folders: ['register'] },
      { about: 'evidence and rules in, points out', folders: ['points'] },
      { about: 'read models', folders: ['projections'] },
      {
        about: 'a stream each; the rules as data',
        folders: ['group', 'session', 'doctor', 'hospital', 'topic', 'statement', 'rules'],
      },
      { about: 'dates, minutes, numbers', folders: ['values'] },
      { about: 'event sourcing itself', folders: ['kernel'] },
      { about: 'for tests of all of it', folders: ['testing'] },
    ],
  },
]

interface Step {
  readonly says: readonly [string, string]
  /** The file that does it; null: it is the app, or the file of the log. */
  readonly file: string | null
}

export const writing: ReadonlyArray<Step> = [
  { says: ['an app says', 'AddMember …'], file: null },
  { says: ['is it a command?', 'of which stream?'], file: 'domain/src/register/commands.ts' },
  { says: ['load the stream,', 'fold it into a state'], file: 'domain/src/kernel/handle.ts' },
  { says: ['decide: events,', 'nothing, or a refusal'], file: 'domain/src/group/group.ts' },
  { says: ['seal what', 'names a person'], file: 'domain/src/register/sealing.ts' },
  { says: ['append, if nobody', 'was faster'], file: 'adapters/src/sqlite/event-store.ts' },
]

export const reading: ReadonlyArray<Step> = [
  { says: ['an app asks for', 'groups or points'], file: null },
  { says: ['which rows', 'does it take?'], file: 'domain/src/register/answers.ts' },
  { says: ['follow the log', 'to its end'], file: 'domain/src/kernel/catch-up.ts' },
  { says: ['rows, as effective', 'and as known'], file: 'domain/src/projections/group-register.ts' },
  { says: ['evidence and rules:', 'points'], file: 'domain/src/points/points.ts' },
  { says: ['every one of them', 'explained'], file: 'domain/src/points/explanation.ts' },
]

const width = 1000
const margin = 24
const ink = '#1c2b33'
const faint = '#52646e'
const colours = ['#f3efe6', '#e4eef1', '#dcebe0']

const text = (x: number, y: number, what: string, more = ''): string =>
  `<text x="${x}" y="${y}"${more}>${what.replaceAll('&', '&amp;')}</text>`

const box = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="6" fill="${fill}" stroke="#b9c6cc"/>`

const rowHeight = 40

const layerDrawn = ({ about, folders }: Layer, y: number): string => {
  const left = about === '' ? margin + 16 : margin + 260
  const room = width - margin - 16 - left
  const each = (room - (folders.length - 1) * 8) / folders.length
  const boxes = folders.map((folder, i) => {
    const x = left + i * (each + 8)
    return box(x, y, each, 30, '#fff') + text(x + each / 2, y + 20, folder, ' text-anchor="middle" class="code"')
  })
  return text(margin + 16, y + 20, about, ' class="faint"') + boxes.join('')
}

const storeyDrawn = ({ name, about, layers }: Storey, y: number, fill: string): string => {
  const height = heightOf(layers)
  return [
    box(margin, y, width - 2 * margin, height, fill),
    text(margin + 16, y + 26, name, ' class="name"'),
    text(width - margin - 16, y + 26, about, ' text-anchor="end" class="faint"'),
    ...layers.map((layer, i) => layerDrawn(layer, y + 40 + i * rowHeight)),
  ].join('\n')
}

const heightOf = (layers: ReadonlyArray<Layer>): number => 40 + layers.length * rowHeight + 2

const stepWidth = 142
const stepGap = 20
const stepHeight = 94

const stepsDrawn = (steps: ReadonlyArray<Step>, y: number, first: number): string =>
  steps
    .map(({ says, file }, i) => {
      const x = margin + i * (stepWidth + stepGap)
      const place = file === null ? ['', 'your app'] : file.replace(/^\w+\/src\//, '').split(/(?<=\/)/)
      const arrow =
        i === 0
          ? ''
          : `<path d="M${x - stepGap + 2} ${y + stepHeight / 2}h${stepGap - 6}" class="way" marker-end="url(#to)"/>`
      return [
        arrow,
        box(x, y, stepWidth, stepHeight, file === null ? (colours[0] ?? '') : '#fff'),
        text(x + stepWidth / 2, y + 20, `${first + i}`, ' text-anchor="middle" class="name"'),
        ...says.map((line, n) => text(x + stepWidth / 2, y + 38 + n * 15, line, ' text-anchor="middle" class="small"')),
        ...place.map((line, n) => text(x + stepWidth / 2, y + 73 + n * 13, line, ' text-anchor="middle" class="file"')),
      ].join('')
    })
    .join('\n')

/** The whole drawing, the same text each time. */
export const drawn = (): string => {
  const parts: string[] = []
  let y = margin
  for (const [i, storey] of storeys.entries()) {
    parts.push(storeyDrawn(storey, y, colours[i] ?? '#fff'))
    y += heightOf(storey.layers) + 26
    if (i < storeys.length - 1) {
      parts.push(`<path d="M${width / 2} ${y - 24}v18" class="way" marker-end="url(#to)"/>`)
      parts.push(text(width / 2 + 12, y - 9, 'imports', ' class="small"'))
    }
  }
  y += 10
  parts.push(text(margin, y, 'Told: one command, from the call to the stored event', ' class="name"'))
  parts.push(stepsDrawn(writing, y + 14, 1))
  y += stepHeight + 32
  const logWidth = width - 2 * margin
  parts.push(
    `<path d="M${width - margin - stepWidth / 2} ${y - 16}v14" class="way" marker-end="url(#to)"/>`,
    box(margin, y, logWidth, 34, '#1c2b33'),
    text(
      width / 2,
      y + 22,
      'the log: every event that was ever stored, in one order; it only grows',
      ' text-anchor="middle" class="light"',
    ),
    `<path d="M${margin + 2 * (stepWidth + stepGap) + stepWidth / 2} ${y + 36}v34" class="way" marker-end="url(#to)"/>`,
  )
  y += 60
  parts.push(text(margin, y, 'Asked: from the log to the view', ' class="name"'))
  parts.push(stepsDrawn(reading, y + 14, 7))
  const height = y + 14 + stepHeight + margin
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="house-title house-text">
<title id="house-title">The house</title>
<desc id="house-text">${described()}</desc>
<defs><marker id="to" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="${ink}" stroke="none"/></marker></defs>
<style>text{font:14px system-ui,sans-serif;fill:${ink}}.name{font-weight:600}.faint{fill:${faint}}.small{font-size:12.5px}.code{font-family:ui-monospace,monospace;font-size:13px}.file{font-family:ui-monospace,monospace;font-size:11px;fill:${faint}}.light{fill:#fff}.way{stroke:${ink};stroke-width:1.5;fill:none}</style>
<rect width="${width}" height="${height}" fill="#fff"/>
${parts.join('\n')}
</svg>
`
}

/** The same in words, for who cannot see it. */
const described = (): string => {
  const house = storeys.map(
    ({ name, layers }) => `${name}: ${layers.map(({ folders }) => folders.join(', ')).join('; ')}`,
  )
  const way = [...writing, ...reading].map(
    ({ says, file }, i) => `${i + 1}. ${says.join(' ')}${file === null ? '' : ` (${file})`}`,
  )
  return `From above to below, each using only what is below it. ${house.join('. ')}. One command: ${way.join('. ')}.`
}

if (import.meta.main) writeFileSync(drawing, drawn())
