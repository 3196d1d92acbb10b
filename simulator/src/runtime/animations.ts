// WeChat's two ways to animate: `wx.createAnimation` with the attribute `animation`, and the
// `animate` of pages and components.

/** How one step of `createAnimation` moves. */
interface StepOptions {
  duration?: number
  timingFunction?: string
  delay?: number
  transformOrigin?: string
}

/** A style, or a function of CSS's `transform`. */
interface Animate {
  type: string
  args: unknown[]
}

interface Action {
  animates: Animate[]
  option: { transformOrigin: string; transition: Required<Omit<StepOptions, 'transformOrigin'>> }
}

/** What `export` returns, and the attribute `animation` takes. */
export interface AnimationData {
  actions: Action[]
}

const axes = ['', 'X', 'Y', 'Z', '3d']
const transforms = [
  'matrix',
  'matrix3d',
  'skew',
  'skewX',
  'skewY',
  ...['rotate', 'scale', 'translate'].flatMap((name) => axes.map((axis) => name + axis)),
]
const styles = ['opacity', 'backgroundColor', 'width', 'height', 'left', 'right', 'top', 'bottom']
const lengths = ['width', 'height', 'left', 'right', 'top', 'bottom']

const withUnit = (value: unknown, unit: string) =>
  typeof value === 'number' ? `${value}${unit}` : String(value)

/** One function of `transform`; WeChat's angles are degrees and its lengths pixels. */
function transformOf(type: string, args: unknown[]): string {
  const units: [RegExp, string][] = [
    [/^(rotate|skew)/, 'deg'],
    [/^translate/, 'px'],
  ]
  const unit = units.find(([name]) => name.test(type))?.[1] ?? ''
  const isVector = type === 'rotate3d'
  const written = args.map((arg, index) => withUnit(arg, isVector && index < 3 ? '' : unit))
  return `${type}(${written.join(', ')})`
}

/** Records steps, which the attribute `animation` plays. */
export type AnimationRecorder = {
  /** How a step moves that does not say so. WeChat documents it nowhere; iView's notice bar changes it. */
  option: Action['option']
  step(options?: StepOptions): AnimationRecorder
  export(): AnimationData
}

/** `wx.createAnimation`. */
export function createAnimation(defaults: StepOptions = {}): AnimationRecorder {
  /** By what they change: a step begins from what the steps before have left. */
  const current = new Map<string, Animate>()
  let actions: Action[] = []
  const { duration = 400, timingFunction = 'linear', delay = 0, transformOrigin } = defaults
  const recorder: AnimationRecorder = {
    option: {
      transformOrigin: transformOrigin ?? '50% 50% 0',
      transition: { duration, timingFunction, delay },
    },
    step(options = {}) {
      const { transition: usual, transformOrigin: origin } = recorder.option
      const { transformOrigin = origin } = options
      const { duration = usual.duration, timingFunction = usual.timingFunction } = options
      const transition = { duration, timingFunction, delay: options.delay ?? usual.delay }
      actions.push({ animates: [...current.values()], option: { transformOrigin, transition } })
      return recorder
    },
    export() {
      const data = { actions }
      actions = []
      return data
    },
  }
  const record = (key: string, animate: Animate) => {
    current.set(key, animate)
    return recorder
  }
  for (const type of transforms)
    Object.assign(recorder, { [type]: (...args: unknown[]) => record(type, { type, args }) })
  for (const name of styles) {
    const isLength = lengths.includes(name)
    Object.assign(recorder, {
      [name]: (value: unknown) =>
        record(name, { type: 'style', args: [name, isLength ? withUnit(value, 'px') : value] }),
    })
  }
  return recorder
}

const playing = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>()

/** Plays the steps one after the other, as transitions: so their ends are events. */
export function playAnimation(dom: HTMLElement, data: unknown): void {
  const { actions = [] } = (data ?? {}) as Partial<AnimationData>
  clearTimeout(playing.get(dom))
  const play = ([action, ...rest]: readonly Action[]) => {
    if (!action) return
    const { transformOrigin, transition } = action.option
    const { duration, timingFunction, delay } = transition
    const changes = Object.fromEntries(
      action.animates
        .filter(({ type }) => type === 'style')
        .map(({ args: [name, value] }) => [String(name), String(value)]),
    )
    const moves = action.animates.filter(({ type }) => type !== 'style')
    Object.assign(dom.style, {
      transition: duration > 0 ? `all ${duration}ms ${timingFunction} ${delay}ms` : 'none',
      transformOrigin,
      ...changes,
      ...(moves.length > 0 && {
        transform: moves.map(({ type, args }) => transformOf(type, args)).join(' '),
      }),
    })
    if (rest.length > 0) playing.set(dom, setTimeout(play, duration + delay, rest))
  }
  play(actions)
}

type KeyFrame = Record<string, unknown>

/** A key frame of `animate`, for the browser. */
function keyframeOf({ ease, ...given }: KeyFrame): Keyframe {
  const entries = Object.entries(given)
  const moves = entries
    .filter(([name]) => transforms.includes(name))
    .map(([name, value]) => transformOf(name, [value].flat()))
  return {
    ...Object.fromEntries(entries.filter(([name]) => !transforms.includes(name))),
    ...(typeof ease === 'string' && { easing: ease }),
    ...(moves.length > 0 && { transform: moves.join(' ') }),
  } as Keyframe
}

const ofApp = 'miniprogram'

/** `animate` of pages and components. */
export function animate(
  dom: HTMLElement,
  frames: readonly KeyFrame[],
  duration: number,
  onFinish: unknown,
): void {
  const animation = dom.animate(frames.map(keyframeOf), { duration, fill: 'forwards', id: ofApp })
  animation.addEventListener('finish', () => {
    if (typeof onFinish === 'function') onFinish()
  })
}

/** `clearAnimation`: the node is as it was before. */
export function clearAnimation(dom: HTMLElement): void {
  for (const animation of dom.getAnimations()) if (animation.id === ofApp) animation.cancel()
}
