import { builtIns } from '../builtIns'
import type { Versions } from '../versions'
import type { Api } from './api'

const camelCase = (name: string) =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Takes away what is newer than the base library. */
export const withoutNewer = (api: Api, { supports }: Versions): Api =>
  Object.fromEntries(Object.entries(api).filter(([name]) => supports(name)))

/** Options of an API without those that are newer than the base library. */
export const withoutNewerOptions = <Options extends object>(
  api: string,
  options: Options,
  { supports }: Versions,
): Partial<Options> =>
  Object.fromEntries(
    Object.entries(options).filter(([name]) => supports(`${api}.object.${name}`)),
  ) as Partial<Options>

/** Objects that functions of `wx` return: the names of the members that work. */
export type Members = Readonly<Record<string, readonly string[]>>

/** `wx.canIUse`: an API, a member of what one returns, a component, its attribute, or one of the attribute's values. */
export function createCanIUse(api: Api, members: Members, { supports }: Versions) {
  return (schema: string): boolean => {
    const [name = '', attribute] = schema.split('.')
    // What came with an attribute cannot be older than the attribute itself.
    if (!supports(name) || !supports(`${name}.${attribute}`) || !supports(schema)) return false
    if (name in api) return true
    if (name in members) return attribute === undefined || members[name]!.includes(attribute)
    const component = builtIns.find(({ tag }) => tag === name)
    if (!component) return false
    if (attribute === undefined || attribute.startsWith('bind')) return true
    return camelCase(attribute) in component.props
  }
}
