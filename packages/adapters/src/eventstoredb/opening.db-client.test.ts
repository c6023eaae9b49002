import { openingCases } from './opening.test-kit.ts'

openingCases('db-client')
