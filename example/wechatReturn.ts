import type { Credentials } from 'watchword'
import { navigate } from 'watchword/host'
import { takeOAuthReturn } from 'watchword/sign-in'
import { failureText } from './api'
import { auth } from './auth'
import { texts } from './language'

const adding = ['/example/account/account', '/example/coupon/coupon'] as const
/** A page that asks WeChat who somebody is that is signed in already. */
export type AddingPage = (typeof adding)[number]

let addition: { page: AddingPage; credentials: Credentials } | undefined

/** Before the app is created: later, the router would bring the code back into the address. */
export function takeWechatReturn(): void {
  const returned = takeOAuthReturn()
  if (!returned) return
  const { credentials } = returned
  const page = adding.find((one) => one === returned.page)
  if (page && auth.tokenState) addition = { page, credentials }
  else void signIn(credentials, returned.page)
}

/** What WeChat has sent back for this page, once. */
export function takeAddition(page: AddingPage): Credentials | undefined {
  if (addition?.page !== page) return undefined
  const { credentials } = addition
  addition = undefined
  return credentials
}

/** By the button of a form. The page of SignInPage leads on by itself. */
async function signIn(credentials: Credentials, page: string | undefined): Promise<void> {
  let title: string
  try {
    await auth.login(credentials)
    title = texts.value.mine.signedIn
  } catch (error) {
    title = failureText(error)
  }
  if (page) await navigate(page, { root: true }).catch(() => undefined)
  void uni.showToast({ title, icon: 'none', duration: 3_000 })
}
