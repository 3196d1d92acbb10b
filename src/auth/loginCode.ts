import type { Platform } from './platform'
import { AuthError } from './errors'
import type { Session } from './session'
import type { PromptKind } from './types'
import { createDeferred, within, type Deferred } from './wire'

const PRESS_LIMIT = 60_000
const CHECK_LIMIT = 3_000

/**
 * Login codes, and whether the backend has the session key of the newest one. `wx.login` may
 * replace the key that WeChat encrypts with (WeChat: 加密数据解密算法), so it waits while a button is
 * being pressed, and while what the button gave is on its way.
 */
export interface LoginCodes {
  /**
   * A fresh code, once nothing holds it back.
   * @param isWanted asked when its turn has come; otherwise `wx.login` is not called.
   * @throws AuthError `login_failed`, `login_timeout`, `aborted` (not wanted any more)
   */
  issue(isWanted: () => boolean): Promise<string>
  /** The backend has exchanged this code. Returns whether it has the newest key by that. */
  exchanged(code: string): boolean
  /** A button that may give these kinds was pressed: holds for 60 s, or until it is released. */
  press(kinds: readonly PromptKind[]): void
  /** Such a press is over, with a submit or without; if no kind is given, all presses are. */
  releasePress(kind?: PromptKind): void
  /** What a press gave is submitted: holds until the returned function is called. */
  hold(kind: PromptKind): () => void
  /** A submit of this kind has to log in: nothing of the kind holds any longer. */
  release(kind: PromptKind): void
  /** The user signed out: nothing is worth holding for. */
  releaseAll(): void
  /** Whether the backend can decrypt what WeChat encrypts now. */
  isKeyFresh(): Promise<boolean>
}

/** The session key of the newest login code. */
type Key =
  /** This run of the app has not called `wx.login`: the last one left the backend with its key. */
  | { is: 'inherited' }
  /** `wx.login` was called and has not answered, or not with a code. */
  | { is: 'replaced' }
  /** It gave this code, also if nobody waited for it any more. */
  | { is: 'unexchanged'; code: string }
  /** The backend has exchanged that code. */
  | { is: 'exchanged' }

/** What leads from one to the other. */
export interface KeyTransitions {
  inherited: 'replaced'
  replaced: 'replaced' | 'unexchanged'
  unexchanged: 'replaced' | 'unexchanged' | 'exchanged'
  exchanged: 'replaced' | 'unexchanged'
}

/** Why `wx.login` has to wait. It holds until it is released. */
type Hold =
  | { is: 'pressed'; kinds: readonly PromptKind[]; stop: () => void }
  | { is: 'submitted'; kinds: readonly PromptKind[] }

interface LoginCodesOptions {
  platform: Platform
  session: Pick<Session, 'keyReplaced' | 'replaceKey'>
  /** ms, for `wx.login`. */
  timeout: number
}

export function createLoginCodes({ platform, session, timeout }: LoginCodesOptions): LoginCodes {
  let key: Key = session.keyReplaced ? { is: 'replaced' } : { is: 'inherited' }
  const holds = new Set<Hold>()
  let free: Deferred<void> = createDeferred()

  function become(next: Extract<Key, { is: KeyTransitions[Key['is']] }>): void {
    key = next
    if (next.is !== 'exchanged') session.replaceKey()
  }

  function isWithBackend(): boolean {
    switch (key.is) {
      case 'inherited':
      case 'exchanged':
        return true
      case 'replaced':
      case 'unexchanged':
        return false
    }
  }

  async function ask(): Promise<string> {
    if (!platform.login) throw new TypeError('this platform has no login')
    become({ is: 'replaced' })
    const given = platform.login()
    // Also a code that comes too late has replaced the key.
    const code = given.then((one) => {
      if (typeof one !== 'string' || !one) throw new TypeError('no code')
      become({ is: 'unexchanged', code: one })
      return one
    })
    return within(platform, timeout, code, new AuthError('login_timeout'))
  }

  function release(hold: Hold): void {
    if (!holds.delete(hold)) return
    if (hold.is === 'pressed') hold.stop()
    if (holds.size > 0) return
    free.resolve()
    free = createDeferred()
  }

  function pressesOf(isMeant: (kinds: readonly PromptKind[]) => boolean) {
    return [...holds].filter((hold) => hold.is === 'pressed' && isMeant(hold.kinds))
  }

  return {
    async issue(isWanted) {
      while (holds.size > 0) await free.promise
      if (!isWanted()) throw new AuthError('aborted')
      try {
        return await ask()
      } catch (cause) {
        throw cause instanceof AuthError ? cause : new AuthError('login_failed', { cause })
      }
    },

    exchanged(code) {
      const isNewest = key.is === 'unexchanged' && key.code === code
      if (isNewest) become({ is: 'exchanged' })
      return isNewest
    },

    press(kinds) {
      const isSame = (others: readonly PromptKind[]) => String(others) === String(kinds)
      for (const earlier of pressesOf(isSame)) release(earlier)
      const stop = platform.after(PRESS_LIMIT, () => release(pressed))
      const pressed: Hold = { is: 'pressed', kinds, stop }
      holds.add(pressed)
    },

    releasePress(kind) {
      const isMeant = (kinds: readonly PromptKind[]) => kind === undefined || kinds.includes(kind)
      for (const pressed of pressesOf(isMeant)) release(pressed)
    },

    hold(kind) {
      const submitted: Hold = { is: 'submitted', kinds: [kind] }
      holds.add(submitted)
      return () => release(submitted)
    },

    release(kind) {
      for (const hold of [...holds]) if (hold.kinds.includes(kind)) release(hold)
    },

    releaseAll() {
      for (const hold of [...holds]) release(hold)
    },

    async isKeyFresh() {
      if (!isWithBackend()) return false
      if (!platform.checkSession) return true
      try {
        const silence = new AuthError('timeout')
        const isAlive = await within(platform, CHECK_LIMIT, platform.checkSession(), silence)
        // A login that began meanwhile has replaced the key that was checked.
        return isAlive && isWithBackend()
      } catch {
        return false
      }
    },
  }
}
