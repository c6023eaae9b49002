import { openingCases } from './opening.test-kit.ts'

openingCases('kurrentdb-client')
