// The workbench: the phone, and beside it what cannot be arranged on a real one.
import { createApp } from 'vue'
import { createSettings } from './settings'
import './styles/workbench.css'
import { createTexts, textsKey } from './texts/useTexts'
import { createWorkbench } from './createWorkbench'
import { workbenchKey } from './useWorkbench'
import Workbench from './Workbench.vue'

const settings = createSettings(localStorage)
const workbench = createWorkbench(settings)
createApp(Workbench)
  .provide(workbenchKey, workbench)
  .provide(textsKey, createTexts(settings.language))
  .mount('#workbench')
workbench.open()
