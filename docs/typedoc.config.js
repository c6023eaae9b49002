// typedoc.config.js: the API reference: a page for each sub-path that can be imported, and for each folder of the domain

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Converter, ReflectionKind } from 'typedoc'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** In the house's order. The domain's own face comes last, so that each export is described with the folder it lives in. */
const folders = [
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
/** What a package lets others import: each sub-path's file. */
const exportedBy = (name) =>
  Object.values(JSON.parse(readFileSync(at(`packages/${name}/package.json`), 'utf8')).exports).map(
    (file) => `packages/${name}/${file.slice('./'.length)}`,
  )

const entryPoints = [
  ...folders.map((folder) => `packages/domain/src/${folder}/index.ts`),
  ...exportedBy('domain'),
  ...exportedBy('adapters'),
]

/** Calls a page by what is imported (`adapters/sqlite`), not by where it lies (`adapters/src/sqlite`). */
const namePages = (app) => {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const page of project.getReflectionsByKind(ReflectionKind.Module)) page.name = page.name.replace('/src', '')
  })
}

export default {
  plugin: ['typedoc-plugin-markdown', namePages],
  entryPoints: entryPoints.map(at),
  tsconfig: at('docs/tsconfig.api.json'),
  basePath: at('packages'),
  out: at('site/pages/api'),
  cleanOutputDir: true,
  readme: at('docs/.vitepress/api.md'),

  // TypeScript 7 checks the types; this one only reads them.
  skipErrorChecking: true,
  packagesRequiringDocumentation: ['@smagruppe/domain', '@smagruppe/adapters'],
  requiredToBeDocumented: ['Variable', 'Function', 'Class', 'Interface', 'TypeAlias'],
  // Part of a type that is described as a whole.
  intentionallyNotDocumented: ['domain/kernel.Commands.__type.decode', 'domain/values.Unsealed.unsealed.__type.open'],
  validation: { notDocumented: true, notExported: false, invalidLink: true },
  treatValidationWarningsAsErrors: true,

  router: 'module',
  entryFileName: 'index',
  mergeReadme: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  disableSources: true,
  sortEntryPoints: false,
  sort: ['source-order'],
  groupOrder: ['Functions', 'Interfaces', 'Type Aliases', 'Variables', 'Classes'],
  excludeExternals: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true },
  pageTitleTemplates: {
    module: ({ name }) =>
      folders.some((folder) => name === `domain/${folder}`)
        ? `${name.slice('domain/'.length)}, of @smagruppe/domain`
        : `@smagruppe/${name}`,
  },
}
