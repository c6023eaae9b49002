// demo.ts: the main job: a year of a contact point's sheets in, register, topics and explained points out

import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { rulesIn, run } from '@smagruppe/adapters/cli'
import { systemClock } from '@smagruppe/adapters/node'
import { dateIn, oslo, parseHprNumber, parseLegalDate } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { isNone } from 'fp-ts/lib/Option.js'

const pilotYear = fileURLToPath(new URL('data', import.meta.url))
const pilotEnds = '2024-12-31'

const help = `Usage: pnpm demo [--data DIR] [--out DIR] [--store PLACE] [--as-of DATE] [--known-at DATE] [--rules FILE] [--explain HPR]

Imports the sheets of a folder, prints the group register, the topics and every doctor's points, and writes
points.csv, group-register.csv, topic-log.csv, rejected.csv and flagged.csv.

  --data DIR        the sheets (default: the pilot year that comes with the project)
  --out DIR         where the files go (default: demo-out)
  --store PLACE     where the register is: a SQLite file, or a postgres:// URL
                    (default: register.db in the out folder)
  --as-of DATE      consider what was effective through this date
  --known-at DATE   consider what was known by the end of this date
                    (both: ${pilotEnds} for the pilot year, today for other data)
  --rules FILE      answer by the rules in this JSON file, whole or only what differs from the default ones
  --explain HPR     also print why this doctor has these points, line by line
  --help            print this

Sheets that run ahead of today are recorded at their last date. A register keeps all that it was told: use
another out folder, or another store, for other sheets.

Exit codes: 0 done (rejected rows are a report), 2 wrong usage, 1 anything else.
`

const streams = { out: (text: string) => process.stdout.write(text), err: (text: string) => process.stderr.write(text) }

const main = async (words: ReadonlyArray<string>): Promise<number> => {
  const options = optionsIn(words)
  if (typeof options === 'string') {
    streams.err(`demo: ${options} (see --help)\n`)
    return 2
  }
  if (options.help === true) {
    streams.out(help)
    return 0
  }
  const data = resolve(options.data ?? pilotYear)
  const out = resolve(options.out ?? 'demo-out')
  const store = ['--store', options.store ?? join(out, 'register.db')]
  const date = data === pilotYear ? pilotEnds : dateIn(oslo, systemClock())
  const dates = { 'as-of': date, 'known-at': date, ...options }
  const rules = options.rules === undefined ? [] : ['--rules', resolve(options.rules)]
  const ask = [...store, '--as-of', dates['as-of'], '--known-at', dates['known-at']]
  const usable = await rulesIn(options.rules)
  if (isLeft(usable)) {
    streams.err(`demo: ${usable.left.message}\n`)
    return 1
  }
  try {
    await mkdir(out, { recursive: true })
  } catch (error) {
    streams.err(`demo: ${out} cannot be made: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
  const commands = [
    [
      'import',
      data,
      ...store,
      '--rehearse',
      '--rejected',
      join(out, 'rejected.csv'),
      '--flagged',
      join(out, 'flagged.csv'),
    ],
    ['register', ...ask, ...rules, '--csv', join(out, 'group-register.csv')],
    ['topics', ...ask, '--csv', join(out, 'topic-log.csv')],
    ['points', ...ask, ...rules, '--csv', join(out, 'points.csv')],
    ...(options.explain === undefined ? [] : [['explain', options.explain, ...ask, ...rules]]),
  ]
  for (const command of commands) {
    const code = await run(command, streams)
    if (code !== 0) return code
    streams.out('\n')
  }
  streams.out(`Written to ${out}\n`)
  return 0
}

interface Options {
  readonly data?: string
  readonly out?: string
  readonly store?: string
  readonly 'as-of'?: string
  readonly 'known-at'?: string
  readonly rules?: string
  readonly explain?: string
  readonly help?: boolean
}

/** The options, or what is wrong with them; looked at before anything is imported. */
const optionsIn = (words: ReadonlyArray<string>): Options | string => {
  const text = { type: 'string' } as const
  const known = {
    data: text,
    out: text,
    store: text,
    'as-of': text,
    'known-at': text,
    rules: text,
    explain: text,
    help: { type: 'boolean', short: 'h' },
  } as const
  try {
    const { values } = parseArgs({ args: words.filter((word) => word !== '--'), options: known })
    for (const option of ['as-of', 'known-at'] as const) {
      const written = values[option]
      if (written !== undefined && isNone(parseLegalDate(written)))
        return `--${option} '${written}' is no date; write YYYY-MM-DD`
    }
    if (values.explain !== undefined && isNone(parseHprNumber(values.explain)))
      return `--explain '${values.explain}' is no HPR number`
    return values
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

// A reader that has seen enough (`pnpm demo | head`) is no failure, and the files are still to be written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exit(1)
})

process.exitCode = await main(process.argv.slice(2))
