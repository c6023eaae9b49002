// index.ts: the command `smagruppe`: import a folder, ask the register

import { Command, CommanderError } from 'commander'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { explainCommand } from './explain-command.ts'
import { importCommand } from './import-command.ts'
import type { Failure } from './opening.ts'
import {
  asOfOption,
  csvOption,
  hprArgument,
  jsonOption,
  knownAtOption,
  storeOption,
  vaultOption,
  withoutPasswords,
} from './options.ts'
import type { Streams } from './output.ts'
import { pointsCommand } from './points-command.ts'
import { registerCommand } from './register-command.ts'
import { topicsCommand } from './topics-command.ts'

export { type AnswerSheet, type AnswerSheets, answerSheets } from './answer-sheets.ts'
export type { Failure } from './opening.ts'
export type { Streams } from './output.ts'

/** How a command ended: 0 done, 2 wrong usage, 1 anything else. */
export type ExitCode = 0 | 1 | 2

/** Runs `smagruppe` with these words; rejected rows are a report, not a failure. Never throws. */
export const run = async (words: ReadonlyArray<string>, streams: Streams): Promise<ExitCode> => {
  let code: ExitCode = 0
  const ended = (result: Either<Failure, void>): void => {
    if (!isLeft(result)) return
    streams.err(`smagruppe: ${result.left.message}\n`)
    code = 1
  }
  try {
    await programme(streams, ended).parseAsync([...words], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    streams.err(`smagruppe: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}

const programme = (streams: Streams, ended: (result: Either<Failure, void>) => void): Command => {
  const program = new Command('smagruppe')
    .description('A register of small groups of doctors: sheets in, the register, the topics and explained points out.')
    .configureOutput({ writeOut: streams.out, writeErr: (text) => streams.err(withoutPasswords(text)) })
    .showHelpAfterError('(add --help for what can be said)')
    .exitOverride()
    .addHelpText('after', '\nExit codes: 0 done (rejected rows are a report), 2 wrong usage, 1 anything else.')

  program
    .command('import')
    .description('bring the sheets of a folder in; importing again adds nothing twice')
    .argument('<folder>', 'the folder with doctors.csv, groups.csv, sessions.csv …')
    .addOption(storeOption())
    .addOption(vaultOption())
    .option(
      '--source <name>',
      'whose sheets these are; two sources may mean different things by one id',
      'contact-point',
    )
    .option('--rejected <file>', 'write the rows that were not taken to this CSV file')
    .option('--flagged <file>', 'write the rows that deserve a look to this CSV file')
    .option('--rehearse', 'where the sheets run ahead of today, record at their last date instead of now')
    .addOption(jsonOption())
    .action(async (folder, options) => ended(await importCommand(folder, options, streams)))

  asking(program.command('register').description('the groups on a date: size, declaration, contact'))
    .addOption(csvOption())
    .action(async (options) => ended(await registerCommand(options, streams)))

  asking(program.command('topics').description('the topics that groups took up'))
    .addOption(csvOption())
    .option('--counts', 'print how often each group took up each topic in a year')
    .action(async (options) => ended(await topicsCommand(options, streams)))

  asking(program.command('points').description('the points of every doctor in the period that contains the date'))
    .addOption(csvOption())
    .action(async (options) => ended(await pointsCommand(options, streams)))

  asking(program.command('explain').description('why a doctor has these points, line by line'))
    .addArgument(hprArgument())
    .action(async (hpr, options) => ended(await explainCommand(hpr, options, streams)))

  return program
}

const asking = (command: Command): Command =>
  command
    .addOption(storeOption())
    .addOption(vaultOption())
    .addOption(asOfOption())
    .addOption(knownAtOption())
    .addOption(jsonOption())
