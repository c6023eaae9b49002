// app.ts: the register over HTTP: commands as JSON in, answers with both times out

import {
  type Actor,
  CommandId,
  DoctorId,
  explanation,
  Instant,
  LegalDate,
  type Question,
  type Register,
  shownPoints,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type RegisterError, statusOf, toldToClient } from './http-errors.ts'

/** Who is behind a bearer token; null for nobody. Stands for the log-in that a real app has. */
export type LogIn = (token: string) => Actor | null

interface Variables {
  readonly actor: Actor
}

const largestBody = 64 * 1024

/** All of the app. It holds no state: what is asked twice is answered by the register's own memory of command ids. */
export const appOn = (register: Register, logIn: LogIn) => {
  const app = new Hono<{ Variables: Variables }>()

  app.use(async (c, next) => {
    const actor = logIn(c.req.header('Authorization')?.replace(/^Bearer /, '') ?? '')
    if (actor === null) return c.json({ _tag: 'NotLoggedIn' }, 401)
    c.set('actor', actor)
    return next()
  })

  app.post(
    '/commands',
    bodyLimit({ maxSize: largestBody, onError: (c) => c.json({ _tag: 'BodyTooLarge', limit: largestBody }, 413) }),
    async (c) => {
      // The client names its wish, so that it may ask again after a lost answer: the key is the command's id.
      const id = c.req.header('Idempotency-Key')
      if (!CommandId.is(id)) return c.json({ _tag: 'IdempotencyKeyNeeded', expected: 'a lower-case UUID' }, 400)
      const body = await jsonIn(await c.req.text())
      if (body === undefined) return c.json({ _tag: 'NotJson' }, 400)
      const receipt = await register.execute(body, { actor: c.get('actor'), id })()
      return isLeft(receipt) ? failed(c, receipt.left) : c.json(receipt.right)
    },
  )

  app.get('/groups', async (c) => {
    const question = questionIn(register, c.req.query())
    if (question === null) return c.json(badQuestion, 400)
    const groups = await register.groupRegister(question)()
    return isLeft(groups) ? failed(c, groups.left) : c.json({ ...question, groups: groups.right })
  })

  app.get('/doctors/:doctor/points', async (c) => {
    const question = questionIn(register, c.req.query())
    const doctor = c.req.param('doctor')
    if (question === null) return c.json(badQuestion, 400)
    if (!DoctorId.is(doctor)) return c.json({ _tag: 'NoDoctorId', found: doctor }, 400)
    const labels = await register.labels()
    if (isLeft(labels)) return failed(c, labels.left)
    const answer = await register.points(doctor, question)()
    if (isLeft(answer)) return failed(c, answer.left)
    const rules = await register.rulesInForce(question)()
    if (isLeft(rules)) return failed(c, rules.left)
    const { points, mandatory, elective, countedMinutes, pendingMinutes } = answer.right
    return c.json({
      ...question,
      countedMinutes,
      pendingMinutes,
      points: shownPoints(points),
      mandatory: shownPoints(mandatory),
      elective: shownPoints(elective),
      explanation: explanation(answer.right, rules.right, { doctor: String, group: labels.right.group }),
    })
  })

  return app
}

const badQuestion = {
  _tag: 'QuestionMalformed',
  expected: 'effectiveThrough as YYYY-MM-DD, asKnownAt as YYYY-MM-DDTHH:MM:SS.mmmZ, or neither',
}

/** The question of a query string: today and now where it does not say; null where it cannot be read. */
const questionIn = (register: Register, query: Record<string, string>): Question | null => {
  const { effectiveThrough, asKnownAt } = query
  if (effectiveThrough !== undefined && !LegalDate.is(effectiveThrough)) return null
  if (asKnownAt !== undefined && !Instant.is(asKnownAt)) return null
  return register.question({
    ...(effectiveThrough === undefined ? {} : { effectiveThrough }),
    ...(asKnownAt === undefined ? {} : { asKnownAt }),
  })
}

/** What a JSON text says; undefined where it is none. */
const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const retryAfterSeconds = '1'

const failed = (c: Context, error: RegisterError): Response => {
  const status = statusOf(error)
  if (status >= 500) console.error(error)
  if (status === 503) c.header('Retry-After', retryAfterSeconds)
  return c.json(toldToClient(error), status)
}
