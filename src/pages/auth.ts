import { createAuth } from '../index'

/** This app's sign-in. */
export const auth = createAuth({ baseURL: import.meta.env.VITE_API_BASE as string })
