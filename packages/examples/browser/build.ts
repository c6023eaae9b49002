// build.ts: makes one HTML file that holds the register: the log of the pilot year, and the domain bundled for a browser

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importFolder } from '@smagruppe/adapters/csv'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '@smagruppe/adapters/memory'
import { randomIds, systemClock } from '@smagruppe/adapters/node'
import { legalDate, openRegister, promised } from '@smagruppe/domain'
import { build, type Metafile } from 'esbuild'
import { type Carried, eventsIn } from './carried.ts'

const beside = (name: string): string => join(import.meta.dirname, name)

/** The page's program with all that it imports, and what went into it. */
export const bundled = async (): Promise<{ readonly program: string; readonly metafile: Metafile }> => {
  const { outputFiles, metafile } = await build({
    entryPoints: [beside('page.ts')],
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
  })
  return { program: outputFiles.map(({ text }) => text).join('\n'), metafile }
}

/** The pilot year imported, and packed for the page. */
export const pilotYear = async (): Promise<Carried> => {
  const events = memoryEventStore({ clock: systemClock })
  const ports = { events, rows: memoryProjectionStore(), vault: memoryVault(), now: systemClock, newId: randomIds }
  const register = openRegister(ports)
  await promised(importFolder(register, beside('../pilot-year/data')))

  const date = legalDate('2024-12-31')
  const everyone = await promised(register.everyonesPoints(register.question({ effectiveThrough: date })))
  const people = await promised(register.people(everyone.map(({ doctor }) => doctor)))
  const hprOf: Array<Carried['hprOf'][number]> = []
  for (const [doctor, { hpr }] of people) if (hpr?._tag === 'Known') hprOf.push([doctor, hpr.text])
  return { events: await eventsIn(events), hprOf, date }
}

/** The whole page as one file, which asks for nothing else. */
export const pageOf = async (carried: Carried, program: string): Promise<string> => {
  const template = await readFile(beside('page.html'), 'utf8')
  // A `</script>` in the data would end it; in JSON a `<` may be written in this way too.
  const data = JSON.stringify(carried).replaceAll('<', '\\u003c')
  return template.replace('"CARRIED"', () => data).replace('PROGRAM', () => program)
}

if (import.meta.main) {
  const folder = process.argv[2] ?? '.'
  const file = join(folder, 'points.html')
  const { program } = await bundled()
  await mkdir(folder, { recursive: true })
  await writeFile(file, await pageOf(await pilotYear(), program))
  console.log(`Written to ${file}; open it in a browser`)
}
