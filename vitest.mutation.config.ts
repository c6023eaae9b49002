// vitest.mutation.config.ts: the tests that are run again for every mutant, by one thread that stays; see scripts/mutation.ts
import { configDefaults, defineConfig } from 'vitest/config'
import { type PoolOptions, type PoolWorker, ThreadsPoolWorker, type WorkerRequest } from 'vitest/node'

type Listener = Parameters<PoolWorker['on']>[1]

/**
 * A thread that outlives a run. Stryker switches a mutant on while the tests run, so the same modules serve all of them; starting a thread
 * and reading them anew for each would take ten times as long as the tests. Test files are read anew by every run all the same.
 */
class StayingWorker extends ThreadsPoolWorker {
  override readonly name = 'staying'
  #config: object | null = null
  #listeners: Listener[] = []

  override async start(): Promise<void> {
    if (this.#config === null) await super.start()
  }

  override send(message: WorkerRequest): void {
    const isUp = this.#config !== null
    if (message.type === 'start') this.#config = message.context.config
    if (message.type === 'stop') this.#answer('stopped')
    else if (message.type === 'start' && isUp) this.#answer('started')
    // The thread knows the configuration that it was started with; which tests to run is said by that of today.
    else if (message.type === 'run') super.send(withConfig(message, this.#config))
    else super.send(message)
  }

  override on(event: string, listener: Listener): void {
    if (event === 'message') this.#listeners.push(listener)
    super.on(event, listener)
  }

  override async stop(): Promise<void> {
    for (const listener of this.#listeners) super.off('message', listener)
    this.#listeners = []
  }

  async end(): Promise<void> {
    if (this.#config !== null) await super.stop()
  }

  #answer(type: 'started' | 'stopped'): void {
    for (const listener of this.#listeners) queueMicrotask(() => listener({ type, __vitest_worker_response__: true }))
  }
}

const withConfig = (message: Extract<WorkerRequest, { type: 'run' }>, config: object | null): WorkerRequest => {
  const context = { ...message.context, config }
  return { ...message, context }
}

let staying: StayingWorker | null = null

const stayingPool = {
  name: 'staying',
  createPoolWorker: (options: PoolOptions): PoolWorker => {
    if (staying !== null) return staying
    const worker = new StayingWorker(options)
    options.project.vitest.onClose(() => worker.end())
    staying = worker
    return worker
  },
}

export default defineConfig({
  plugins: [
    {
      name: 'staying-worker',
      // Not by `pool` below, which Stryker overrides.
      configureVitest: ({ project }) => {
        project.config.pool = stayingPool.name
        project.config.poolRunner = stayingPool
      },
    },
  ],
  test: {
    include: ['packages/domain/src/**/*.test.ts'],
    // They would make every mutant cost minutes, and what they notice depends on chance.
    exclude: [...configDefaults.exclude, '**/*.property.test.ts', '**/absurd-histories.test.ts'],
    setupFiles: ['scripts/mutant-off.ts'],
    isolate: false,
    // Stryker stops what takes too long.
    testTimeout: 3_600_000,
  },
})
