import { shallowRef } from 'vue'
import type { Auth } from '../auth/auth'
import type { Platform } from '../auth/platform'
import type { PrivacyConsent } from './privacyConsent'

export interface PromptHostsOptions {
  auth: Pick<Auth, 'prompt' | 'cancelPrompt' | 'pageUnloaded' | 'subscribe'>
  privacy: Pick<PrivacyConsent, 'isAsked' | 'refuse' | 'subscribe'>
  /** The open pages, the visible one last; compared by identity only. */
  pages(): readonly unknown[]
  /** Whether this page is the one that {@link openPromptPage} opens. */
  isPromptPage(page: unknown): boolean
  /** Shows the full-page host; rejects where that cannot be done. */
  openPromptPage(): Promise<unknown>
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
 * Decides where the user is asked, by a prompt or for the consent to the privacy terms: by the
 * sheet of the visible page, or, where that page has none, on the full-page host, which is left
 * again when it is over.
 */
export function createPromptHosts(options: PromptHostsOptions): PromptHosts {
  const { auth, privacy } = options
  /** The pages that have a sheet, which need not be visible. */
  const pagesOfHosts = new Map<PromptHost, unknown>()
  const active = shallowRef<PromptHost>()
  /** H5 lists a page until after its onUnload. */
  const unloaded = new WeakSet<object>()
  let isOpened = false
  let isMoving = false

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
  }

  /** One move at a time, each decided by how things stand after the one before. */
  async function settle(): Promise<void> {
    activate()
    if (isMoving) return
    isMoving = true
    for (let move = nextMove(); move; move = nextMove()) await move()
    isMoving = false
  }

  function nextMove(): (() => Promise<void>) | undefined {
    const page = topPage()
    const isOnPromptPage = options.isPromptPage(page)
    if (!auth.prompt && !privacy.isAsked) return isOpened && isOnPromptPage ? leave : undefined
    const hasHost = isOnPromptPage || [...pagesOfHosts.values()].includes(page)
    return isOpened || hasHost ? undefined : open
  }

  async function open(): Promise<void> {
    isOpened = true
    try {
      await options.openPromptPage()
    } catch {
      isOpened = false
      auth.cancelPrompt('prompt_unavailable')
      privacy.refuse()
    }
  }

  async function leave(): Promise<void> {
    isOpened = false
    await options.leavePromptPage()
  }

  function pageUnloaded(page: unknown): void {
    if (unloaded.has(page as object)) return
    unloaded.add(page as object)
    // Going back leaves the question, too.
    if (active.value && pagesOfHosts.get(active.value) === page) privacy.refuse()
    if (!options.isPromptPage(page)) return
    // Not opened any more: it was left because its prompt is over.
    if (isOpened && auth.prompt) auth.cancelPrompt()
    isOpened = false
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
