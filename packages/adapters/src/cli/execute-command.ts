// execute-command.ts: smagruppe execute: commands out of a file or standard input, a line each, carried out in their order

import type { Register } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { executingLines, type Outcome, type Rejected } from './execute-line.ts'
import { type Bytes, linesIn, readerOf, standardInput } from './execute-lines.ts'
import { executeWordsOf } from './execute-words.ts'
import { type Failure, withRegister } from './opening.ts'
import type { ActingOptions } from './options.ts'
import { json } from './output.ts'
import type { Printer } from './printer.ts'

export interface ExecuteOptions extends ActingOptions {
  readonly source: string
  readonly role: string
}

/** Carries out the commands of a file, or of standard input, and tells what came of each. */
export const executeCommand = async (
  file: string,
  options: ExecuteOptions,
  input: () => Bytes,
  printer: Printer,
): Promise<Either<Failure, void>> => {
  const reader = await readerOf(file, input)
  if (isLeft(reader)) return reader
  const name = file === standardInput ? executeWordsOf.en.input : file
  const executed = await withRegister(options, printer, async (register) =>
    right(await executeLines(register, reader.right, name, options, printer)),
  )
  if (isLeft(executed)) return executed
  const { outcomes, stopped } = executed.right
  const rejected = outcomes.filter((one) => one.outcome === 'rejected')
  printer.out(
    options.json === true
      ? json({ file: name, events: eventsOf(outcomes), lines: outcomes, stopped })
      : told(file, outcomes, rejected, options, printer),
  )
  if (stopped !== null) return left({ message: whyStopped(name, stopped) })
  if (rejected.length === 0) return right(undefined)
  const message = `${rejected.length} of ${outcomes.length} lines of ${name} were not taken; mend them and run it all again, which adds nothing twice`
  return left({ message })
}

interface Executed {
  readonly outcomes: ReadonlyArray<Outcome>
  readonly stopped: Stop | null
}

/** Where it could not go on, and whether the same again may go better without anybody doing anything. */
interface Stop {
  readonly line: number
  readonly reason: string
  readonly retry: boolean
}

const executeLines = async (
  register: Register,
  bytes: () => Bytes,
  name: string,
  { by, role, source }: ExecuteOptions,
  printer: Printer,
): Promise<Executed> => {
  const execute = executingLines(register, { actor: { id: by, role }, source })
  const outcomes: Outcome[] = []
  for await (const line of linesIn(bytes())) {
    const { number } = line
    if ('brokenOff' in line)
      return { outcomes, stopped: { line: number, reason: `cannot be read on: ${line.brokenOff}`, retry: false } }
    const outcome = await execute(line)
    if (isLeft(outcome)) {
      const { message: reason, retry } = outcome.left
      return { outcomes, stopped: { line: number, reason, retry } }
    }
    outcomes.push(outcome.right)
    printer.progress(`executing ${name}: ${outcomes.length} lines`)
  }
  return { outcomes, stopped: null }
}

/** Where it stopped, why, and what to do, in a sentence. */
export const whyStopped = (name: string, { line, reason, retry }: Stop): string => {
  const before = line > 1 ? 'what was carried out before it stays; ' : ''
  const again = 'run it all again, which goes on at that line'
  return `stopped at line ${line} of ${name}: ${reason}; ${before}${retry ? again : `when that is mended, ${again}`}`
}

const eventsOf = (outcomes: ReadonlyArray<Outcome>): number =>
  outcomes.reduce((sum, one) => sum + (one.outcome === 'done' ? one.events.length : 0), 0)

const most = 20

/** Codes whose reason is a sentence that needs no other. */
const saysItAll: ReadonlySet<string> = new Set([
  'CommandMalformed',
  'NameUnknown',
  'IdNeeded',
  'DuplicateId',
  'KnownSinceNotAllowed',
])

const told = (
  file: string,
  outcomes: ReadonlyArray<Outcome>,
  rejected: ReadonlyArray<Rejected>,
  { lang }: ExecuteOptions,
  printer: Printer,
): string => {
  const words = executeWordsOf[lang]
  const outcome = (wanted: Outcome['outcome']): number => outcomes.filter((one) => one.outcome === wanted).length
  const summary = words.summary(file === standardInput ? words.input : file, {
    lines: outcomes.length,
    done: outcome('done'),
    events: eventsOf(outcomes),
    before: outcome('done-before'),
    nothing: outcome('nothing-to-do'),
    rejected: rejected.length,
  })
  const listed = rejected
    .slice(0, most)
    .flatMap(({ line, type, reason }) => printer.sentence(`${words.line(line, type)}: ${reason}`, 2))
  return [
    ...printer.sentence(summary, 0),
    ...(rejected.length === 0 ? [] : ['', words.rejected, ...listed]),
    ...(rejected.length > most ? [`  ${words.more(rejected.length - most)}`] : []),
    ...(rejected.every(({ code }) => saysItAll.has(code)) ? [] : ['', ...printer.sentence(words.explained, 0)]),
    '',
  ].join('\n')
}
