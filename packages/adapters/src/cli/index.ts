// index.ts: the command `smagruppe`: import a folder, ask the register

import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { checkCommand } from './check-command.ts'
import { copyCommand } from './copy-command.ts'
import { executeCommand } from './execute-command.ts'
import { standardInput } from './execute-lines.ts'
import { listCommands } from './execute-list.ts'
import { explainCommand } from './explain-command.ts'
import { forecastCommand } from './forecast-command.ts'
import { importCommand } from './import-command.ts'
import type { Failure } from './opening.ts'
import {
  asOfOption,
  byOption,
  csvOption,
  file,
  hprArgument,
  htmlOption,
  jsonOption,
  keepVaultWithItsStore,
  knownAtOption,
  langOption,
  place,
  placeBeside,
  projectionsOption,
  rulesOption,
  saying,
  storeOption,
  trackOption,
  vaultOption,
  withExamples,
  withoutPasswords,
} from './options.ts'
import { pointsCommand } from './points-command.ts'
import { type Printer, printerOn, type Streams } from './printer.ts'
import { programmeCommand } from './programme-command.ts'
import { addProjectionsCommands } from './projections-command.ts'
import { registerCommand } from './register-command.ts'
import { addRulesCommands } from './rules-commands.ts'
import { schemeOption } from './schemes.ts'
import { topicsCommand } from './topics-command.ts'
import { whatIfCommand } from './what-if-command.ts'

export { type AnswerSheet, type AnswerSheets, answerSheets } from './answer-sheets.ts'
export type { Failure } from './opening.ts'
export type { Streams } from './printer.ts'
export { rulesIn } from './rules-file.ts'
export type { Screen } from './screen.ts'

/** How a command ended: 0 done, 2 wrong usage, 130 interrupted, 1 anything else. */
export type ExitCode = 0 | 1 | 2 | 130

