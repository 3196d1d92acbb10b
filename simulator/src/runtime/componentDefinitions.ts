// What apps hand to `Component` and `Behavior`, in the form that the framework takes.
import type { CodeSpace } from 'glass-easel-miniprogram-adapter'
import type { Caller } from './caller'
import { createOwnBehaviours } from './ownBehaviours'

type Definition = Record<string, unknown>
type Observer = (this: Caller, ...values: unknown[]) => unknown

const isObject = (value: unknown): value is Definition =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * An observer may be the name of a method. One that is not there is none to WeChat
 * (miniprogram-exparser 2.29.1); the framework would report an error.
 */
const byName = (name: string): Observer =>
  function (...values) {
    const method = this[name]
    return typeof method === 'function' ? (method.apply(this, values) as unknown) : undefined
  }

const mapValues = (object: Definition, change: (value: unknown) => unknown): Definition =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]))

const types = [String, Number, Boolean, Object, Array, Function, null, undefined] as unknown[]

/** WeChat takes a property for one of any type where what it names is none; the framework reports that. */
const ofKnownType = (property: Definition) =>
  types.includes(property.type) ? property : { ...property, type: null }

const observed = (property: unknown) => {
  if (!isObject(property)) return types.includes(property) ? property : null
  const { observer } = property
  return {
    ...ofKnownType(property),
    ...(typeof observer === 'string' && { observer: byName(observer) }),
  }
}

const asObserver = (observer: unknown) =>
  typeof observer === 'string' ? byName(observer) : observer

/** Adapts definitions to the framework of `space`. */
export function createDefinitionAdapter(space: CodeSpace): (definition: Definition) => Definition {
  const ownBehaviour = createOwnBehaviours(space)
  const asBehaviour = (behaviour: unknown) =>
    typeof behaviour === 'string' ? ownBehaviour(behaviour) : behaviour

  return (definition) => {
    const { behaviors, properties, observers } = definition
    return {
      ...definition,
      ...(Array.isArray(behaviors) && {
        behaviors: behaviors.map(asBehaviour).filter((behaviour) => behaviour !== undefined),
      }),
      ...(isObject(properties) && { properties: mapValues(properties, observed) }),
      ...(isObject(observers) && { observers: mapValues(observers, asObserver) }),
    }
  }
}
