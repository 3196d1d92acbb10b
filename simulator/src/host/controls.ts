import type { Control } from '../workbenchWire'
import type { PersonSide } from './answers'
import type { Conditions } from './conditions'
import type { Permissions } from './permissions'
import type { StandIn } from './standIn'
import type { TokenWatch } from './tokenWatch'

/** What the workbench's controls act on. */
export interface ControlParts {
  person: string
  personSide: PersonSide
  conditions: Conditions
  tokens: TokenWatch
  standIn: StandIn | undefined
  permissions: Permissions
  /** The network was switched on or off. */
  onNetwork(isConnected: boolean): void
}

/** Returns what does a control; it rejects with an Error that says why it cannot. */
export function createControls(parts: ControlParts): (control: Control) => Promise<void> {
  const { person, personSide, conditions, tokens, standIn, permissions, onNetwork } = parts
  return async (control) => {
    switch (control.type) {
      case 'answers':
        return personSide.set(control.answers)
      case 'network':
        conditions.network = control.network
        return onNetwork(!control.network.offline)
      case 'unauthorised':
        conditions.alwaysUnauthorised = control.always
        return
      case 'killToken':
        return tokens.kill()
      case 'expireToken':
        return tokens.expire(control.after)
      case 'rotateSessionKey':
        return connected(standIn).rotateSessionKey(person)
      case 'push':
        return connected(standIn).push(person, control.push)
      case 'forgetPermissions':
        return permissions.forget()
    }
  }
}

function connected(standIn: StandIn | undefined): StandIn {
  if (!standIn) throw new Error("no stand-in for WeChat's servers is connected")
  return standIn
}
