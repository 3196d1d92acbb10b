import type { template } from 'glass-easel'
import type { PackedApp } from '../pack/packedApp'
import type { Wxs } from './wxs'

/** The compiled templates by path. */
export type Templates = Record<string, template.ComponentTemplate['content']>

/** A packed app in the browser, where its templates are made by a function. */
export type LoadedApp = Omit<PackedApp, 'templates' | 'host'> & {
  templates: (wxs: Wxs) => Templates
}
