let ids = 0

/** An id that no other element of the page has; Vue has `useId` of its own from 3.5 on only. */
export const useId = (prefix: string): string => `${prefix}-${(ids += 1)}`
