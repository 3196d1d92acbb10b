import { defineComponent, h } from 'vue'
import type { UseFocusChainReturn } from '../../../../src/forms'
import type { Drivers, World } from './drivers'
import { moment, show, type ScreenApp } from './screenApp'
import { COVERED } from './wellHost'

type Screen = World<ScreenApp>
type Chain = UseFocusChainReturn<'name' | 'phone'>

const ok = { result: { errMsg: 'ok' }, wrongTypes: { errMsg: 7 } }

/** A page with two fields and the bar above the keyboard, which is up. */
async function showForm(world: Screen) {
  const { useFocusChain, components } = world.app
  const given: { chain?: Chain } = {}
  const screen = await show(
    world,
    defineComponent(() => {
      const chain = useFocusChain(['name', 'phone'])
      given.chain = chain
      return () => [
        h('i', { id: 'name' }),
        h('i', { id: 'phone', class: { focused: chain.fields.phone.focus } }),
        h(components.KeyboardBar, { chain: chain as unknown as UseFocusChainReturn }),
      ]
    }),
  )
  return { ...screen, chain: given.chain! }
}

/** The form goes to a field that the keyboard covers. */
async function goOn(world: Screen): Promise<string> {
  const { chain, has } = await showForm(world)
  chain.focus('phone')
  await moment(100)
  if (!has('.focused')) return 'loses the field'
  return world.host.calls.includes('pageScrollTo') ? 'scrolls' : 'does not scroll'
}

/** Where the bar is while the keyboard is up. */
async function barBottom(world: Screen): Promise<string | undefined> {
  const { chain, has, styleOf } = await showForm(world)
  chain.focus('phone')
  await moment(100)
  return has('.keyboard-bar') ? /bottom: (\d+)px/.exec(styleOf('.keyboard-bar')!)?.[1] : undefined
}

/** What forms call. */
export const FORM_CALLS: Drivers<ScreenApp> = {
  hideKeyboard: {
    kind: 'call',
    answer: ok,
    async act(world) {
      const { chain, has, fire } = await showForm(world)
      chain.focus('phone')
      await moment()
      await fire('.keyboard-bar__done')
      return has('.focused') ? 'stays' : 'leaves the field'
    },
  },
  pageScrollTo: {
    kind: 'call',
    answer: ok,
    async act(world) {
      const { chain, has } = await showForm(world)
      chain.focus('phone')
      await moment(100)
      return has('.focused') ? 'goes to the field' : 'loses the field'
    },
  },
}

/** What forms ask. */
export const FORM_FACTS: Drivers<ScreenApp> = {
  createSelectorQuery: { kind: 'return', wrongTypes: { in: () => ({ select: 7 }) }, act: goOn },
  'getWindowInfo (keyboard)': {
    kind: 'return',
    wrongTypes: { screenHeight: '812', screenTop: null, windowHeight: {} },
    place({ host: { uni } }) {
      uni.getWindowInfo = () => ({ screenHeight: 812, screenTop: 88, windowHeight: 640 })
      return [uni, 'getWindowInfo']
    },
    async act(world) {
      const bottom = await barBottom(world)
      if (bottom === '207') return 'reported'
      return bottom === '291' ? 'assumed' : `at ${bottom}`
    },
  },
  offKeyboardHeightChange: {
    kind: 'return',
    wrongTypes: 7,
    async act(world) {
      const { unmount } = await showForm(world)
      unmount()
      await moment()
      return 'ends'
    },
  },
}

/** What forms listen to. */
export const FORM_LISTENERS: Drivers<ScreenApp> = {
  onKeyboardHeightChange: {
    kind: 'listen',
    event: { height: 291 },
    wrongTypes: { height: '291' },
    act: async (world) => ((await barBottom(world)) === '291' ? 'bar' : 'no bar'),
  },
  'exec (createSelectorQuery)': {
    kind: 'listen',
    event: COVERED,
    wrongTypes: [{ top: '500', bottom: null }, 7],
    place({ host: { uni } }) {
      const query = uni.createSelectorQuery as () => object
      const made = query()
      uni.createSelectorQuery = () => made
      return [made, 'exec']
    },
    act: goOn,
  },
}
