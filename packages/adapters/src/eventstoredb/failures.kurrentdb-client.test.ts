import { failureCases } from './failures.test-kit.ts'

failureCases('kurrentdb-client')