/** Runs `smagruppe` with these words; rejected rows are a report, not a failure. Never throws. */
export const run = async (words: ReadonlyArray<string>, streams: Streams): Promise<ExitCode> => {
  // A password may stand in any message, as one of the words that were said.
  const printer = printerOn({ ...streams, err: (text) => streams.err(withoutPasswords(text)) })
  let code: ExitCode = 0
  const ended = (result: Either<Failure, void>): void => {
    if (!isLeft(result)) return
    printer.err(`smagruppe: ${result.left.message}\n`)
    code = result.left.exit ?? 1
  }
  try {
    await programme(streams, printer, ended).parseAsync([...words], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    printer.err(`smagruppe: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  } finally {
    printer.done()
  }
}

const programme = (streams: Streams, printer: Printer, ended: (result: Either<Failure, void>) => void): Command => {
  const program = new Command('smagruppe')
    .description('A register of small groups of doctors: sheets in, the register, the topics and explained points out.')
    .version(version(), '--version', 'print the version')
    .helpOption('--help', 'print this')
    .helpCommand('help [command]', 'print the help of a command')
    .configureOutput({
      writeOut: printer.out,
      writeErr: printer.err,
      outputError: (text, write) => write(text.replace(/^error:/, 'smagruppe:')),
      getOutHelpWidth: () => printer.width,
      getErrHelpWidth: () => printer.width,
      getOutHasColors: () => true,
      getErrHasColors: () => true,
    })
    .configureHelp({ styleTitle: (title) => printer.toned('heading', title) })
    .showHelpAfterError('(add --help for what can be said)')
    .exitOverride()
    .hook('preAction', (_, command) => keepVaultWithItsStore(command))

  const command = (name: string, description: string): Command => program.command(name).description(description)

  const asking = (name: string, description: string): Command =>
    command(name, description)
      .addOption(storeOption())
      .addOption(vaultOption())
      .addOption(projectionsOption())
      .addOption(asOfOption())
      .addOption(knownAtOption())
      .addOption(langOption(streams))
      .addOption(jsonOption())

  withExamples(
    command('import', 'bring the sheets of a folder in; importing again adds nothing twice')
      .argument('<folder>', 'the folder with doctors.csv, groups.csv, sessions.csv …')
      .addOption(storeOption())
      .addOption(vaultOption())
      .addOption(projectionsOption())
      .option(
        '--source <name>',
        'whose sheets these are; two sources may mean different things by one id',
        'contact-point',
      )
      .option('--rejected <file>', 'write the rows that were not taken to this CSV file')
      .option('--flagged <file>', 'write the rows that deserve a look to this CSV file')
      .option('--rehearse', 'where the sheets run ahead of today, record at their last date instead of now')
      .addOption(langOption(streams))
      .addOption(jsonOption())
      .action(async (folder, options) => ended(await importCommand(folder, options, printer))),
    'smagruppe import sheets --store register.db --rejected rejected.csv',
  )

  withExamples(
    command('execute', 'record facts that sheets have no rows for: commands as JSON, a line each, in their order')
      .argument('[file]', 'the file with the commands; - for standard input', fileOrInput)
      .addOption(storeOption())
      .addOption(vaultOption())
      .addOption(projectionsOption())
      .addOption(schemeOption())
      .option('--source <name>', 'whose names of groups, sessions … the lines say, as for import', 'contact-point')
      .option(
        '--role <role>',
        'in which capacity: authority and local-authority may do what others may not, importer brings history in',
        saying('Say in which capacity.'),
        'coordinator',
      )
      .addOption(byOption('smagruppe execute'))
      .option('--list', 'print every command there is and what its data holds, and execute nothing')
      .addOption(langOption(streams))
      .addOption(jsonOption())
      .action(async (from, options, command) => {
        if (options.list === true) return listCommands(options, printer)
        if (from === undefined) return command.error("error: missing required argument 'file'")
        ended(await executeCommand(from, options, streams.input ?? nothingToRead, printer))
      }),
    'smagruppe execute courses.jsonl --store register.db',
    'smagruppe execute - --store register.db --role authority < decisions.jsonl',
    'smagruppe execute --list',
  )

  withExamples(
    asking('register', 'the groups on a date: size, declaration, contact')
      .addOption(csvOption())
      .addOption(rulesOption())
      .addOption(schemeOption())
      .action(async (options) => ended(await registerCommand(options, printer))),
    'smagruppe register --store register.db --as-of 2024-12-31',
  )

  withExamples(
    asking('topics', 'the topics that groups took up')
      .addOption(csvOption())
      .option('--counts', 'print how often each group took up each topic in a year')
      .action(async (options) => ended(await topicsCommand(options, printer))),
    'smagruppe topics --store register.db --as-of 2024-12-31 --csv topics.csv',
    'smagruppe topics --store register.db --counts',
  )

  withExamples(
    asking('points', 'the points of every doctor in the period that contains the date')
      .addOption(csvOption())
      .addOption(rulesOption())
      .addOption(schemeOption())
      .action(async (options) => ended(await pointsCommand(options, printer))),
    'smagruppe points --store register.db --as-of 2024-12-31 --known-at 2024-12-31',
    'smagruppe points --store register.db --lang nb --csv points.csv',
    'smagruppe points --store register.db --rules draft.json --csv draft-points.csv',
  )

  withExamples(
    asking('explain', 'why a doctor has these points, line by line')
      .addOption(rulesOption())
      .addOption(schemeOption())
      .addOption(trackOption())
      .addOption(htmlOption())
      .addArgument(hprArgument())
      .action(async (hpr, options) => ended(await explainCommand(hpr, options, printer))),
    'smagruppe explain 4618619 --store register.db --as-of 2024-12-31',
    'smagruppe explain 4618619 --store register.db --lang nb',
    'smagruppe explain 4618619 --store register.db --html points.html',
  )

  withExamples(
    asking(
      'forecast',
      'what a doctor will have with the planned sessions attended, what is missing then, and until when',
    )
      .addOption(rulesOption())
      .addOption(schemeOption())
      .addArgument(hprArgument())
      .action(async (hpr, options) => ended(await forecastCommand(hpr, options, printer))),
    'smagruppe forecast 4618619 --store register.db --as-of 2024-09-30',
  )

  withExamples(
    asking('programme', 'a doctor’s whole programme: what is demanded, what is there, what each activity counts')
      .addOption(rulesOption())
      .addOption(schemeOption())
      .addArgument(hprArgument())
      .action(async (hpr, options) => ended(await programmeCommand(hpr, options, printer))),
    'smagruppe programme 4618619 --store register.db --as-of 2024-12-31',
  )

  withExamples(
    asking('what-if', 'what a draft of rules would change: who gains, who loses, by how much and why')
      .argument('<file>', 'the draft, a JSON file, whole or only what differs from the rules in force', file)
      .addOption(schemeOption())
      .addOption(csvOption())
      .addOption(trackOption())
      .option('--lines', 'also tell every attendance that comes out otherwise, with its reasons')
      .action(async (draft, options) => ended(await whatIfCommand(draft, options, printer))),
    'smagruppe what-if draft.json --store register.db --as-of 2024-12-31',
    'smagruppe what-if draft.json --store register.db --csv what-if.csv',
  )

  addRulesCommands(
    command('rules', 'the rules in force and all that was published of them; checking and publishing rules in a file'),
    streams,
    printer,
    ended,
  )

  withExamples(
    command(
      'copy',
      'copy a register and its vault to another place, also while it is written to; again, to bring it up to date',
    )
      .argument('<from>', 'the register: a SQLite file, or a postgres:// or esdb:// URL', place)
      .argument('<to>', 'what to make, or to bring up to date, likewise', place)
      .option('--vault <place>', 'where the keys of persons are (default: beside <from>, as for --store)', placeBeside)
      .option('--to-vault <place>', 'where the keys of persons go (default: beside <to>, likewise)', placeBeside)
      .addOption(jsonOption())
      .action(async (from, to, options) => ended(await copyCommand(from, to, options, printer))),
    'smagruppe copy register.db /backup/register.db',
    'smagruppe copy register.db copy/register.db --to-vault keys/register.vault.db',
    'smagruppe copy register.db postgres://user@host/database',
    'smagruppe copy register.db esdb://host:2113 --to-vault keys.db',
  )

  withExamples(
    command('check', 'go over a register and its vault: damage, altered triggers, gaps, rights, settings')
      .addOption(storeOption())
      .addOption(vaultOption())
      .addOption(projectionsOption())
      .addOption(jsonOption())
      .action(async (options) => ended(await checkCommand(options, printer))),
    'smagruppe check --store /backup/register.db',
  )

  addProjectionsCommands(
    command('projections', 'how the read models stand; building them anew, trying again what could not be read'),
    printer,
    ended,
  )

  return withExamples(program, 'smagruppe import sheets --store register.db', 'smagruppe help explain')
}

const fileOrInput = (written: string): string => (written === standardInput ? written : file(written))

async function* nothingToRead() {}

/** The package's own, from beside its code, packed or not. */
const version = (): string => JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version
