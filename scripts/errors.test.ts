// errors.test.ts: every error that a call can give, and every reason of a store or a vault, is met in a test that this table names. The refusals of
// the domain, the codes of the importer, and the troubles with an EventStoreDB have tests that are such tables themselves: every-refusal.test.ts,
// every-code.test.ts, troubles-met.test-kit.ts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './code-blocks.ts'
import type { ErrorTag, FailureReason, RulesProblemField } from './every-error.ts'

/** The file, and the title of a test in it that meets the error and says so by its name. */
type Met = readonly [file: string, title: string]

const errors: Readonly<Record<ErrorTag, Met>> = {
  CommandMalformed: ['domain/src/register/hostile.property.test.ts', '$name as $place is no command'],
  KnownSinceNotAllowed: ['domain/src/register/register.test.ts', 'may be said by an importer only'],
  Refused: ['domain/src/register/every-refusal.test.ts', '%s'],
  HprHeldByAnother: [
    'domain/src/register/personal-data.test.ts',
    'S1-03a a number that another record holds is refused, and nothing is stored',
  ],
  TooManyConflicts: ['domain/src/kernel/handle.test.ts', 'so many times and no more: then it is said'],
  WrongExpectedRevision: ['adapters/src/sqlite/processes.test.ts', 'nothing is lost, doubled or in another order'],
  DuplicateEventId: [
    'domain/src/kernel/event-store.test.ts',
    'of the same ids again gives the first receipt, of some of them a refusal',
  ],
  AppendTooLarge: [
    'adapters/src/postgres/group-commit.test.ts',
    'an append that is too large is refused with its size',
  ],
  UnstorableText: [
    'adapters/src/contract/texts.ts',
    'text with a lone surrogate or U+0000 is refused, and nothing is stored',
  ],
  UndecodableEvent: ['domain/src/kernel/handle.test.ts', 'an event that cannot be decoded stops the command'],
  UnencodableEvent: [
    'domain/src/kernel/handle.test.ts',
    'an event that cannot be encoded is a defect of the decider, and nothing is stored',
  ],
  StoreFailure: ['adapters/src/sqlite/files.test.ts', 'a damaged file is a failure, not a crash'],
  VaultFailure: ['adapters/src/sqlite/presence.test.ts', 'the vault as well'],
  CheckpointMoved: [
    'domain/src/kernel/catch-up.test.ts',
    'are not switched to while those that serve go on between the look and the switch',
  ],
  NoSuchProjection: ['domain/src/register/operating.test.ts', 'of what nobody follows is refused, with what there is'],
  RulesUnknown: [
    'domain/src/register/published-rules.test.ts',
    'RulesUnknown: rules that cannot be read are an error for whoever knew them, not a guess',
  ],
  Stopped: ['domain/src/register/operating.test.ts', 'ends when its signal says so, and says how far it was'],
  NotACopy: ['adapters/src/copying/copy.test.ts', 'a target that holds something else is refused, and left as it is'],
  FolderUnreadable: ['adapters/src/csv/folder.test.ts', 'is not there'],
}

const reasons: Readonly<Record<FailureReason, Met>> = {
  Busy: ['adapters/src/sqlite/files.test.ts', 'a file that somebody holds locked is busy, and opens when it is let go'],
  Unavailable: ['adapters/src/sqlite/files.test.ts', 'what cannot be opened at all is said with its path'],
  ReadOnly: ['adapters/src/sqlite/group-commit.test.ts', 'a file opened for reading refuses what would write'],
  Full: ['adapters/src/sqlite/group-commit.test.ts', 'where the disk is full, what was answered is what is stored'],
  Damaged: ['adapters/src/sqlite/files.test.ts', 'a damaged file is a failure, not a crash'],
  Missing: [
    'adapters/src/postgres/opening.test.ts',
    'that are not there are Missing where they are expected, and nothing is made',
  ],
  Foreign: ['adapters/src/sqlite/opening.test.ts', 'a register whose vault was lost is not opened with a new one'],
  Newer: ['adapters/src/sqlite/files.test.ts', 'a file of a newer release is refused and left as it is'],
  Older: [
    'adapters/src/postgres/opening.test.ts',
    'of an older release are Older where they are expected, and brought up once by however many instances',
  ],
  Denied: ['adapters/src/postgres/failures.test.ts', 'a user without them is Denied'],
  Unsupported: ['adapters/src/sqlite/files.test.ts', 'what cannot be opened at all is said with its path'],
  Closed: ['adapters/src/sqlite/files.test.ts', 'after closing, every call says so, and closing again does nothing'],
  Superseded: ['domain/src/kernel/rebuild.test.ts', 'that a newer version has overtaken is told so'],
  AheadOfLog: ['domain/src/kernel/catch-up.test.ts', 'are said, and no answer comes from them'],
  Forgotten: [
    'adapters/src/vault/sealing.test.ts',
    'a person whose key was destroyed is forgotten, and gets no other key',
  ],
  Tampered: ['adapters/src/vault/sealing.test.ts', 'a box of one vault does not open in another'],
  Unknown: [
    'adapters/src/sqlite/group-commit.test.ts',
    'where the commit fails all get the failure, and nothing is stored',
  ],
}

/** A test from its title to the next one. */
const bodyOf = ([file, title]: Met): string => {
  const text = readFileSync(join(root, 'packages', file), 'utf8')
  const [, rest] = text.split(`${title}'`).length > 1 ? text.split(`${title}'`) : text.split(`${title}\``)
  return rest?.split(/\n {0,4}(?:test|describe|\w+Case)(?:\.\w+)?\(/)[0] ?? ''
}

test('what is wrong with a rules file is met in a test, field by field', () => {
  const fields: ReadonlyArray<RulesProblemField> = ['path', 'found', 'expected']
  expect(bodyOf(['domain/src/rules/pack-file.test.ts', '%j'])).toContain(`left([{ ${fields.join(', ')} }])`)
})

test.for(Object.entries({ ...errors, ...reasons }))('%s is met in a test', ([name, met]) => {
  expect(bodyOf(met)).toContain(`'${name}'`)
})
