import { nextTick, onBeforeUnmount, onMounted, reactive, ref, watch, type Ref } from 'vue'

/** px from the end within which a person counts as looking at the newest. */
const near = 48

/**
 * Size and scroll position of a scrolling element. It keeps to its end while `height` grows, unless
 * the person has scrolled up, or from `hold` to the next scrolling; `isBehind` then says that more
 * is below.
 */
export function useFollow(scroller: Ref<HTMLElement | undefined>, height: () => number) {
  const size = reactive({ width: 0, height: 0, top: 0 })
  const isBehind = ref(false)
  let follows = true

  function measure(): void {
    const element = scroller.value
    if (!element) return
    size.width = element.clientWidth
    size.height = element.clientHeight
    size.top = element.scrollTop
  }

  function onScroll(): void {
    measure()
    const element = scroller.value
    // Also of a list that has just been taken away.
    if (!element) return
    follows = element.scrollHeight - element.clientHeight - element.scrollTop <= near
    if (follows) isBehind.value = false
  }

  function hold(): void {
    follows = false
  }

  function toNewest(): void {
    const element = scroller.value
    if (element) element.scrollTop = element.scrollHeight
    onScroll()
  }

  const observer = new ResizeObserver(() => {
    measure()
    if (follows) void nextTick(toNewest)
  })
  onMounted(() => {
    measure()
    observer.observe(scroller.value!)
    watch(height, async (now, before) => {
      if (now <= before) return
      if (!follows) isBehind.value = true
      else await nextTick(toNewest)
    })
  })
  onBeforeUnmount(() => observer.disconnect())

  return { size, isBehind, onScroll, toNewest, hold }
}
