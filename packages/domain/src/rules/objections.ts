// objections.ts: what the layers above have against rules that are to be published below them

import { canonical } from '../kernel/canonical.ts'
import { common, doOverlap, type GroupsPlace, type KnownOfScheme, type Stretch, shownStretch } from './beside.ts'
import type { Changes } from './changes.ts'
import type { Rules } from './rule-pack.ts'
import type { Adaptation, PublishedPack } from './rules-events.ts'
import { layered, type Objection, standingIn, type Way } from './standing.ts'

/** What the packs that are in force in its time have against it, each thing once; which of them, where not all of them have it. */
export const objectionsUnder = (
  packs: ReadonlyArray<PublishedPack>,
  founding: Rules,
  change: Stretch & { readonly parameters: Changes },
  way: Way,
): ReadonlyArray<Objection> => {
  const inItsTime = packs.filter((pack, nth) =>
    doOverlap(change, { from: pack.from, until: packs[nth + 1]?.from ?? null }),
  )
  const found = new Map<string, { readonly because: Objection; readonly under: PublishedPack[] }>()
  for (const pack of inItsTime) {
    const national = standingIn(pack, null, founding)
    for (const { because } of layered(national, national, change.parameters, null, way).setAside) {
      const key = canonical(because)
      const before = found.get(key)
      if (before === undefined) found.set(key, { because, under: [pack] })
      // Two parameters that contradict each other have one objection between them.
      else if (!before.under.includes(pack)) before.under.push(pack)
    }
  }
  return [...found.values()].map(({ because, under }) =>
    under.length === inItsTime.length ? because : { ...because, expected: `${because.expected}, ${underThose(under)}` },
  )
}

const underThose = (packs: ReadonlyArray<PublishedPack>): string =>
  `under ${packs.map(({ name, from }) => `${name} (in force from ${from})`).join(' and ')}`

/** What the adaptations of regions that the group is in have against it, in their common time, as far as it is known where the group will be. */
export const objectionsInRegion = (
  packs: ReadonlyArray<PublishedPack>,
  adaptations: ReadonlyArray<Adaptation>,
  adaptation: Adaptation,
  { places, founding }: KnownOfScheme,
): ReadonlyArray<Objection> => {
  if (adaptation.scope.layer !== 'group') return []
  const objections: Objection[] = []
  for (const [nth, place] of places.entries()) {
    const there = { from: place.from ?? adaptation.from, until: places[nth + 1]?.from ?? null }
    for (const regional of adaptations) {
      const time = isIn(regional, place) ? common(regional, there, adaptation) : null
      if (time === null) continue
      const where = `in the group’s region (${regional.name}, ${shownStretch(regional)})`
      for (const [order, pack] of packs.entries()) {
        if (!doOverlap(time, { from: pack.from, until: packs[order + 1]?.from ?? null })) continue
        const national = standingIn(pack, null, founding)
        const { rules } = layered(national, national, regional.parameters, null, 'adapting')
        const byNation = layered(national, national, adaptation.parameters, null, 'adapting').setAside
        for (const { name, because } of layered(rules, rules, adaptation.parameters, null, 'adapting').setAside)
          if (!byNation.some((one) => one.name === name))
            objections.push({ ...because, expected: `${because.expected}, ${where}` })
      }
    }
  }
  return objections
}

const isIn = ({ scope }: Adaptation, { municipality }: GroupsPlace): boolean =>
  scope.layer === 'region' && scope.municipalities.some((number) => number === municipality)
