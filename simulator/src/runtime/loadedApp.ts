import type { template } from 'glass-easel'
import type { PackedApp } from '../pack/packedApp'

/** A packed app in the browser, where its templates are functions. */
export type LoadedApp = Omit<PackedApp, 'templates'> & {
  templates: Record<string, template.ComponentTemplate['content']>
}
