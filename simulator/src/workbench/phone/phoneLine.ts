import type { Ref } from 'vue'
import { twinOrigin } from '../../phoneOrigin'
import type { PhoneMessage, WorkbenchMessage } from '../../wire'

/** The way to and from the phone, whose page is of another site. */
export interface PhoneLine {
  send(message: WorkbenchMessage): void
  /** Calls `listener` with what the phone in the frame says, until the page ends. */
  listen(listener: (message: PhoneMessage) => void): void
}

/** Where the phone's page is. */
export const phoneAddress = (id: string) => `${twinOrigin(location.origin)}/phone/${id}`

/** Speaks with the phone in the frame that there is. */
export const createPhoneLine = (frame: Readonly<Ref<HTMLIFrameElement | null>>): PhoneLine => ({
  // Vue's proxy is no message; what is sent has no more than JSON has.
  send: (message) =>
    frame.value?.contentWindow?.postMessage(
      JSON.parse(JSON.stringify(message)),
      twinOrigin(location.origin),
    ),
  listen: (listener) =>
    addEventListener('message', ({ origin, source, data }: MessageEvent<PhoneMessage>) => {
      const isPhone = source !== null && source === frame.value?.contentWindow
      const isMessage = typeof data === 'object' && data !== null
      if (isMessage && isPhone && origin === twinOrigin(location.origin)) listener(data)
    }),
})
