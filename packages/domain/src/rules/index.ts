// index.ts: rules as data

export { defaultPack } from './default-pack.ts'
export { type AppliedRule, type Rule, type RuleName, type RulePack, rulesNamed, type Source } from './rule-pack.ts'
