import type { Bridge } from './bridge'

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

async function becomeCalm(bridge: Pick<Bridge, 'isBusy' | 'idle'>): Promise<void> {
  await nextFrame()
  // Twice: what the answers changed may have made calls of its own.
  for (let round = 0; round < 2 && bridge.isBusy(); round += 1) {
    await bridge.idle()
    await nextFrame()
  }
  await nextFrame()
}

/** Resolves with true once no call is under way and the view is drawn; with false after `limit` ms. */
export const waitForCalm = (bridge: Pick<Bridge, 'isBusy' | 'idle'>, limit: number) =>
  Promise.race([
    becomeCalm(bridge).then(() => true),
    new Promise<boolean>((resolve) => setTimeout(resolve, limit, false)),
  ])
