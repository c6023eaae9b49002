// navigation.ts: what stands in the sidebar, in the order in which a newcomer would read it

interface Entry {
  readonly text: string
  readonly link: string
}

interface Section {
  readonly text: string
  readonly collapsed?: boolean
  readonly items: ReadonlyArray<Entry>
}

const page = (text: string, link: string): Entry => ({ text, link })

const domain = [
  'register',
  'points',
  'projections',
  'rules',
  'group',
  'session',
  'doctor',
  'hospital',
  'topic',
  'values',
  'kernel',
]
const adapters = ['sqlite', 'postgres', 'eventstoredb', 'memory', 'copying', 'csv', 'html', 'cli', 'node', 'contract']

export const navigation: ReadonlyArray<Section> = [
  {
    text: 'Begin',
    items: [
      page('What it is', '/about'),
      page('First register in ten minutes', '/first-register'),
      page('På norsk', '/norsk'),
      page('Glossary', '/glossary'),
    ],
  },
  {
    text: 'Guides',
    items: [
      page('How points are computed', '/rules'),
      page('Importing', '/importing'),
      page('The command', '/command'),
      page('Recording by commands', '/recording'),
      page('The page for a doctor', '/doctors-page'),
      page('Embedding', '/embedding'),
      page('Behind a web server', '/web-app'),
      page('Correcting history', '/history'),
      page('Replaying history', '/replaying'),
      page('Your own projection', '/projections'),
      page('Testing your own code', '/testing'),
      page('Personal data', '/personal-data'),
      page('Stores', '/stores'),
      page('Operating it on PostgreSQL', '/postgresql'),
      page('Your own adapter', '/your-own-adapter'),
      page('EventStoreDB', '/eventstoredb'),
    ],
  },
  {
    text: 'Reference',
    items: [
      page('Errors', '/errors'),
      page('Stability', '/stability'),
      page('@smagruppe/domain', '/packages/domain'),
      page('@smagruppe/adapters', '/packages/adapters'),
    ],
  },
  {
    text: 'API: domain',
    collapsed: true,
    items: [
      page('All of the API', '/api/'),
      page('@smagruppe/domain', '/api/domain'),
      ...domain.map((folder) => page(folder, `/api/domain/${folder}`)),
      page('…/testing', '/api/domain/testing'),
      page('…/testing/generators', '/api/domain/testing/generators'),
    ],
  },
  {
    text: 'API: adapters',
    collapsed: true,
    items: adapters.map((name) => page(`…/${name}`, `/api/adapters/${name}`)),
  },
  {
    text: 'Examples',
    collapsed: true,
    items: [
      page('All examples', '/examples/'),
      page('The pilot year', '/examples/pilot-year'),
      page('Embedding', '/examples/embedding'),
      page('A web app', '/examples/web-app'),
      page('A projection of one’s own', '/examples/custom-projection'),
      page('A decider of one’s own', '/examples/testing-your-own'),
      page('An adapter of one’s own', '/examples/your-own-adapter'),
      page('An audit', '/examples/audit'),
      page('OpenTelemetry', '/examples/telemetry'),
      page('A Danish year', '/examples/danish-year'),
      page('In a browser', '/examples/browser'),
      page('A second opinion', '/examples/second-opinion'),
    ],
  },
  {
    text: 'How it is built',
    collapsed: true,
    items: [
      page('The house', '/architecture'),
      page('1. Points are a function', '/decisions/0001-points-are-a-function-not-an-event'),
      page('2. A position is a promise', '/decisions/0002-a-position-is-a-promise-about-commit-order'),
      page('3. One way to correct', '/decisions/0003-every-fact-is-corrected-in-one-way'),
      page('4. Names of imported things', '/decisions/0004-imported-things-are-named-after-the-sheet-people-never-are'),
      page('5. History is recorded', '/decisions/0005-history-is-recorded-not-judged'),
      page('6. Rows keep their log', '/decisions/0006-rows-that-must-answer-for-the-past-keep-their-part-of-the-log'),
      page('7. Request and session', '/decisions/0007-a-request-and-the-session-it-led-to-share-a-stream'),
      page('8. Versions and rebuilds', '/decisions/0008-a-new-version-of-rows-and-a-rebuild-are-one-thing'),
      page('9. Layers of rules', '/decisions/0009-what-may-overlap-is-decided-on-one-stream'),
      page('10. Merges', '/decisions/0010-a-merge-is-a-fact-of-the-record-that-stands'),
      page('11. Names of rules', '/decisions/0011-rules-are-named-by-one-hash-function-everywhere'),
      page('12. Times of a copy', '/decisions/0012-a-copy-keeps-the-times-of-its-source'),
      page('Requirements', '/requirements'),
      page('Contributing', '/contributing'),
    ],
  },
]
