import { createAuth } from 'watchword'

/** The backend; without a configured one that of `npm run backend`. */
export const baseURL = (import.meta.env.VITE_API_BASE as string) || 'http://127.0.0.1:3000'

/** This app's sign-in. */
export const auth = createAuth({ baseURL })
