// index.ts: rules as data

export { defaultPack } from './default-pack.ts'
export { type PackProblem, packFrom } from './pack-file.ts'
export {
  type AppliedRule,
  type DeclarationRule,
  type RoundingRule,
  type Rule,
  type RuleName,
  type RulePack,
  type Rules,
  type RuleValues,
  rulesNamed,
  type Source,
  type WindowRule,
} from './rule-pack.ts'
