import { setOwnStyles } from '../inlineStyles'
import { closest, defineBuiltIn } from './builtIn'

interface Place {
  x: number
  y: number
}

/** Between 0 and the room there is; what is larger than its area covers it. */
const limit = (wanted: number, room: number) =>
  Math.min(Math.max(wanted, Math.min(0, room)), Math.max(0, room))

/** The area in which a `movable-view` can be moved. */
export const movableArea = defineBuiltIn('movable-area', { scaleArea: false })

/** Moved by a finger inside its area; it stops where it is let go (no inertia, no bounce). */
export const movableView = defineBuiltIn(
  'movable-view',
  {
    direction: 'none',
    inertia: false,
    outOfBounds: false,
    x: 0 as number | string,
    y: 0 as number | string,
    damping: 20,
    friction: 2,
    disabled: false,
    scale: false,
    scaleMin: 0.1,
    scaleMax: 10,
    scaleValue: 1,
    animation: true,
  },
  (node) => {
    const { dom } = node
    const place: Place = { x: 0, y: 0 }
    const draw = () =>
      setOwnStyles(dom, {
        transform: `translate(${place.x}px, ${place.y}px) scale(${node.props.scaleValue})`,
      })
    const move = (wanted: Place, source: string) => {
      const area = closest(node, 'movable-area')?.dom
      const x = limit(wanted.x, (area?.clientWidth ?? 0) - dom.offsetWidth)
      const y = limit(wanted.y, (area?.clientHeight ?? 0) - dom.offsetHeight)
      if (x === place.x && y === place.y) return
      Object.assign(place, { x, y })
      draw()
      node.emit('change', { x, y, source })
    }
    const placeAsWritten = () =>
      move({ x: parseFloat(String(node.props.x)), y: parseFloat(String(node.props.y)) }, '')
    let from: (Place & { touch: Touch }) | undefined
    dom.addEventListener(
      'touchstart',
      ({ touches: [touch] }) => {
        from = touch && !node.props.disabled ? { ...place, touch } : undefined
      },
      { passive: true },
    )
    dom.addEventListener('touchmove', (event) => {
      const [touch] = event.touches
      const { direction } = node.props
      if (!from || !touch || direction === 'none') return
      // The page around it does not scroll meanwhile.
      if (event.cancelable) event.preventDefault()
      const moved = { x: touch.clientX - from.touch.clientX, y: touch.clientY - from.touch.clientY }
      node.emit(Math.abs(moved.x) > Math.abs(moved.y) ? 'htouchmove' : 'vtouchmove')
      const x = direction === 'vertical' ? place.x : from.x + moved.x
      const y = direction === 'horizontal' ? place.y : from.y + moved.y
      move({ x, y }, 'touch')
    })
    // The area has its size by then.
    requestAnimationFrame(placeAsWritten)
    return {
      update: draw,
      changed: {
        x: placeAsWritten,
        y: placeAsWritten,
        scaleValue: (scale) => node.emit('scale', { ...place, scale }),
      },
    }
  },
)
