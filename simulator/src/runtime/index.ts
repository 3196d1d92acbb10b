// The page's last script: its document and the packed app are in place by now.
import { startRuntime } from './startRuntime'

startRuntime(window.boot, window.packedApp)
