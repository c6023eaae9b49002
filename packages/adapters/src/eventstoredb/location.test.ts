// location.test.ts: what is read in a URL, what is refused, and what the clients are told of it

import { describe, expect, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { parseEventStoreDbUrl } from './location.ts'

const told = (url: string, password?: string): string =>
  rightOf(parseEventStoreDbUrl(url)).connectionString('kurrentdb', password)

describe('the URL of an EventStoreDB', () => {
  test.for([
    ['esdb://127.0.0.1?tls=false', 'kurrentdb://127.0.0.1:2113?tls=false'],
    ['esdb://h', 'kurrentdb://h:2113'],
    ['esdb://h:2114/', 'kurrentdb://h:2114'],
    ['esdb://a,b:3/?tls=false', 'kurrentdb://a:2113,b:3?tls=false'],
    ['KurrentDB+Discover://u:p@h?TLS=true&register=one', 'kurrentdb+discover://u:p@h:2113?tls=true'],
    // A colon or a percent sign would end the password for the clients, and @ in an option begin the hosts.
    ['esdb://u:p%40%2F:%25@h:1', 'kurrentdb://u:p%40%2F%3A%25@h:1'],
    ['esdb://h:1?tlsCAFile=/a%40b/ca.pem', 'kurrentdb://h:1?tlsCAFile=%2Fa%40b%2Fca.pem'],
  ])('%s is told to a client as %s', ([url = '', expected = '']) => {
    expect(told(url)).toBe(expected)
  })

  test('its password may be in a file, and then is told as that file says it', () => {
    const url = 'esdb://secretary@h:1?passwordFile=/run/secrets/esdb&tls=true'
    expect(rightOf(parseEventStoreDbUrl(url)).passwordFile).toBe('/run/secrets/esdb')
    expect(told(url, 'p@:/')).toBe('kurrentdb://secretary:p%40%3A%2F@h:1?tls=true')
  })

  test.for([
    ['esdb://u:secret@h:99999', 'a port in the URL is none'],
    ['esdb+discover://u:secret@a:2113,b:0', 'a port in the URL is none'],
    ['esdb://u:12?secret@h:1', 'write %40 for @'],
    ['esdb://u:secret@h:1?keepAliveInterval=file', 'of keepAliveInterval what it does not take'],
    ['esdb://u:secret@h:1?tls=file', 'of tls what it does not take'],
    ['esdb://u:secret@h:1?nodePreference=file', 'of nodePreference what it does not take'],
    ['esdb://u:secret@h:1?tlsCAFile=%', 'of tlsCAFile what it does not take'],
    ['esdb://u:secret%@h:1', 'with %25 for %'],
    ['esdb://u:secret@h:1?userCertFile=a', 'go together'],
    ['esdb://u:secret@h:1?passwordFile=a', 'a user needs a password'],
    ['esdb://h:1?passwordFile=a', 'a user needs a password'],
    ['esdb://u@h:1', 'passwordFile='],
    ['esdb://u:secret@[::1]:2113', 'no IPv6 address'],
    ['esdb://[::1]', 'no IPv6 address'],
    ['esdb:/u:secret@h', 'this is no URL of an EventStoreDB'],
    ['esdb://u:secret@h:x', 'this is no URL of an EventStoreDB'],
  ])('%s is refused: %s', ([url = '', message = '']) => {
    const failure = leftOf(parseEventStoreDbUrl(url))
    expect(failure).toMatchObject({ reason: 'Unsupported', retry: false, message: expect.stringContaining(message) })
    expect(failure.message).not.toContain('secret')
  })
})
