import { localPhone } from '../phone'
import { createAliyunSender } from './aliyun'
import type { SmsConfig } from './smsConfig'
import type { SmsSender } from './smsSender'

/**
 * The sender that the configuration names, if any.
 * @throws Error when what it needs is not installed
 */
export function createSmsSender(config: SmsConfig): SmsSender | undefined {
  switch (config.is) {
    case 'none':
      return undefined
    case 'console':
      return ({ phoneNumber, code, purpose }) => {
        // Not the log, which is kept and sent elsewhere.
        console.error(`text message to ${phoneNumber}: ${code} (${purpose})`)
        return Promise.resolve()
      }
    case 'stand-in':
      return createStandInSender(config.url)
    case 'aliyun':
      return createAliyunSender(config)
  }
}

/** `url` is that of the stand-in for WeChat's servers, whose inbox it fills. */
function createStandInSender(url: string): SmsSender {
  return async ({ phoneNumber, code, purpose }) => {
    const response = await fetch(new URL('_control/sms', `${url.replace(/\/$/, '')}/`), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ phone: localPhone(phoneNumber), code, purpose }),
    })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`the inbox answers ${response.status}`)
  }
}
