// index.ts: rules as data, published in layers

export type { GroupsPlace, KnownOfScheme, Rulebook } from './beside.ts'
export type { Change, Changes, ChangesProblem, Permission, Range, RulesProblem, RulesProblemOf } from './changes.ts'
export { ruleNames } from './changes.ts'
export { danishPack } from './danish-pack.ts'
export { defaultPack } from './default-pack.ts'
export { Digest, digestOf } from './digest.ts'
export {
  byOnePack,
  type Circumstances,
  inForce,
  nationally,
  type RulesInForce,
  type RulesUnknown,
  rulesInForce,
} from './in-force.ts'
export type { LayerInForce } from './layering.ts'
export { type PackProblem, packFrom } from './pack-file.ts'
export { type PublishableRule, publishable, usualPermissions } from './publication.ts'
export { type Begun, type WrittenRules, writtenRules } from './publication-file.ts'
export {
  type AppliedRule,
  type DeclarationRule,
  noSource,
  type PlanningRule,
  type RoundingRule,
  type Rule,
  type RuleName,
  type RulePack,
  type Rules,
  type RuleValues,
  rulesNamed,
  type SetBy,
  type Source,
  type WindowRule,
} from './rule-pack.ts'
export { rulebook, rulebookKnowing } from './rulebook.ts'
export { type RulesCommand, rulesCommands } from './rules-commands.ts'
export {
  type Adaptation,
  type Dispensation,
  type PublishedPack,
  type RulesEvent,
  rulesEvents,
  Scope,
} from './rules-events.ts'
export { denmark, norway, type Scheme, schemeNamed } from './scheme.ts'
export { type RulesRefusal, type Scrutinised, scrutinise } from './scrutiny.ts'
export type { SetAside } from './set-aside.ts'
export type { Objection } from './standing.ts'
