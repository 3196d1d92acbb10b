import type { Auth } from '../auth/auth'
import type { TokenState } from '../auth/types'
import { ask } from '../auth/wire'
import { navigate } from '../host/navigation'
import { queryOf } from '../host/pageQuery'
import { openPages, type OpenPage } from '../uni/openPages'
import { withQuery } from '../host/query'
import { timers } from '../uni/timers'
import { uniPlatform } from '../uni/uniPlatform'
import { isOwnPage } from './ownPage'

/** How long the page that the host opens may take to come, ms, and how often that is looked at. */
const lookLimit = 10_000
const lookStep = 100

/** The parameter of the sign-in page that names the page to go on to. */
const WANTED = 'wanted'

/** For an app that nobody may use without signing in. */
export interface ClosedEntryOptions {
  /** The page that holds `<SignInPage />`, e.g. `/pages/sign-in/sign-in`. */
  page: string
  /** The page where your app begins, for users who have come for no other, e.g. `/pages/home/home`. */
  home: string
  /** Why users have to sign in, for the sign-in page. A function is called each time it is needed. */
  reason?: string | (() => string)
  /** Whether whoever has this token state may use the app. Default: your business knows them, by a `uid`. */
  isSignedIn?: (state: TokenState) => boolean
}

/** For the option `entry` of createAuthPlugin. */
export interface ClosedEntry {
  reason(): string
  begin(auth: Auth, promptPage: string | undefined): void
}

/** What it needs of the host. */
export interface EntryHost {
  pages(): OpenPage[]
  /** Closes all pages for this one; resolves once it is open. */
  reLaunch(url: string): Promise<void>
  /** Calls the listener whenever the app comes to the front. */
  onShow(listener: () => void): void
  after(ms: number, call: () => void): () => void
}

const uniHost = (): EntryHost => ({
  pages: openPages,
  reLaunch: (url) => navigate(url, { root: true }),
  onShow: (listener) => ask(() => uniPlatform().onShow?.(listener)),
  after: timers.after,
})

/**
 * Lets only users into the app who are signed in. At launch, when a running app is opened by a code or a
 * card, and after signing out, everybody else is led to the sign-in page by reLaunch. Once signed in, they
 * are led to where they wanted to be, query and all. Whom a silent login knows sees no sign-in page. It
 * protects no data: that is the backend's.
 * @returns what createAuthPlugin takes as `entry`
 * @example
 * import { createAuthPlugin } from 'watchword'
 * import { closedEntry } from 'watchword/sign-in'
 *
 * const plugin = createAuthPlugin(auth, {
 *   entry: closedEntry({
 *     page: '/pages/sign-in/sign-in',
 *     home: '/pages/home/home',
 *     reason: '仅限本校师生使用',
 *   }),
 * })
 */
export function closedEntry(options: ClosedEntryOptions, host: EntryHost = uniHost()): ClosedEntry {
  const { page, home, reason = '', isSignedIn = ({ uid }) => uid !== undefined } = options
  return {
    reason: () => (typeof reason === 'function' ? reason() : reason),
    begin: (auth, promptPage) => guard(auth, promptPage),
  }

  function guard(auth: Auth, promptPage: string | undefined): void {
    let hasTried = false
    let isMoving = false
    let isLooking = false
    let waited = 0

    const isIn = () => auth.tokenState !== null && isSignedIn(auth.tokenState)

    /** Where the user has to be led. */
    function next(): string | undefined {
      const pages = host.pages()
      const signInPage = pages.find((one) => pathOf(one) === page)
      if (isIn()) return signInPage && wantedOn(signInPage)
      const visible = pages.filter((one) => pathOf(one) !== promptPage).pop()
      if (!hasTried || signInPage || !visible) return undefined
      // Who has signed out comes for nothing in particular.
      const wanted = auth.signedOut ? home : urlOf(visible)
      return withQuery(page, wanted === home ? {} : { [WANTED]: wanted })
    }

    /** It comes out of an address, which anybody may have written. */
    function wantedOn(signInPage: OpenPage): string {
      const wanted = queryOf(signInPage)[WANTED]
      return isOwnPage(wanted) && !wanted.startsWith(page) ? wanted : home
    }

    async function lead(): Promise<void> {
      if (isMoving) return
      isMoving = true
      try {
        for (let url = next(); url !== undefined; url = next()) await host.reLaunch(url)
      } finally {
        isMoving = false
      }
    }

    /**
     * The host tells nobody when it opens a page by itself, at launch, or because a running app is opened
     * by a code: that takes its time, also where the code of the page has to be loaded first.
     */
    async function look(): Promise<void> {
      waited = 0
      if (isLooking) return
      isLooking = true
      try {
        do {
          // What still fails at the end is the app's, such as a page that it does not have.
          await lead().catch(() => undefined)
          await new Promise<void>((resolve) => host.after(lookStep, resolve))
          waited += lookStep
        } while (host.pages().length === 0 || (!isIn() && waited < lookLimit))
        await lead()
      } finally {
        isLooking = false
      }
    }

    async function enter(): Promise<void> {
      if (!hasTried && !isIn() && !auth.signedOut) await auth.verify().catch(() => undefined)
      hasTried = true
      await look()
    }

    auth.subscribe(() => void look())
    host.onShow(() => void enter())
    void enter()
  }
}

const pathOf = ({ route }: OpenPage) => `/${route}`

const urlOf = (page: OpenPage) => withQuery(pathOf(page), queryOf(page)) ?? pathOf(page)
