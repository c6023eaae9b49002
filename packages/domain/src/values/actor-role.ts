// actor-role.ts: in which capacity somebody acts on the register

import type { Actor } from '../kernel/event.ts'

/** Brings history in: what it says was so, and is recorded rather than judged by the rules of planning. */
export const importer = 'importer'

/** The Medical Association: the only one who opens, extends or decides a period, and who publishes rules for the whole country. */
export const authority = 'authority'

/** Whoever a region or a hospital lets adapt the national rules to what is so there. Of which of them, the app must know. */
export const localAuthority = 'local-authority'

/** Whether the actor brings history in. */
export const isImporter = ({ role }: Actor): boolean => role === importer

/** Whether the actor is the authority. */
export const isAuthority = ({ role }: Actor): boolean => role === authority

/** Whether the actor may adapt the national rules for a region, a hospital or a group. */
export const mayAdaptRules = ({ role }: Actor): boolean => role === localAuthority || role === authority
