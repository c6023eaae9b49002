// telemetry.ts: a register's hooks as OpenTelemetry metrics: what an operator looks at, with no telemetry library in the register

import type { Meter } from '@opentelemetry/api'
import { ConsoleMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '@smagruppe/adapters/memory'
import { randomIds, systemClock } from '@smagruppe/adapters/node'
import { categoryOf, commandIdOf, type Observe, openRegister, promised, type Register } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'

/**
 * Hooks that count. Attributes are categories and names of projections: few, and never an id, so that no time series is about a
 * person or a group.
 */
export const counting = (meter: Meter): Observe => {
  const appended = meter.createCounter('smagruppe.events.appended', { unit: '{event}' })
  const conflicts = meter.createCounter('smagruppe.conflicts', { unit: '{conflict}' })
  const followed = meter.createCounter('smagruppe.events.followed', { unit: '{event}' })
  const lag = meter.createHistogram('smagruppe.lag', {
    unit: '{position}',
    description: 'How far read models were behind when somebody asked',
  })
  const quarantined = meter.createCounter('smagruppe.events.quarantined', { unit: '{event}' })
  const switched = meter.createCounter('smagruppe.builds.switched', { unit: '{build}' })
  const threw = meter.createCounter('smagruppe.hooks.threw', { unit: '{error}' })
  return {
    appended: ({ stream, events }) => appended.add(events, { category: categoryOf(stream) }),
    conflict: ({ stream }) => conflicts.add(1, { category: categoryOf(stream) }),
    caughtUp: (caught) => {
      followed.add(caught.events)
      lag.record(caught.lag)
    },
    quarantined: ({ projection }) => quarantined.add(1, { projection }),
    switched: ({ name }) => switched.add(1, { projection: name }),
    threw: (_error, hook) => threw.add(1, { hook }),
  }
}

/** Gauges that ask the register how it stands whenever metrics are collected, also when nobody else asks it anything. */
export const gauging = (meter: Meter, register: Register): void => {
  const lag = meter.createObservableGauge('smagruppe.projection.lag', { unit: '{position}' })
  const lacking = meter.createObservableGauge('smagruppe.projection.lacking', { unit: '{event}' })
  meter.addBatchObservableCallback(
    async (result) => {
      const projections = await register.projections()
      // A store that fails is told by whoever uses it; a gauge without a value says enough.
      if (isLeft(projections)) return
      for (const one of projections.right) {
        if (one.state !== 'serving') continue
        result.observe(lag, one.lag, { projection: one.name })
        result.observe(lacking, one.quarantined, { projection: one.name })
      }
    },
    [lag, lacking],
  )
}

/** A register in memory whose metrics go to that meter, and its stores. */
export const openMetered = (meter: Meter) => {
  const events = memoryEventStore({ clock: systemClock })
  const rows = memoryProjectionStore()
  const ports = { events, rows, vault: memoryVault(), now: systemClock, newId: randomIds }
  const register = openRegister(ports, { observe: counting(meter) })
  gauging(meter, register)
  return { register, events, rows }
}

/** Two users name topics; then somebody asks for the list. */
export const workOnTopics = async (register: Register): Promise<void> => {
  for (const name of ['Astma hos barn', 'Søvnvansker', 'Kols']) {
    const data = { topic: randomIds(), name }
    const asking = { actor: { id: 'user-17', role: 'coordinator' }, id: commandIdOf('portal', `topic ${name}`) }
    await promised(register.execute({ type: 'NameTopic', data }, asking))
  }
  await promised(register.vocabulary(register.question()))
}

if (import.meta.main) {
  const reader = new PeriodicExportingMetricReader({ exporter: new ConsoleMetricExporter() })
  const provider = new MeterProvider({ readers: [reader] })
  const { register } = openMetered(provider.getMeter('smagruppe'))
  await workOnTopics(register)
  await provider.shutdown()
}
