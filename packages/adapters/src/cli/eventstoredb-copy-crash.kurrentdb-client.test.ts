import { copyCrashCases } from './eventstoredb-copy-crash.test-kit.ts'

copyCrashCases('kurrentdb-client')
