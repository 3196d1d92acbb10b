import { createClient } from '../../src/auth/client'
import type { Platform, WireCall } from '../../src/auth/platform'
import { BASE } from '../support/host'
import { codeInBody, speakInCodes } from '../support/codeInBody'
import { callOf } from './calls'
import { KEY } from './storage'
import type { World } from './world'

/** What is done in another tab; `renew`: it asks for the token state, and refreshes it where that is dead. */
export type TabDeed = 'logIn' | 'adopt' | 'logOut' | 'renew'

/**
 * Opens another tab of the browser, has it do something, and closes it. Its calls are answered at once, and it
 * has a client of its own: what that stores is all that the explored one can know of it.
 */
export async function doInTab({ phone, backend, setting, journal }: World, deed: TabDeed) {
  const platform: Platform = {
    now: phone.clock.now,
    after: () => () => {},
    send(call: WireCall) {
      const flight = callOf(call)
      const answer = backend.answer(flight)
      journal.push(['    in the tab', flight.line, answer.status, answer.data])
      return { answer: Promise.resolve(answer), abort() {} }
    },
    ...phone.storage.ofTab,
  }
  if (setting.isSpokenInCodes) speakInCodes(platform, BASE)
  const auth = createClient({
    ...{ baseURL: BASE, storageKey: KEY, platform, onWarning() {} },
    ...(setting.isSpokenInCodes && { dialect: codeInBody }),
  })
  switch (deed) {
    case 'logIn':
      return auth.login({ username: 'u-zhao', password: 'secret-pw' }).catch(ignore)
    case 'adopt':
      return auth.adopt(backend.beginElsewhere('u-sun'))
    case 'logOut':
      return auth.logout()
    case 'renew':
      return auth.verify().catch(ignore)
  }
}

/** A tab's own failure is of no concern here. */
const ignore = () => {}
