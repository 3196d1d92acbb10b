import { twinOrigin } from '../phoneOrigin'
import type { PhoneMessage, WorkbenchMessage } from '../wire'
import type { SimulatorControl } from './simulatorControl'

/** A driven phone has no workbench around it. */
export const hasWorkbench = window.parent !== window

/** Reports to the workbench around the phone, if there is one. */
export function postToWorkbench(message: PhoneMessage): void {
  if (hasWorkbench) window.parent.postMessage(message, twinOrigin(location.origin))
}

/** Loaded when a picture is taken first: few phones are ever asked for one. */
async function takePicture(size: { width: number; height: number }): Promise<Blob> {
  if (!window.takePicture) {
    await new Promise((resolve, reject) => {
      const script = document.createElement('script')
      script.src = '/picture.js'
      script.addEventListener('load', resolve)
      script.addEventListener('error', () => reject(new Error('/picture.js was not loaded')))
      document.head.append(script)
    })
  }
  return window.takePicture!(size)
}

async function answerPicture(
  simulator: SimulatorControl | undefined,
  size: { width: number; height: number },
) {
  const route = simulator?.state().route ?? ''
  try {
    postToWorkbench({ picture: { route, content: await takePicture(size) } })
  } catch (error) {
    postToWorkbench({ picture: { reason: String(error) } })
  }
}

function obey(
  simulator: SimulatorControl,
  message: Exclude<WorkbenchMessage, { do: 'picture' }>,
): void {
  switch (message.do) {
    case 'back':
      if (simulator.back()) postToWorkbench({ isInBackground: true })
      return
    case 'hide':
      simulator.hide()
      return postToWorkbench({ isInBackground: true })
    case 'show':
      simulator.show()
      return postToWorkbench({ isInBackground: false })
    case 'open':
      return simulator.open(message.url)
    case 'scan':
      simulator.scan(message.code)
      return postToWorkbench({ isInBackground: false })
    case 'setTheme':
      return simulator.setTheme(message.theme)
    case 'removeStored':
      if (message.key === undefined) simulator.clearStorage()
      else simulator.removeStorage(message.key)
      return
  }
}

/**
 * Lets the workbench around the phone do what a person does with a phone; without a simulator, as where
 * the mini-program could not start, it can only take a picture of the screen.
 */
export function obeyWorkbench(simulator: SimulatorControl | undefined): void {
  addEventListener('message', ({ origin, source, data }: MessageEvent<WorkbenchMessage>) => {
    const isWorkbench = source === window.parent && source !== window
    if (!isWorkbench || origin !== twinOrigin(location.origin)) return
    if (data.do === 'picture') void answerPicture(simulator, data.size)
    else if (simulator) obey(simulator, data)
  })
  if (simulator) postToWorkbench({ isStarted: true })
}
