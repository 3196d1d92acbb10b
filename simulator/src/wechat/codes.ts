/** Login codes and phone codes live 5 minutes (WeChat: wx.login, 手机号快速验证组件). */
const usualLife = 5 * 60_000

/** What became of a code that somebody brought; `unknown` includes those that are too old. */
export type Redemption<Owner> = { state: 'good'; owner: Owner } | { state: 'used' | 'unknown' }

/** Codes that work once, for some minutes. */
export interface Codes<Owner> {
  issue(owner: Owner): string
  /** Uses the code up. */
  redeem(code: string): Redemption<Owner>
}

export interface CodesOptions<Owner> {
  /** How long a code can be used, in ms; 5 minutes if not given. */
  life?: number
  /** Whose a code is that was not issued here; if not given, nobody's. */
  adopt?: (() => Owner) | undefined
}

/** `make` returns a code nobody can guess; `now` is in ms. */
export function createCodes<Owner>(
  make: () => string,
  now: () => number,
  { life = usualLife, adopt }: CodesOptions<Owner> = {},
): Codes<Owner> {
  const issued = new Map<string, { owner: Owner; expiresAt: number; isUsed: boolean }>()

  /** All live equally long, so the oldest come first. */
  function forgetExpired() {
    for (const [code, { expiresAt }] of issued) {
      if (now() < expiresAt) return
      issued.delete(code)
    }
  }

  function record(code: string, owner: Owner) {
    const entry = { owner, expiresAt: now() + life, isUsed: false }
    issued.set(code, entry)
    return entry
  }

  return {
    issue(owner) {
      forgetExpired()
      const code = make()
      record(code, owner)
      return code
    },
    redeem(code) {
      forgetExpired()
      const found = issued.get(code) ?? (adopt && record(code, adopt()))
      if (!found) return { state: 'unknown' }
      if (found.isUsed) return { state: 'used' }
      found.isUsed = true
      return { state: 'good', owner: found.owner }
    },
  }
}
