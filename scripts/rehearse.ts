// rehearse.ts: rehearses a release in a copy: versions, changelogs, and publishing to a registry that only listens
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { root } from './code-blocks.ts'
import { manifest, published } from './entries.ts'
import { runBeside } from './run.ts'

/** What a registry was sent of one package. */
interface Publication {
  readonly name: string
  readonly 'dist-tags': Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, { readonly dependencies: Readonly<Record<string, string>> }>>
  readonly _attachments: Readonly<Record<string, unknown>>
}

const scratch = mkdtempSync(join(tmpdir(), 'release-'))
const copy = join(scratch, 'copy')
const home = join(scratch, 'home')

// Commits and tags carry a name, which a machine need not have.
const [name, email] = ['Rehearsal', 'rehearsal@example.org']
const git = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email }

/** What it printed in the copy. The registry is of this process, which must go on meanwhile. */
const ran = (env: NodeJS.ProcessEnv, program: string, ...words: string[]): Promise<string> =>
  runBeside({ cwd: copy, env: { ...process.env, ...git, ...env } }, program, ...words)

const mustBe = (what: string, found: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(found, expected))
    throw new Error(`${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`)
}

/** A registry of this machine, which keeps what it is sent. */
const listening = async () => {
  const sent: Publication[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const name = decodeURIComponent(request.url ?? '').slice(1)
    const known = sent.find((publication) => publication.name === name)
    if (request.method === 'PUT') sent.push(JSON.parse(body))
    response.writeHead(request.method === 'PUT' ? 201 : known === undefined ? 404 : 200)
    response.end(JSON.stringify(known ?? {}))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The registry has no port')
  return { sent, at: `127.0.0.1:${address.port}/`, close: () => server.close() }
}

const rehearse = async (): Promise<void> => {
  mkdirSync(copy)
  mkdirSync(home)
  const files = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  for (const file of files.split('\0')) {
    if (file !== '' && existsSync(join(root, file))) cpSync(join(root, file), join(copy, file))
  }
  await ran({}, 'git', 'init', '--quiet', '--initial-branch=main')
  await ran({}, 'git', 'add', '.')
  await ran({}, 'git', 'commit', '--quiet', '--message=As it is')
  await ran({}, 'pnpm', 'install', '--prefer-offline', '--frozen-lockfile')

  // A small change of one package, whatever else is to be released: both must get the same version.
  const names = published.map((folder) => manifest(folder).name)
  writeFileSync(join(copy, '.changeset/rehearsal.md'), `---\n'${names[0]}': patch\n---\n\nRehearsed.\n`)
  await ran({}, 'changeset', 'version')
  const folders = published.map((folder) => join(copy, 'packages', basename(folder)))
  const [version = '', ...others] = new Set(folders.map((folder) => manifest(folder).version))
  mustBe('other versions', others, [])
  for (const folder of folders) {
    const [, , heading] = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8').split('\n')
    mustBe('the newest heading of the changelog', heading, `## ${version}`)
  }

  const registry = await listening()
  // Three times over, so that nothing can go to a registry that others use: by the packages, by the folder, and without any key of a person.
  for (const folder of folders) {
    const file = join(folder, 'package.json')
    const text = JSON.parse(readFileSync(file, 'utf8'))
    const publishConfig = { ...text.publishConfig, registry: `http://${registry.at}` }
    writeFileSync(file, JSON.stringify({ ...text, publishConfig }))
  }
  writeFileSync(join(copy, '.npmrc'), `registry=http://${registry.at}\n//${registry.at}:_authToken=rehearsal\n`)
  const env = {
    HOME: home,
    USERPROFILE: home,
    NPM_CONFIG_USERCONFIG: join(home, '.npmrc'),
    pnpm_config_verify_deps_before_run: 'false',
  }
  try {
    await ran(env, 'changeset', 'publish')
    const received = registry.sent.toSorted((one, other) => (one.name < other.name ? -1 : 1))
    mustBe(
      'what was published',
      received.map(({ name, 'dist-tags': tags }) => ({ name, tags })),
      names.toSorted().map((name) => ({ name, tags: { latest: version } })),
    )
    for (const { name, versions, _attachments } of received) {
      mustBe('its tarballs', Object.keys(_attachments), [`${name}-${version}.tgz`])
      const { dependencies } = versions[version] ?? { dependencies: {} }
      const ours = Object.entries(dependencies).filter(([dependency]) => names.includes(dependency))
      mustBe(`what ${name} takes of ours`, ours, name === names[0] ? [] : [[names[0], version]])
    }
    const tags = (await ran({}, 'git', 'tag')).trim().split('\n')
    mustBe('tags', tags.toSorted(), names.map((name) => `${name}@${version}`).toSorted())

    await ran(env, 'changeset', 'publish')
    mustBe('publications after publishing again', registry.sent.length, names.length)
    console.log(`${version} of ${names.join(' and ')} would be published`)
  } finally {
    registry.close()
  }
}

try {
  await rehearse()
} finally {
  rmSync(scratch, { recursive: true })
}
