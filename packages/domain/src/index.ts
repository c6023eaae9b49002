// index.ts: the face of @smagruppe/domain

export * from './doctor/index.ts'
export * from './group/index.ts'
export * from './hospital/index.ts'
export * from './kernel/index.ts'
export * from './points/index.ts'
export * from './projections/index.ts'
export * from './register/index.ts'
export * from './rules/index.ts'
export * from './session/index.ts'
export * from './statement/index.ts'
export * from './topic/index.ts'
export * from './values/index.ts'
