// index.ts: rules as data

export { defaultPack } from './default-pack.ts'
export type { Rule, RuleName, RulePack, Source } from './rule-pack.ts'
