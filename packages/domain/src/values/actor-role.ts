// actor-role.ts: in which capacity somebody acts on the register

import type { Actor } from '../kernel/event.ts'

/** Brings history in: what it says was so, and is recorded rather than judged by the rules of planning. */
export const importer = 'importer'

/** The Medical Association: the only one who opens, extends or decides a period. */
export const authority = 'authority'

/** Whether the actor brings history in. */
export const isImporter = ({ role }: Actor): boolean => role === importer

/** Whether the actor is the authority. */
export const isAuthority = ({ role }: Actor): boolean => role === authority
