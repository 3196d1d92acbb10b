import type { Area } from '../check'
import { customer, unknownUser } from '../sampleUsers'
import { isNumber, stateOf } from '../tokenState'
import type { Exchange } from '../exchange'
import { demand, Skipped, succeeded } from '../verdicts'

const section = 'the-token-state-口令状态包'

/** @throws Violation unless the version of the answer is above the one before */
function demandGrowth(exchange: Exchange, before: unknown, situation: string): void {
  const { version } = stateOf(exchange)
  if (before == null && version == null) {
    throw new Skipped('the backend sends no versions, which the contract allows')
  }
  const grows = isNumber(version) && isNumber(before) && version > before
  demand(grows, `${situation}: a higher version`, exchange, `version ${version} after ${before}`)
}

export const versions: Area = {
  title: 'Versions',
  checks: {
    'phone-number': {
      title: 'the version increases when the phone number is bound',
      section,
      async probe(context) {
        const { second, bound } = await customer(context)
        demandGrowth(succeeded(bound), second.state.version, 'a phone number')
      },
    },
    'user-info': {
      title: 'the version increases when user info is submitted',
      section,
      async probe(context) {
        const { state, submitted } = await unknownUser(context)
        demandGrowth(succeeded(submitted), state.version, 'user info')
      },
    },
    'other-session': {
      title: 'another session of the person learns of the change, with a higher version',
      section,
      async probe(context) {
        const { first } = await customer(context)
        const seen = await context.send('GET', '/auth/token-state', { token: first.token })
        const { hasPhoneNumber } = stateOf(succeeded(seen))
        demand(hasPhoneNumber === true, 'hasPhoneNumber true in all sessions of the person', seen)
        demandGrowth(seen, first.state.version, 'a change by another session')
      },
    },
  },
}
