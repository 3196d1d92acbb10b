import { matchesMedia, watchPageSize, type MediaDescriptor } from '../mediaQueries'
import { defineBuiltIn } from './builtIn'

/** Not written. */
const unset = -1

const props = {
  minWidth: unset,
  maxWidth: unset,
  width: unset,
  minHeight: unset,
  maxHeight: unset,
  height: unset,
  orientation: '',
}

/** Shows its content only while the page has the size that it names. */
export const matchMedia = defineBuiltIn('match-media', props, (node) => {
  const written = () =>
    Object.fromEntries(
      Object.keys(props).flatMap((name) => {
        const value = node.props[name as keyof typeof props]
        return value === unset || value === '' ? [] : [[name, value]]
      }),
    ) as MediaDescriptor
  // An attribute, for the app may write styles and classes of its own.
  const update = () => void node.dom.toggleAttribute('data-unmatched', !matchesMedia(written()))
  const stop = watchPageSize(update)
  return { update, detached: stop }
})
