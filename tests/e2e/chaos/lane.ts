// A phone with the compiled app behind a proxy: one user after the other.
import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { startSimulator, type Simulator, type SimulatorOptions } from '@watchword/simulator'
import { copyFor, type Services } from '../support/services'
import { startFaultProxy, type FaultProxy } from './faultProxy'

export interface Lane {
  services: Services
  proxy: FaultProxy
  simulator: Simulator
  close(): Promise<void>
}

interface LaneOptions extends Pick<SimulatorOptions, 'openPage' | 'browser'> {
  services: Services
  /** Told apart from other lanes by this. */
  name: string
  /** What the proxy leads to, if not the backend itself. */
  target?: string
}

export async function openLane({ services, name, target, ...options }: LaneOptions): Promise<Lane> {
  const { backend, wechat, dist } = services
  const proxy = await startFaultProxy(target ?? backend)
  // With the source maps that are beside it.
  const folder = `${dirname(dist)}-${name}`
  await copyFor({ from: backend, to: proxy.url }, dirname(dist), folder)
  const simulator = await startSimulator({ dist: join(folder, basename(dist)), wechat, ...options })
  return {
    services,
    proxy,
    simulator,
    async close() {
      await simulator.close()
      await proxy.close()
      await rm(folder, { recursive: true })
    },
  }
}
