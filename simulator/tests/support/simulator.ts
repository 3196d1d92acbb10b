import { startSimulator as start, type Simulator, type SimulatorOptions } from '../../src'
import { openPage } from './sharedBrowser'

/** A simulator whose launches take turns on the pages of the shared browser. */
export const startSimulator = (options: SimulatorOptions): Promise<Simulator> =>
  start({ openPage, ...options })
