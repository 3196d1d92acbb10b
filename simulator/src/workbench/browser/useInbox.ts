import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { Inbox } from '../../workbenchWire'
import { readInbox } from '../hostLine'

/** How often the host is asked, in ms. */
const pace = 1_000

/** The text messages and codes of the stand-in, followed as long as the component lives. */
export function useInbox(): Readonly<ShallowRef<Inbox>> {
  const inbox = shallowRef<Inbox>({ textMessages: [], wxaCodes: [] })
  let timer: number | undefined
  let isOver = false
  async function follow() {
    const read = await readInbox()
    if (isOver) return
    if (read) inbox.value = read
    timer = window.setTimeout(() => void follow(), pace)
  }
  void follow()
  onScopeDispose(() => {
    isOver = true
    clearTimeout(timer)
  })
  return inbox
}
