import type { Credentials } from '../auth/dialect'
import { wechatAppCredentials } from '../signIn/wechatApp'
import { isApp } from '../uni/target'

/** What the App's WeChat login yields; in a mini-program the silent login needs nothing. */
export async function wechatCredentials(): Promise<Credentials | undefined> {
  return isApp ? wechatAppCredentials() : undefined
}
