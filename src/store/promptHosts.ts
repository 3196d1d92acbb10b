import { shallowRef } from 'vue'
import type { Auth } from '../auth/auth'
import type { Platform } from '../auth/platform'
import { gapText, type PromptGap } from './mistakes'
import type { PrivacyConsent } from './privacyConsent'

/**
 * How long an open prompt page may be without a sheet, and how long it may take to be among the open
 * pages, in ms. A sheet mounts with its page; the rest is for slow phones.
 */
const sheetLimit = 5000

export interface PromptHostsOptions {
  auth: Pick<Auth, 'prompt' | 'cancelPrompt' | 'pageUnloaded' | 'subscribe'>
  privacy: Pick<PrivacyConsent, 'isAsked' | 'refuse' | 'subscribe'>
  /** The open pages, the visible one last; compared by identity only. */
  pages(): readonly unknown[]
  /** Whether this page is the one that {@link openPromptPage} opens. */
  isPromptPage(page: unknown): boolean
  /** Shows the full-page host. Resolves with what prevents that, if anything does; never rejects. */
  openPromptPage(): Promise<PromptGap | undefined>
  /** Goes back from it; never rejects. */
  leavePromptPage(): Promise<unknown>
  after: Platform['after']
}

/** An AuthSheet. A second call does no harm. */
export interface PromptHost {
  /** Whether it is the one to render what is asked. Reactive. */
  readonly isActive: boolean
  /** It is mounted, or its page shows. */
  shown(): void
  /** Its page was unloaded. */
  unloaded(): void
  /** The sheet was unmounted, with its page or without. */
  removed(): void
}

export interface PromptHosts {
  /** `pageOf`: the sheet's page, one of the open ones; undefined while it is not among them. */
  add(pageOf: () => unknown): PromptHost
}

/**
 * The full-page host: `expected` once it is being opened, `overdue` if it is not among the open pages
 * in time (H5 loads its code after the navigation), `open` once it has had a sheet.
 */
type FullPage = 'closed' | 'expected' | 'overdue' | 'open'

/**
 * Decides where the user is asked, by a prompt or for the consent to the privacy terms: by the
 * sheet of the visible page, or, where that page has none, on the full-page host, which is left
 * again when it is over. Where nothing can ask, the prompt ends with `prompt_unavailable`.
 */
export function createPromptHosts(options: PromptHostsOptions): PromptHosts {
  const { auth, privacy } = options
  /** The pages that have a sheet, which need not be visible. */
  const pagesOfHosts = new Map<PromptHost, unknown>()
  const active = shallowRef<PromptHost>()
  /** H5 lists a page until after its onUnload. */
  const unloaded = new WeakSet<object>()
  let fullPage: FullPage = 'closed'
  let isMoving = false
  let stopWaiting: (() => void) | undefined

  function topPage(): unknown {
    return options
      .pages()
      .filter((page) => !unloaded.has(page as object))
      .pop()
  }

  /** The sheet of the visible page; of two there, the later one. */
  function activate(): void {
    const page = topPage()
    active.value = [...pagesOfHosts.keys()].filter((host) => pagesOfHosts.get(host) === page).pop()
    if (active.value && fullPage !== 'closed' && options.isPromptPage(page)) fullPage = 'open'
  }

  /** One move at a time, each decided by how things stand after the one before. */
  async function settle(): Promise<void> {
    activate()
    if (isMoving) return
    isMoving = true
    for (let move = nextMove(); move; move = nextMove()) await move()
    isMoving = false
    awaitSheet()
  }

  const isAsked = () => auth.prompt !== null || privacy.isAsked

  function nextMove(): (() => Promise<void>) | undefined {
    activate()
    const isOnPromptPage = options.isPromptPage(topPage())
    if (!isAsked()) return fullPage !== 'closed' && isOnPromptPage ? leave : undefined
    return fullPage !== 'closed' || isOnPromptPage || active.value ? undefined : open
  }

  async function open(): Promise<void> {
    fullPage = 'expected'
    const gap = await options.openPromptPage()
    if (gap) end(gap)
  }

  async function leave(): Promise<void> {
    fullPage = 'closed'
    await options.leavePromptPage()
  }

  /** A prompt page that shows nothing would keep the requests waiting for ever. */
  function awaitSheet(): void {
    const isExpected = fullPage === 'expected' || fullPage === 'overdue'
    if (isAsked() && !active.value && (isExpected || options.isPromptPage(topPage()))) {
      stopWaiting ??= options.after(sheetLimit, sheetIsLate)
    } else {
      stopWaiting?.()
      stopWaiting = undefined
    }
  }

  function sheetIsLate(): void {
    stopWaiting = undefined
    const isOnPromptPage = options.isPromptPage(topPage())
    if (isOnPromptPage || fullPage === 'overdue') end('no_sheet')
    else fullPage = 'overdue'
    void settle()
  }

  /** Nothing can ask. What is open is left, as if it had been answered. */
  function end(gap: PromptGap): void {
    fullPage = options.isPromptPage(topPage()) ? 'open' : 'closed'
    auth.cancelPrompt('prompt_unavailable', gapText(gap))
    privacy.refuse()
  }

  function pageUnloaded(page: unknown): void {
    if (unloaded.has(page as object)) return
    unloaded.add(page as object)
    // Going back leaves the question, too.
    if (active.value && pagesOfHosts.get(active.value) === page) privacy.refuse()
    if (!options.isPromptPage(page)) return
    // Not opened any more: it was left because its prompt is over.
    if (fullPage !== 'closed' && auth.prompt) auth.cancelPrompt()
    fullPage = 'closed'
    void settle()
  }

  /** The core looks at the open pages, and one that is being unloaded is still among them. */
  function settleLater(): void {
    options.after(0, () => {
      auth.pageUnloaded()
      void settle()
    })
  }

  auth.subscribe(() => void settle())
  privacy.subscribe(() => void settle())

  return {
    add(pageOf) {
      let page: unknown
      let isRemoved = false
      const host: PromptHost = {
        get isActive() {
          return active.value === host
        },
        shown() {
          // uni-app keeps onShow at the page: it outlives a sheet under v-if.
          if (isRemoved) return
          page ??= pageOf()
          if (page === undefined) return
          pagesOfHosts.set(host, page)
          void settle()
        },
        unloaded() {
          if (page) pageUnloaded(page)
          host.removed()
        },
        removed() {
          if (isRemoved) return
          isRemoved = true
          pagesOfHosts.delete(host)
          activate()
          settleLater()
        },
      }
      return host
    },
  }
}
