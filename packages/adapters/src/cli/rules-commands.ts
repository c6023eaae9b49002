// rules-commands.ts: the parts of smagruppe rules: what is in force; rules in a file checked and published; what was published taken back

import { authority, Digest, EventId, layers, localAuthority } from '@smagruppe/domain'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Failure } from './opening.ts'
import {
  asOfOption,
  byOption,
  dateOption,
  digestOption,
  file,
  jsonOption,
  knownAtOption,
  langOption,
  projectionsOption,
  refuseUnknownPart,
  saying,
  storeOption,
  vaultOption,
  withExamples,
} from './options.ts'
import type { Printer, Streams } from './printer.ts'
import { checkRulesCommand, publishRulesCommand } from './publish-command.ts'
import type { PublishOptions } from './publish-looking.ts'
import { retractRulesCommand } from './retract-command.ts'
import { rulesCommand } from './rules-command.ts'
import { schemeOption } from './schemes.ts'
import { wrongTogether } from './whom.ts'

type Ended = (result: Either<Failure, void>) => void

/** Gives the command `rules` its parts; without a word it is `show`. */
export const addRulesCommands = (rules: Command, streams: Streams, printer: Printer, ended: Ended): Command => {
  const part = (words: string, description: string, isDefault?: 'by default'): Command =>
    rules
      .command(words, { isDefault: isDefault === 'by default' })
      .description(description)
      .addOption(storeOption())
      .addOption(vaultOption())
      .addOption(projectionsOption())
      .addOption(schemeOption())
  const answering = (command: Command): Command => command.addOption(langOption(streams)).addOption(jsonOption())
  const publishing = (words: string, description: string): Command =>
    part(words, description)
      .argument('<file>', 'a JSON file with `name` and `parameters`; of a pack only what differs may be said', file)
      .addOption(new Option('--layer <layer>', 'at which level').choices([...layers]).default('national'))
      .addOption(
        new Option(
          '--for <whom>',
          'municipality numbers with commas between; a hospital; a group; an HPR number',
        ).argParser(saying('Say for whom.')),
      )
      .addOption(dateOption('--effective <date>', 'the first day on which they hold').makeOptionMandatory())
      .addOption(dateOption('--until <date>', 'the first day on which they no longer hold (default: no end)'))
      .addOption(digestOption())
      .addOption(byOption('smagruppe rules'))

  withExamples(
    answering(
      part('show', 'the rules in force on a date, and all that was published of them', 'by default')
        .allowExcessArguments()
        .addOption(asOfOption())
        .addOption(knownAtOption()),
    ).action(async (options, command) => {
      refuseUnknownPart(command)
      ended(await rulesCommand(options, printer))
    }),
    'smagruppe rules --store register.db --as-of 2024-12-31 --known-at 2024-12-31',
  )
  const usable = (options: PublishOptions, command: Command): PublishOptions => {
    const wrong = wrongTogether(options)
    return wrong === null ? options : command.error(`error: ${wrong}`)
  }
  withExamples(
    answering(
      publishing('check', 'all that is wrong with rules in a file before they are published; stores nothing').addOption(
        roleOption(),
      ),
    ).action(async (from, options, command) => {
      ended(await checkRulesCommand(from, usable(options, command), printer))
    }),
    'smagruppe rules check rules.json --effective 2026-01-01 --store register.db',
  )
  withExamples(
    answering(
      publishing('publish', 'publish the rules in a file; they are never changed afterwards').addOption(
        roleOption().makeOptionMandatory(),
      ),
    ).action(async (from, options, command) => {
      ended(await publishRulesCommand(from, usable(options, command), printer))
    }),
    'smagruppe rules publish rules.json --effective 2026-01-01 --role authority',
    'smagruppe rules publish local.json --layer group --for G1 \\',
    '  --effective 2026-01-01 --role local-authority',
  )
  withExamples(
    answering(
      part('retract', 'take back what was published by mistake; answers as known before stay as they were')
        .argument('<what>', 'the id of the event or the digest, as `smagruppe rules` prints them', published)
        .addOption(roleOption().makeOptionMandatory())
        .addOption(
          new Option('--reason <text>', 'why, without the name of a person')
            .default('no reason was given')
            .argParser(saying('Say why, or leave it out.')),
        )
        .addOption(byOption('smagruppe rules')),
    ).action(async (what, options) => ended(await retractRulesCommand(what, options, printer))),
    'smagruppe rules retract c2f5b3f0-6b0e-5d6c-9d0e-0f3c6f0a7e11 \\',
    '  --role authority --reason "the year was mistyped"',
  )
  return rules
}

const roleOption = (): Option =>
  new Option('--role <role>', 'in which capacity: the authority publishes all, a local authority adapts').choices([
    authority,
    localAuthority,
  ])

const published = (written: string): string => {
  if (EventId.is(written) || Digest.is(written)) return written
  throw new InvalidArgumentError('Write the id of an event or a digest, as `smagruppe rules` prints them.')
}
