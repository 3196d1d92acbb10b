import { createAuth } from '../index'

/** This app's sign-in; without a configured backend the one of `npm run backend`. */
export const auth = createAuth({
  baseURL: (import.meta.env.VITE_API_BASE as string | undefined) || 'http://127.0.0.1:3000',
})
