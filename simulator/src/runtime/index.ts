// The page's last script: its document and the packed app are in place by now.
import { connectHost } from './bridge'
import { reportStartFault } from './startFault'
import { startRuntime } from './startRuntime'
import { obeyWorkbench, postToWorkbench } from './workbenchLine'

const { boot, packedApp } = window
const bridge = connectHost(boot, postToWorkbench)
addEventListener('pointerdown', () => postToWorkbench({ pressed: true }), {
  capture: true,
  once: true,
})
try {
  startRuntime(boot, packedApp, bridge, postToWorkbench)
} catch (error) {
  reportStartFault(error, bridge, boot.language)
}
obeyWorkbench(window.simulator)
