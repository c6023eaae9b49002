// publish-command.ts: smagruppe rules check and publish

import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import { type Failure, withRegister } from './opening.ts'
import type { Printer } from './printer.ts'
import { whyNotDone } from './problems.ts'
import { lookedAt, notPublished, type PublishOptions } from './publish-looking.ts'
import { toldOfFile } from './publish-printed.ts'

/** Says all that is wrong with the rules in a file, or what they would be published as; stores nothing. */
export const checkRulesCommand = (
  file: string,
  options: PublishOptions,
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const looked = await lookedAt(register, file, options)
    if (isLeft(looked)) return looked
    return toldOfFile(looked.right, looked.right.isPublished ? 'before' : 'can be', { file, ...options }, printer)
  })

/** Publishes the rules in a file, where nothing is wrong with them. */
export const publishRulesCommand = (
  file: string,
  options: PublishOptions,
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const looked = await lookedAt(register, file, options)
    if (isLeft(looked)) return looked
    const { problems, isPublished, command, actor } = looked.right
    if (problems.length > 0 || isPublished) return toldOfFile(looked.right, 'before', { file, ...options }, printer)
    const done = await register.execute(command, { actor })()
    if (isLeft(done)) return left({ message: whyNotDone(done.left, notPublished(file)) })
    return toldOfFile(looked.right, 'now', { file, ...options }, printer)
  })
