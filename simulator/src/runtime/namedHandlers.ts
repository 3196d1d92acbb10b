import * as glassEasel from 'glass-easel'

type Make = ReturnType<glassEasel.template.ComponentTemplate['content']>

/** The framework drops an event whose handler is not there; WeChat says so in its console, and goes on. */
function callNamed(name: string, element: glassEasel.Element, warn: (message: string) => void) {
  return function (this: unknown, event: glassEasel.ShadowedEvent<unknown>): unknown {
    const host = element.ownerShadowRoot!.getHostNode()
    const method = glassEasel.Component.getMethod(host, name)
    if (method) return method.call(this, event) as unknown
    warn(`${host.is} has no method "${name}" for "${event.type}"`)
    return undefined
  }
}

/** A template that warns of the handlers that its page or component does not have, when they are called. */
export function warnOfMissingHandlers(make: Make, warn: (message: string) => void): Make {
  return (wrapper, isCreation, ...rest) => {
    if (isCreation) {
      const bind = wrapper.v
      wrapper.v = (element, type, handler, ...options) => {
        const isName = typeof handler === 'string' && handler !== ''
        bind(element, type, isName ? callNamed(handler, element, warn) : handler, ...options)
      }
    }
    return make(wrapper, isCreation, ...rest)
  }
}
