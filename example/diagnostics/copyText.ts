import { askHost } from './askHost'

/** `privacyRefused`: the user has not agreed to the privacy terms; WeChat asks before it copies. */
export type CopyOutcome = 'copied' | 'privacyRefused' | 'notCopied'

/** ms; WeChat's own dialogue about the privacy terms may stand in between. */
const limit = 60_000

/** Puts text on the clipboard. Never rejects. */
export function copyText(data: string): Promise<CopyOutcome> {
  return askHost((callbacks) => uni.setClipboardData({ data, ...callbacks }), limit).then(
    () => 'copied',
    (failure: { errno?: unknown; errMsg?: unknown } | null | undefined) => {
      const { errno, errMsg } = { ...failure }
      // 103 and 104: refused; 112 is the developer's mistake, a declaration is missing.
      const isRefusal = errno !== 112 && /privacy permission/i.test(String(errMsg))
      return errno === 103 || errno === 104 || isRefusal ? 'privacyRefused' : 'notCopied'
    },
  )
}
