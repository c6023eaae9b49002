// telemetry.test.ts: the example’s counters and gauges, as a collector would see them

import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { CorrelationId, commandIdOf, eventIdOf, noStream, promised, streamName, uuidOf } from '@smagruppe/domain'
import { expect, onTestFinished, test } from 'vitest'
import { openMetered, workOnTopics } from './telemetry.ts'

/** A register whose metrics stay here, and a reading of them: each metric's values by their attributes. */
const metered = () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  // Nothing is exported by itself within any test.
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const provider = new MeterProvider({ readers: [reader] })
  onTestFinished(() => provider.shutdown())
  const opened = openMetered(provider.getMeter('smagruppe'))
  const readings = async (): Promise<Record<string, unknown>> => {
    exporter.reset()
    await reader.forceFlush()
    const scopes = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics)
    return Object.fromEntries(
      scopes
        .flatMap(({ metrics }) => metrics)
        .map(({ descriptor, dataPoints }) => [
          descriptor.name,
          Object.fromEntries(
            dataPoints.map(({ attributes, value }) => [
              Object.values(attributes).join(),
              typeof value === 'object' && 'sum' in value ? value.sum : value,
            ]),
          ),
        ]),
    )
  }
  return { ...opened, readings }
}

/** An event that no release can read. */
const unreadable = () => {
  const causation = commandIdOf('a later release', 'one')
  const correlation = uuidOf('a later release', 'one')
  if (!CorrelationId.is(correlation)) throw new Error('uuidOf gives UUIDs')
  const actor = { id: 'later', role: 'coordinator' }
  return {
    id: eventIdOf(causation, 0),
    type: 'TopicNamed',
    version: 7,
    data: '{}',
    knownSince: null,
    actor,
    causation,
    correlation,
  }
}

test('appends are counted by category, and a catch-up tells how far behind it was', async () => {
  const { register, readings } = metered()
  // So that there are rows which can fall behind.
  await promised(register.refresh)
  await workOnTopics(register)

  const read = await readings()
  expect(read['smagruppe.events.appended']).toEqual({ topic: 3 })
  expect(read['smagruppe.events.followed']).toEqual({ '': 3 })
  expect(read['smagruppe.lag']).toEqual({ '': 3 })
  expect(read['smagruppe.builds.switched']).toMatchObject({ topics: 1, 'group-register': 1 })
  expect(read['smagruppe.conflicts']).toBeUndefined()
})

test('a conflict is counted, though the command was carried out in the end', async () => {
  const { register, readings } = metered()
  const topic = uuidOf('portal', 'topic')
  const name = (text: string) =>
    promised(
      register.execute(
        { type: 'NameTopic', data: { topic, name: text } },
        { actor: { id: text, role: 'coordinator' } },
      ),
    )
  await Promise.allSettled([name('Kols'), name('KOLS')])

  expect((await readings())['smagruppe.conflicts']).toEqual({ topic: 1 })
})

test('the gauges know how far behind the read models are before anybody asks', async () => {
  const { register, readings } = metered()
  await workOnTopics(register)
  expect((await readings())['smagruppe.projection.lag']).toMatchObject({ topics: 0, 'topic-log': 0 })
  await promised(
    register.execute(
      { type: 'NameTopic', data: { topic: uuidOf('a', 'topic'), name: 'Hjertesvikt' } },
      { actor: { id: 'x', role: 'coordinator' } },
    ),
  )
  expect((await readings())['smagruppe.projection.lag']).toMatchObject({ topics: 1, 'topic-log': 1 })
})

test('an event that cannot be read shows in the counter and in the gauge of those who lack it', async () => {
  const { register, events, readings } = metered()
  await workOnTopics(register)
  await promised(events.append(streamName('topic', uuidOf('a', 'topic')), noStream, [unreadable()]))
  await promised(register.refresh)

  const read = await readings()
  expect(read['smagruppe.events.quarantined']).toMatchObject({ topics: 1 })
  expect(read['smagruppe.projection.lacking']).toMatchObject({ topics: 1, 'group-register': 0 })
})
