import { othersCases } from './others.test-kit.ts'

othersCases('db-client')
