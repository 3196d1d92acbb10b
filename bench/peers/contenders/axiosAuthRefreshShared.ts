import { createWith } from './axiosAuthRefresh'

/** Its documents advise against it, but requests that meet a 401 during the refresh then wait for it. */
export const create = createWith({ deduplicateRefresh: false })
