import { troubleCases } from './troubles-met.test-kit.ts'

troubleCases('kurrentdb-client')
