import { doubtCases } from './doubts.test-kit.ts'

doubtCases('db-client')
