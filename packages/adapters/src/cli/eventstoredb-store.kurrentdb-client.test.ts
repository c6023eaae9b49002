import { commandCases } from './eventstoredb-store.test-kit.ts'

commandCases('kurrentdb-client')
