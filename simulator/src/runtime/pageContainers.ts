/** A `page-container` on a page. */
export interface PageContainer {
  readonly dom: HTMLElement
  readonly isShown: boolean
  /** Closes it as a return does: the app notices by its events only. */
  close(): void
  /** It has become the one container of its page. */
  admitted(): void
}

/** The containers of all open pages: one a page counts, and takes the page's place on a return. */
export interface PageContainers {
  add(container: PageContainer): void
  remove(container: PageContainer): void
  /** Whether it is the one that its page has; further ones wait until it is gone. */
  isAdmitted(container: PageContainer): boolean
  /** Closes what is shown on the page on top; says whether there was anything. */
  closeShown(): boolean
}

const pageOf = ({ dom }: PageContainer) => dom.closest<HTMLElement>('.simulator-webview')

/** Keeps them in the order in which they came. */
export function createPageContainers(): PageContainers {
  const containers: PageContainer[] = []
  const admittedOn = (page: HTMLElement | null) =>
    containers.find((container) => pageOf(container) === page)
  return {
    add: (container) => void containers.push(container),
    remove(container) {
      const page = pageOf(container)
      const wasAdmitted = admittedOn(page) === container
      containers.splice(containers.indexOf(container), 1)
      if (wasAdmitted) admittedOn(page)?.admitted()
    },
    isAdmitted: (container) => admittedOn(pageOf(container)) === container,
    closeShown() {
      const shown = containers.find(
        (container) => container.isShown && pageOf(container)?.hidden === false,
      )
      shown?.close()
      return shown !== undefined
    },
  }
}
