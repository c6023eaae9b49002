// projections-command.ts: smagruppe projections: how the read models stand, building them anew, trying what could not be read again

import type {
  MissingEvent,
  NoSuchProjection,
  ProjectionStatus,
  Register,
  Stopped,
  StoreFailure,
} from '@smagruppe/domain'
import type { Command } from 'commander'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { type Failure, withRegister } from './opening.ts'
import {
  jsonOption,
  projectionsOption,
  refuseUnknownPart,
  type Stores,
  storeOption,
  vaultOption,
  withExamples,
} from './options.ts'
import { json } from './output.ts'
import type { Printer } from './printer.ts'

interface ProjectionsOptions extends Stores {
  readonly json?: boolean
}

type Ended = (result: Either<Failure, void>) => void

/** Gives the command `projections` its three parts; without a word it is `status`. */
export const addProjectionsCommands = (projections: Command, printer: Printer, ended: Ended): Command => {
  const part = (words: string, description: string, isDefault?: 'by default'): Command =>
    projections
      .command(words, { isDefault: isDefault === 'by default' })
      .description(description)
      .addOption(storeOption())
      .addOption(vaultOption())
      .addOption(projectionsOption())
      .addOption(jsonOption())
  withExamples(
    part('status', 'which rows answers come from, how far they have come, what they lack', 'by default')
      .allowExcessArguments()
      .action(async (options, command) => {
        refuseUnknownPart(command)
        ended(await statusCommand(options, printer))
      }),
    'smagruppe projections --store register.db',
  )
  withExamples(
    part('rebuild', 'build rows anew beside the old ones, and switch to them at the end')
      .argument('[names...]', 'the projections (default: all)')
      .option('--from-nothing', 'do not go on with a rebuild that was broken off, for when the code has changed')
      .action(async (names, options) => ended(await rebuildCommand(names, options, printer))),
    'smagruppe projections rebuild group-register --store register.db',
  )
  withExamples(
    part('retry', 'try to read what could not be read, and build anew the rows that lack it').action(async (options) =>
      ended(await retryCommand(options, printer)),
    ),
    'smagruppe projections retry --store register.db',
  )
  return projections
}

const statusCommand = (options: ProjectionsOptions, printer: Printer): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const projections = await register.projections()
    if (isLeft(projections)) return projections
    const quarantined = await register.quarantined()
    if (isLeft(quarantined)) return quarantined
    printer.out(
      options.json === true
        ? json({ projections: projections.right, quarantined: quarantined.right })
        : `${standing(projections.right, printer)}\n${lacking(quarantined.right, printer)}`,
    )
    return right(undefined)
  })

const rebuildCommand = (
  names: ReadonlyArray<string>,
  options: ProjectionsOptions & { readonly fromNothing?: boolean },
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const from = options.fromNothing === true ? 'nothing' : 'what is there'
    const rebuilt = await register.rebuild(names.length === 0 ? undefined : names, { ...workOf(printer), from })()
    if (isLeft(rebuilt)) return left({ message: whatHappened(rebuilt.left) })
    const { through, events } = rebuilt.right
    const built = names.length === 0 ? 'all projections' : names.join(', ')
    return told(
      register,
      options,
      printer,
      { rebuilt: names, through, events },
      `Built anew: ${built}; ${events} ${events === 1 ? 'event' : 'events'} read.`,
    )
  })

const retryCommand = (options: ProjectionsOptions, printer: Printer): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const retried = await register.retryQuarantine(workOf(printer))()
    if (isLeft(retried)) return left({ message: whatHappened(retried.left) })
    const { readable, rebuilt } = retried.right
    const summary =
      rebuilt.length === 0
        ? 'Nothing more can be read.'
        : `${readable} more ${readable === 1 ? 'event' : 'events'} read; built anew: ${rebuilt.join(', ')}.`
    return told(register, options, printer, { readable, rebuilt }, summary)
  })

const workOf = ({ progress, interrupted }: Printer) => ({
  onPage: (through: number, events: number, head: number) =>
    progress(`building rows anew: position ${through} of ${head}, ${events} events`),
  ...(interrupted === null ? {} : { signal: interrupted }),
})

/** What was done, and what is lacking still. */
const told = async (
  register: Register,
  options: ProjectionsOptions,
  printer: Printer,
  done: object,
  summary: string,
): Promise<Either<Failure, void>> => {
  const quarantined = await register.quarantined()
  if (isLeft(quarantined)) return quarantined
  printer.out(
    options.json === true
      ? json({ ...done, quarantined: quarantined.right })
      : `${summary}\n${lacking(quarantined.right, printer)}`,
  )
  return right(undefined)
}

const standing = (projections: ReadonlyArray<ProjectionStatus>, printer: Printer): string => {
  const columns = [
    { heading: 'projection' },
    { heading: 'version', align: 'right' },
    { heading: 'kind' },
    { heading: 'rows' },
    { heading: 'position', align: 'right' },
    { heading: 'behind', align: 'right' },
    { heading: 'lacks', align: 'right' },
  ] as const
  const rows = projections.map(({ name, version, kind, state, follows, checkpoint, lag, quarantined }) => [
    name,
    String(version),
    // Only who follows rows knows of what kind they are.
    kind ?? 'not followed',
    follows === null || follows === version ? state : `${state}, here ${follows}`,
    String(checkpoint),
    String(lag),
    String(quarantined),
  ])
  return `${printer.table(columns, rows)}\n`
}

const most = 20

/** The events that could not be read, or that there is none. */
const lacking = (events: ReadonlyArray<MissingEvent>, printer: Printer): string => {
  if (events.length === 0) return 'Every event could be read.\n'
  const columns = [{ heading: 'position', align: 'right' }, { heading: 'event' }, { heading: 'why' }] as const
  const rows = events
    .slice(0, most)
    .map(({ position, type, version, reason }) => [String(position), `${type} ${version}`, reason])
  const more = events.length > most ? `… and ${events.length - most} more\n` : ''
  return `Answers lack these events, which could not be read. A release that can read\nthem takes them in by: smagruppe projections retry\n\n${printer.table(columns, rows)}\n${more}`
}

const whatHappened = (error: StoreFailure | Stopped | NoSuchProjection): string =>
  error._tag === 'NoSuchProjection'
    ? `there is no projection ${error.name}; there are ${error.known.join(', ')}`
    : error.message
