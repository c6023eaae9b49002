import { pairCases } from './every-pair.test-kit.ts'

pairCases('kurrentdb-client')
