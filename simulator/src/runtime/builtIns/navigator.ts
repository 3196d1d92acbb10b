import { defineBuiltIn } from './builtIn'

const apis: Record<string, string> = {
  navigate: 'navigateTo',
  redirect: 'redirectTo',
  switchTab: 'switchTab',
  reLaunch: 'reLaunch',
  navigateBack: 'navigateBack',
}

/** A link to another page. */
export const navigator = defineBuiltIn(
  'navigator',
  { target: 'self', url: '', openType: 'navigate', delta: 1, hoverClass: 'navigator-hover' },
  (node, services) => ({
    tap() {
      const { url, openType, delta } = node.props
      services.navigate(
        apis[openType] ?? 'navigateTo',
        openType === 'navigateBack' ? { delta } : { url },
      )
    },
  }),
)
