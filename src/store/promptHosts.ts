import { shallowRef } from 'vue'
import type { Auth } from '../auth/types'
import type { Platform } from '../platform/platform'

export interface PromptHostsOptions {
  auth: Pick<Auth, 'prompt' | 'cancelPrompt' | 'pageUnloaded' | 'subscribe'>
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

/** A mounted AuthSheet. What is told twice does no harm. */
export interface PromptHost {
  /** Whether it is the one to render the prompt. Reactive. */
  readonly isActive: boolean
  /** Its page shows. */
  shown(): void
  /** Its page was unloaded. */
  unloaded(): void
  /** The sheet was unmounted, with its page or without. */
  removed(): void
}

export interface PromptHosts {
  add(): PromptHost
}

/**
 * Decides where a prompt is shown: by the sheet of the visible page, or, where that page has
 * none, on the full-page host, which is left again when the prompt is over.
 */
export function createPromptHosts(options: PromptHostsOptions): PromptHosts {
  const { auth } = options
  /** The pages that have a sheet, the one shown last at the end. */
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

  function activateLast(): void {
    active.value = [...pagesOfHosts.keys()].pop()
  }

  /** One move at a time, each decided by how things stand after the one before. */
  async function settle(): Promise<void> {
    if (isMoving) return
    isMoving = true
    for (let move = nextMove(); move; move = nextMove()) await move()
    isMoving = false
  }

  function nextMove(): (() => Promise<void>) | undefined {
    const page = topPage()
    const isOnPromptPage = options.isPromptPage(page)
    if (!auth.prompt) return isOpened && isOnPromptPage ? leave : undefined
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
    }
  }

  async function leave(): Promise<void> {
    isOpened = false
    await options.leavePromptPage()
  }

  function pageUnloaded(page: unknown): void {
    unloaded.add(page as object)
    if (options.isPromptPage(page)) {
      // Not opened any more: it was left because its prompt is over.
      if (isOpened) auth.cancelPrompt()
      isOpened = false
      void settle()
    } else {
      // The core looks at the open pages, and this one is still among them.
      options.after(0, auth.pageUnloaded)
    }
  }

  auth.subscribe(() => void settle())

  return {
    add() {
      let page: unknown
      const host: PromptHost = {
        get isActive() {
          return active.value === host
        },
        shown() {
          page ??= topPage()
          pagesOfHosts.delete(host)
          pagesOfHosts.set(host, page)
          activateLast()
          void settle()
        },
        unloaded() {
          host.removed()
          if (page) pageUnloaded(page)
        },
        removed() {
          pagesOfHosts.delete(host)
          activateLast()
        },
      }
      return host
    },
  }
}
