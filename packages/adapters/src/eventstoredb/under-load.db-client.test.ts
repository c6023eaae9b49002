import { underLoadCases } from './under-load.test-kit.ts'

underLoadCases('db-client')
