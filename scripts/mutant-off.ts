// mutant-off.ts: what a test file does while it is read must not meet the mutant of the run before; Stryker switches its own on afterwards
const stryker: unknown = Reflect.get(globalThis, '__stryker__')
if (typeof stryker === 'object' && stryker !== null) Reflect.set(stryker, 'activeMutant', undefined)
