// index.ts: the read models, and the questions they answer

export { factsKnown, type Question } from './as-known.ts'
export { type DoctorEvidence, doctorEvidence, type GroupEvidence, groupEvidence, sessionEvidence } from './evidence.ts'
export {
  type GroupEntry,
  groupOn,
  groupRegister,
  groupsByPlace,
  type SizeDistribution,
  sizeDistribution,
} from './group-register.ts'
export { type History, historyOf, streamHistory } from './history.ts'
export { type DepartmentEntry, directoryOn, type HospitalEntry, hospitalDirectory } from './hospital-directory.ts'
export { doctorMerges, nobodyMerged, type Persons, personsKnown } from './persons.ts'
export { plannedSessions } from './planned-sessions.ts'
export { publishedRules } from './published-rules.ts'
export { type Named, type Referred, referenceKey, references } from './references.ts'
export { statementKnown, statements } from './statements.ts'
export {
  type TopicCount,
  type TopicEntry,
  topicCounts,
  topicLog,
  topics,
  topicsAt,
  type Vocabulary,
  vocabulary,
} from './topic-log.ts'
