// publish-command.ts: smagruppe rules check and publish: rules out of a file, held against all that stands, and published

import {
  canonical,
  type EventId,
  type ExecuteError,
  instantOf,
  type KnownSinceNotAllowed,
  type Language,
  type Layer,
  type LegalDate,
  notationOf,
  type PublishableRule,
  type PublishedPack,
  publishable,
  type Register,
  type RulesRefusal,
  type Scrutinised,
  type WrittenRules,
  writtenRules,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { type Failure, withRegister } from './opening.ts'
import { json } from './output.ts'
import type { Printer } from './printer.ts'
import { forWhom, type Whom } from './publish-whom.ts'
import { jsonIn } from './rules-file.ts'
import type { SchemeName } from './schemes.ts'
import { wordsOf } from './words.ts'

export interface PublishOptions {
  readonly store: string
  readonly vault?: string
  readonly projections?: string
  readonly scheme?: SchemeName
  readonly layer: Layer
  readonly for?: string
  readonly effective: LegalDate
  readonly until?: LegalDate
  readonly digest?: string
  readonly role?: string
  readonly by: string
  readonly lang: Language
  readonly json?: boolean
}

/** Says all that is wrong with the rules in a file, or what they would be published as; stores nothing. */
export const checkRulesCommand = (
  file: string,
  options: PublishOptions,
  printer: Printer,
): Promise<Either<Failure, void>> =>
  withRegister(options, printer, async (register) => {
    const looked = await lookedAt(register, file, options)
    if (isLeft(looked)) return looked
    return told(looked.right, looked.right.isPublished ? 'before' : 'can be', file, options, printer)
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
    const { problems, isPublished, command } = looked.right
    if (problems.length > 0 || isPublished) return told(looked.right, 'before', file, options, printer)
    const done = await register.execute(command, { actor: actorOf(options) })()
    if (isLeft(done)) return left({ message: whatHappened(done.left, file) })
    return told(looked.right, 'now', file, options, printer)
  })

interface Looked {
  readonly problems: ReadonlyArray<Problem>
  /** What can be done about rules that stand where these should; null: none do. */
  readonly inTheWay: string | null
  readonly isPublished: boolean
  readonly event: Scrutinised['event']
  readonly command: object
  /** The values that the rules of the file differ in from what they begin from. */
  readonly changes: ReadonlyArray<Change>
}

interface Problem {
  readonly path: string
  readonly found: string
  readonly expected: string
}

interface Change {
  readonly parameter: string
  /** Null for a layer, which stands below others. */
  readonly before: unknown
  readonly after: unknown
}

const lookedAt = async (
  register: Register,
  file: string,
  options: PublishOptions,
): Promise<Either<Failure, Looked>> => {
  const written = await jsonIn(file)
  if (isLeft(written)) return written
  const whom = await forWhom(register, options)
  if (isLeft(whom)) return whom
  // Also what is known only later, as from sheets that run ahead of today: it may not be published over.
  const published = await register.published({ asKnownAt: instantOf(Number.POSITIVE_INFINITY) })()
  if (isLeft(published)) return published
  const packs = published.right
    .flatMap(({ id, event }) => (event.type === 'RulePackPublished' ? [{ ...event.data, event: id }] : []))
    .sort(byDate)
  const inForce = packs.findLast(({ from }) => from <= options.effective)
  const stands = parametersOf(inForce, register)
  const isPack = whom.right.layer === 'national'
  const rules = writtenRules(written.right, {
    zone: inForce?.zone ?? register.rules.zone,
    parameters: isPack ? stands : null,
  })
  const command = commandFor(register, whom.right, rules, options, inForce)
  const looked = await register.scrutinised(command, actorOf(options))()
  if (isLeft(looked)) return left({ message: whatHappened(looked.left, file) })
  const { refusals, event, isPublished } = looked.right
  const named =
    whom.right.layer === 'dispensation' ? rules.problems.filter(({ path }) => path !== 'name') : rules.problems
  // Where no pack is in force there is none to name, and that it begins too early is told.
  const told = refusals.map(problemOf).filter(({ path }) => path !== 'basis' || inForce !== undefined)
  const problems = [...named, ...told]
  const inTheWay = refusals.some(({ _tag }) => _tag === 'RulesOverlap') ? whatToTakeBack(packs.at(-1), isPack) : null
  return right({ problems, inTheWay, isPublished, event, command, changes: changesIn(event, isPack ? stands : {}) })
}

const byDate = (one: PublishedPack, other: PublishedPack): number => (one.from < other.from ? -1 : 1)

type Pack = PublishedPack & { readonly event: EventId }

const whatToTakeBack = (last: Pack | undefined, isPack: boolean): string =>
  isPack && last !== undefined
    ? `if ${last.name} was published by mistake, take it back first: smagruppe rules retract ${last.event} --role authority`
    : 'smagruppe rules lists what stands there; if it was published by mistake, smagruppe rules retract takes it back'

/** What a pack says, with permissions; where none was published, what the register was founded with and what is usual. */
const parametersOf = (
  pack: PublishedPack | undefined,
  { scheme }: Register,
): Readonly<Record<string, PublishableRule>> => {
  const founding = publishable(scheme.founding)
  if (pack === undefined) return founding
  const said = Object.entries(pack.parameters).map(([name, rule]) => [name, { permission: 'fixed', ...rule }])
  return { ...founding, ...Object.fromEntries(said) }
}

const commandFor = (
  { scheme }: Register,
  whom: Whom,
  { name, zone, parameters }: WrittenRules,
  { effective: from, digest, ...options }: PublishOptions,
  inForce: PublishedPack | undefined,
): object => {
  const until = options.until ?? null
  const said = { scheme: scheme.id, from, parameters, ...(digest === undefined ? {} : { digest }) }
  // A command asks for a name; that there is none in the file is told already.
  const named = name === '' ? '-' : name
  switch (whom.layer) {
    case 'national':
      return { type: 'PublishRulePack', data: { ...said, name: named, zone } }
    case 'dispensation':
      return { type: 'GrantDispensation', data: { ...said, doctor: whom.doctor, until } }
    default:
      return {
        type: 'AdoptLocalAdaptation',
        data: { ...said, name: named, scope: whom, until, basis: inForce?.digest ?? unpublishedBasis },
      }
  }
}

/** Where no pack is in force, nothing can be adapted; the refusal says so. */
const unpublishedBasis = `sha256:${'0'.repeat(64)}`

/** Whoever only looks, looks as the one who could publish it. */
const actorOf = ({ by, role, layer }: PublishOptions) => ({
  id: by,
  role: role ?? (layer === 'national' || layer === 'dispensation' ? 'authority' : 'local-authority'),
})

const problemOf = (refusal: RulesRefusal): Problem =>
  refusal._tag === 'NotForThisActor'
    ? { path: '--role', found: refusal.role, expected: refusal.needed }
    : { path: refusal.path, found: refusal.found, expected: refusal.expected }

const changesIn = (
  event: Scrutinised['event'],
  stands: Readonly<Record<string, PublishableRule>>,
): ReadonlyArray<Change> =>
  Object.entries(event?.data.parameters ?? {}).flatMap(([parameter, { value }]) => {
    const before = stands[parameter]?.value ?? null
    return canonical(before) === canonical(value) ? [] : [{ parameter, before, after: value }]
  })

/** What became of the file: it can be published, was now, or was before. */
type Outcome = 'can be' | 'now' | 'before'

const told = (
  { problems, inTheWay, event, isPublished, changes }: Looked,
  outcome: Outcome,
  file: string,
  { layer, effective: from, lang, json: asJson, ...options }: PublishOptions,
  printer: Printer,
): Either<Failure, void> => {
  const until = options.until ?? null
  const digest = event?.data.digest ?? null
  const isRefused = problems.length > 0
  if (asJson === true)
    printer.out(
      json({
        layer,
        from,
        until,
        digest,
        published: !isRefused && (isPublished || outcome === 'now'),
        problems,
        changes,
      }),
    )
  if (isRefused)
    return left({
      message: [
        `the rules in ${file} cannot be published:`,
        ...problems.map(lineOf),
        ...(inTheWay === null ? [] : [inTheWay]),
      ].join('\n'),
    })
  if (asJson === true) return right(undefined)
  const { rules: words } = wordsOf[lang]
  const { date } = notationOf[lang]
  const named = event !== null && 'name' in event.data ? `: ${event.data.name}` : ''
  const term = words.term(date(from), until === null ? null : date(until))
  const rows = changes.map(({ parameter, before, after }) => [
    parameter,
    before === null ? '' : shown(before),
    shown(after),
  ])
  const columns = [{ heading: words.parameter }, { heading: words.before }, { heading: words.after }]
  const lines = [
    ...printer.sentence(`${words.outcome[outcome]}${named}, ${words.layer[layer]}, ${term}`, 0),
    ...printer.sentence(digest ?? '', 2),
    '',
    rows.length === 0 ? words.noChanges : printer.table(columns, rows),
  ]
  printer.out(`${lines.join('\n')}\n`)
  return right(undefined)
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : canonical(value))

const lineOf = ({ path, found, expected }: Problem): string =>
  `  ${path === '' ? 'the whole' : path}: found ${found}, expected ${expected}`

/** What came in between, in one line. */
const whatHappened = (error: ExecuteError | KnownSinceNotAllowed, file: string): string => {
  if ('message' in error) return error.message
  if (error._tag === 'CommandMalformed') return `the rules in ${file} cannot be published: ${error.found}`
  if (error._tag === 'UndecodableEvent') return `an event of the rules cannot be read: ${error.reason}`
  return `the rules in ${file} were not published, for others were meanwhile: check them again`
}
