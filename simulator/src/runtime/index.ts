// The page's last script: its document and the packed app are in place by now.
import type { PhoneMessage } from '../wire'
import { connectHost } from './bridge'
import { reportStartFault } from './startFault'
import { startRuntime } from './startRuntime'

const { boot, packedApp } = window
// The line to the host, and to the workbench around the phone.
const post = (message: PhoneMessage) => window.parent.postMessage(message, location.origin)
const bridge = connectHost(boot, post)
addEventListener('pointerdown', () => post({ pressed: true }), { capture: true, once: true })
try {
  startRuntime(boot, packedApp, bridge, post)
} catch (error) {
  reportStartFault(error, bridge, boot.language)
}
