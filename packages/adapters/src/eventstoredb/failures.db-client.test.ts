import { failureCases } from './failures.test-kit.ts'

failureCases('db-client')
