import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue'
import type { MiniProgramRecord } from '../../record'
import { tellStory } from './sequence'
import type { Story } from './story'

/**
 * The story of the records, built anew at most once a frame: a burst brings hundreds of records, each
 * several times. Sees a new array, and records put into or exchanged in a reactive one.
 */
export function useStory(records: () => readonly MiniProgramRecord[]): ShallowRef<Story> {
  const story = shallowRef(tellStory(records()))
  let frame: number | undefined
  watch(
    () => [...records()],
    () => {
      frame ??= requestAnimationFrame(() => {
        frame = undefined
        story.value = tellStory(records())
      })
    },
  )
  onBeforeUnmount(() => frame !== undefined && cancelAnimationFrame(frame))
  return story
}
