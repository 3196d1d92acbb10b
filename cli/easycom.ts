import type { Properties } from './objectText'

interface EasycomRule {
  pattern: string
  target: string
  components: readonly string[]
}

const components = ['AuthSheet', 'KeyboardBar', 'PhoneNumberButton', 'PrivacyNote', 'ProfileForm']

const rules: readonly EasycomRule[] = [
  {
    pattern: `^(${components.join('|')})$`,
    target: 'watchword/components/$1.vue',
    components,
  },
  { pattern: '^PromptPage$', target: 'watchword/pages/PromptPage.vue', components: ['PromptPage'] },
]

/** As they are written into `easycom.custom`. */
export type EasycomEntries = readonly (readonly [pattern: string, target: string])[]

/** How the project's rules and those of the package go together. */
export type EasycomState =
  | { is: 'complete' }
  | { is: 'lacking'; entries: EasycomEntries }
  /** A rule of the reader's names one of the components. */
  | { is: 'taken' }

export const easycomEntries: EasycomEntries = rules.map(({ pattern, target }) => [pattern, target])

/** As they are below `easycom`, or as the whole of it. */
export const asCustom = (entries: EasycomEntries): Properties => [['custom', entries]]
export const asEasycom = (entries: EasycomEntries): Properties => [['easycom', asCustom(entries)]]

export function easycomState(custom: EasycomEntries): EasycomState {
  const lacking: [string, string][] = []
  for (const { pattern, target, components } of rules) {
    const owners = components.map((name) => ownerOf(name, custom))
    if (owners.includes('reader')) return { is: 'taken' }
    if (owners.includes('nobody')) lacking.push([pattern, target])
  }
  return lacking.length > 0 ? { is: 'lacking', entries: lacking } : { is: 'complete' }
}

/** A rule that matches everything is nobody's: the package's own rules go before it. */
function ownerOf(component: string, custom: EasycomEntries): 'watchword' | 'reader' | 'nobody' {
  const rule = custom.find(([pattern]) => matches(pattern, component))
  if (!rule) return 'nobody'
  if (rule[1].startsWith('watchword/')) return 'watchword'
  return rule[0].includes(component) ? 'reader' : 'nobody'
}

function matches(pattern: string, component: string): boolean {
  try {
    return new RegExp(pattern).test(component)
  } catch {
    // uni-app reports it when it compiles.
    return false
  }
}
