// statement-words.ts: how a statement stands, told in English and Norwegian

import { theBeginning } from '../kernel/instant.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { RulesEvent } from '../rules/rules-events.ts'
import type { JudgingRules } from '../statement/statement.ts'
import type { Track } from '../values/track.ts'
import { type Language, phrasesOf } from './language.ts'
import { clockIn, momentIn } from './moment.ts'
import type { StatementStanding } from './stating.ts'

interface StatementWords {
  readonly stated: (mandatory: string, elective: string, overflow: string) => string
  readonly now: (mandatory: string, elective: string, overflow: string) => string
  readonly asIssued: (track: Track, date: string, asKnown: string) => string
  readonly current: string
  readonly stale: string
  readonly superseded: (by: string) => string
  readonly rulesCame: string
  readonly rulesWent: string
  readonly unpublished: string
  readonly published: { readonly [Type in RulesEvent['type']]: string }
  readonly came: string
  readonly went: string
  readonly since: string
  readonly takenBack: (fact: string) => string
}

const words: Readonly<Record<Language, StatementWords>> = {
  en: {
    asIssued: (track, date, asKnown) =>
      `Stated for ${track === 'resertification' ? 'resertification' : 'specialist training'} of ${date}, ${asKnown}`,
    stated: (mandatory, elective, overflow) =>
      `Then: mandatory ${mandatory}, elective ${elective}, beyond both ${overflow}`,
    now: (mandatory, elective, overflow) =>
      `Now: mandatory ${mandatory}, elective ${elective}, beyond both ${overflow}`,
    current: 'It says what is so.',
    stale: 'It is stale: what it rests on has changed.',
    superseded: (by) => `Statement ${by} has taken its place.`,
    rulesCame: 'Rules that judge now, and did not then:',
    rulesWent: 'Rules that judged then, and do not now:',
    unpublished: 'published by nobody',
    published: {
      RulePackPublished: 'national rules published',
      LocalAdaptationAdopted: 'local adaptation adopted',
      DispensationGranted: 'dispensation granted',
    },
    came: 'Rests on now, and did not then:',
    went: 'Rested on then, and does not now:',
    since: 'Recorded since:',
    takenBack: (fact) => `${fact}, taken back`,
  },
  nb: {
    asIssued: (track, date, asKnown) =>
      `Attestert for ${track === 'resertification' ? 'resertifisering' : 'spesialistutdanning'} per ${date}, ${asKnown}`,
    stated: (mandatory, elective, overflow) =>
      `Da: obligatoriske ${mandatory}, valgfrie ${elective}, ut over begge ${overflow}`,
    now: (mandatory, elective, overflow) =>
      `Nå: obligatoriske ${mandatory}, valgfrie ${elective}, ut over begge ${overflow}`,
    current: 'Attesten stemmer.',
    stale: 'Attesten er foreldet: det den bygger på, er endret.',
    superseded: (by) => `Attest ${by} har tatt dens plass.`,
    rulesCame: 'Regler som gjelder nå, men ikke da:',
    rulesWent: 'Regler som gjaldt da, men ikke nå:',
    unpublished: 'ikke publisert av noen',
    published: {
      RulePackPublished: 'nasjonale regler publisert',
      LocalAdaptationAdopted: 'lokal tilpasning vedtatt',
      DispensationGranted: 'dispensasjon gitt',
    },
    came: 'Bygger nå på, men ikke da:',
    went: 'Bygde da på, men ikke nå:',
    since: 'Registrert siden:',
    takenBack: (fact) => `${fact}, trukket tilbake`,
  },
}

/** Rules that judged, in words: their level, the event that published them and the digest that they go by. */
export const judgingRulesText = ({ layer, event, digest }: JudgingRules, language: Language = 'en'): string =>
  `${phrasesOf[language].layer[layer]} (${event ?? words[language].unpublished}, ${digest})`

/** How a statement stands, line by line: what it said, whether that is still so, and if not, why and what would be said now. */
export const statementText = (
  { stated, supersededBy, stale, now }: StatementStanding,
  { zone }: Pick<RulePack, 'zone'>,
  language: Language = 'en',
): ReadonlyArray<string> => {
  const say = words[language]
  const phrases = phrasesOf[language]
  const called = (type: string): string => {
    const how = (['Corrected', 'Retracted'] as const).find((end) => type.endsWith(end))
    const name = how === undefined ? type : type.slice(0, -how.length)
    const { published } = say
    const fact = isName(name, phrases.fact) ? phrases.fact[name] : isName(name, published) ? published[name] : name
    return how === undefined ? fact : how === 'Corrected' ? phrases.corrected(fact) : say.takenBack(fact)
  }
  const recorded = ({ id, type, knownSince, recordedAt }: NonNullable<typeof stale>['since'][number]): string =>
    `  ${phrases.recorded({
      name: called(type),
      type,
      id,
      knownSince: knownSince === theBeginning ? null : momentIn(zone, knownSince),
      recordedAt: clockIn(zone, recordedAt),
    })}`
  const judging = (rules: JudgingRules): string => `  ${judgingRulesText(rules, language)}`
  const shown = phrases.points
  const under = (heading: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
    lines.length === 0 ? [] : [heading, ...lines]
  return [
    say.asIssued(
      stated.track,
      phrases.date(stated.effectiveThrough),
      phrases.asKnown(momentIn(zone, stated.asKnownAt)),
    ),
    say.stated(shown(stated.mandatory), shown(stated.elective), shown(stated.overflow)),
    ...(stale === null
      ? [say.current]
      : [
          say.stale,
          say.now(shown(now.mandatory), shown(now.elective), shown(now.overflow)),
          ...under(say.rulesCame, stale.rulesCame.map(judging)),
          ...under(say.rulesWent, stale.rulesWent.map(judging)),
          ...under(say.came, stale.came.map(recorded)),
          ...under(
            say.went,
            stale.went.map(({ id, type }) => `  ${called(type)} (${type} ${id})`),
          ),
          ...under(say.since, stale.since.map(recorded)),
        ]),
    ...(supersededBy === null ? [] : [say.superseded(supersededBy)]),
  ]
}

const isName = <Name extends string>(type: string, called: { readonly [N in Name]: string }): type is Name =>
  Object.hasOwn(called, type)
