import { troubleCases } from './troubles-met.test-kit.ts'

troubleCases('db-client')
