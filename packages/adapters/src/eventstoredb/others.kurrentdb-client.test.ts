import { othersCases } from './others.test-kit.ts'

othersCases('kurrentdb-client')
