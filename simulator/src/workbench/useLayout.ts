import { onScopeDispose, ref, type Ref } from 'vue'

/** `wide`: phone, timeline and panels abreast; `medium`: phone and one view; `narrow`: one view. */
export type WorkbenchLayout = 'wide' | 'medium' | 'narrow'

/** The layout that the window has room for, as it is resized. */
export function useLayout(): Readonly<Ref<WorkbenchLayout>> {
  const wide = matchMedia('(width >= 1180px)')
  const medium = matchMedia('(width >= 720px)')
  const find = (): WorkbenchLayout => (wide.matches ? 'wide' : medium.matches ? 'medium' : 'narrow')
  const layout = ref(find())
  const update = () => void (layout.value = find())
  for (const query of [wide, medium]) query.addEventListener('change', update)
  onScopeDispose(() => {
    for (const query of [wide, medium]) query.removeEventListener('change', update)
  })
  return layout
}
