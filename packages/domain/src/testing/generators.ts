// generators.ts: random dates, presences and whole registers for property tests; needs fast-check

export { anyDate, anyInstant, anyPresence, anySpan, anyWholeMinute } from './arbitraries.ts'
export { anyRegister } from './random-register.ts'
export { doctorsOfRandomRegisters, groupsOfRandomRegisters, type Step } from './random-steps.ts'
