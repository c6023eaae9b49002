import { doubtCases } from './doubts.test-kit.ts'

doubtCases('kurrentdb-client')
