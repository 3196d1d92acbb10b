import { askHost } from './askHost'

/** `privacyRefused`: the user has not agreed to the privacy terms; WeChat asks before it copies. */
export type CopyOutcome = 'copied' | 'privacyRefused' | 'failed'

/** ms; WeChat's own dialogue about the privacy terms may stand in between. */
const limit = 60_000

/** Puts text on the clipboard. Never rejects. */
export function copyText(data: string): Promise<CopyOutcome> {
  return askHost<CopyOutcome>({
    ask: (end) =>
      uni.setClipboardData({
        data,
        success: () => end('copied'),
        fail: (failure: unknown) => end(isPrivacyRefusal(failure) ? 'privacyRefused' : 'failed'),
      }),
    without: () => 'failed',
    limit,
  })
}

// errno 103 and 104: refused; 112 is the developer's mistake, a declaration is missing.
function isPrivacyRefusal(failure: unknown): boolean {
  const { errno, errMsg } = { ...(failure as { errno?: unknown; errMsg?: unknown } | null) }
  if (errno === 112) return false
  return errno === 103 || errno === 104 || /privacy permission/i.test(String(errMsg))
}
