// certificates.test-kit.ts: an authority and a certificate for the loopback, made when a test asks (a test fixture, not a product)

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'

export interface Certificate {
  readonly key: string
  readonly chain: string
  /** The file of the authority that signed it: what a client is told to trust. */
  readonly authorityFile: string
  readonly remove: () => void
}

/** A certificate of `127.0.0.1` and `localhost`, signed by an authority that nobody knows yet. */
export const newCertificate = async (): Promise<Certificate> => {
  const authority = await generate([{ name: 'commonName', value: 'test authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-certificate-'))
  const authorityFile = join(folder, 'authority.pem')
  writeFileSync(authorityFile, authority.cert)
  return {
    key: leaf.private,
    chain: leaf.cert,
    authorityFile,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
