import { onShow } from '@dcloudio/uni-app'
import { shallowRef } from 'vue'
import { ensurePermission } from 'watchword/host'
import { addressLimit } from './fields'
import { booking } from './texts'

/**
 * Chooses the address on WeChat's map, and gives it to `fill`. Typing it stays possible whatever
 * happens; `failure` names the text that says what did, empty where there is nothing to say.
 */
export function useAddressOnMap(fill: (address: string) => void) {
  const failure = shallowRef<'' | 'denied' | 'failed'>('')
  let stage: 'idle' | 'asking' | 'onMap' = 'idle'
  let latest = 0

  // Hosts have been seen never to call back; a page that is seen again has no map over it.
  onShow(() => {
    if (stage === 'onMap') stage = 'idle'
  })

  async function open(): Promise<void> {
    if (stage !== 'idle') return
    stage = 'asking'
    failure.value = ''
    const { reason } = booking.value.map
    const permission = await ensurePermission('scope.userLocation', { reason })
    // WeChat's pages disagree on whether the map needs the scope: unless the user has refused it,
    // the map itself answers.
    if (permission === 'denied') {
      failure.value = 'denied'
      stage = 'idle'
    } else await choose()
  }

  async function choose(): Promise<void> {
    stage = 'onMap'
    const mine = ++latest
    const chosen = await choosePlace().then(addressOf, (error: unknown) => {
      const { errMsg } = { ...(error as { errMsg?: unknown } | undefined) }
      return /cancel/i.test(String(errMsg)) ? undefined : ''
    })
    // What a map that was given up says, after another one was opened, is nobody's wish any more.
    if (mine !== latest) return
    stage = 'idle'
    if (chosen) fill(chosen)
    else if (chosen === '') failure.value = 'failed'
  }

  return { failure, open }
}

function choosePlace(): Promise<unknown> {
  return new Promise((success, fail) => {
    // #ifdef MP-WEIXIN
    uni.chooseLocation({ success, fail })
    // #endif
  })
}

/**
 * A place of wx.chooseLocation as an address that the door number can follow, e.g.
 * `湖滨市南岸区梧桐路 8 号 梧桐公园`; empty where it has neither name nor address.
 */
export function addressOf(place: unknown): string {
  const { name, address } = { ...(place as Record<string, unknown> | null) }
  const street = typeof address === 'string' ? address.trim() : ''
  const known = typeof name === 'string' ? name.trim() : ''
  const text = street.includes(known)
    ? street
    : known.includes(street)
      ? known
      : `${street} ${known}`
  // Half a character is none.
  return text.slice(0, addressLimit).replace(/[\uD800-\uDBFF]$/, '')
}
