import { z } from 'zod'

/** How text codes are sent. */
export type SmsConfig =
  /** Not at all: nobody can sign in by phone number. */
  | { is: 'none' }
  /** To the terminal of a developer. */
  | { is: 'console' }
  /** Into the inbox of the stand-in for WeChat's servers. */
  | { is: 'stand-in'; url: string }
  | ({ is: 'aliyun' } & AliyunConfig)

/** Alibaba Cloud's 短信认证服务, which people without a company can use, too. */
export interface AliyunConfig {
  accessKeyId: string
  accessKeySecret: string
  signName: string
  templateCode: string
  /** Where its API is, for tests; by its official name if not given. */
  endpoint?: { host: string; protocol: 'HTTP' | 'HTTPS' } | undefined
}

const senders = ['none', 'console', 'stand-in', 'aliyun'] as const
const aliyunVariables = [
  'ALIYUN_ACCESS_KEY_ID',
  'ALIYUN_ACCESS_KEY_SECRET',
  'ALIYUN_SMS_SIGN_NAME',
  'ALIYUN_SMS_TEMPLATE_CODE',
] as const

export const smsVariables = {
  NODE_ENV: z.string().optional(),
  SMS_SENDER: z.enum(senders, { error: `must be one of ${senders.join(', ')}` }).default('none'),
  ALIYUN_ACCESS_KEY_ID: z.string().optional(),
  ALIYUN_ACCESS_KEY_SECRET: z.string().optional(),
  ALIYUN_SMS_SIGN_NAME: z.string().optional(),
  ALIYUN_SMS_TEMPLATE_CODE: z.string().optional(),
}

type SmsVariables = z.output<z.ZodObject<typeof smsVariables>>

/** Senders that are not for production, and why: text codes are shown to others than their users. */
const forDevelopment: Partial<Record<SmsVariables['SMS_SENDER'], string>> = {
  console: 'everybody who sees the terminal can sign in',
  'stand-in': 'everybody who reaches its inbox can sign in',
}

/** Adds a fault for a sender that shows codes in production, and each variable that one needs. */
export function checkSms(data: SmsVariables, context: z.RefinementCtx): void {
  const danger = forDevelopment[data.SMS_SENDER]
  if (danger && data.NODE_ENV === 'production') {
    const message = `must not be ${data.SMS_SENDER} in production: ${danger}`
    context.addIssue({ code: 'custom', path: ['SMS_SENDER'], message })
  }
  if (data.SMS_SENDER !== 'aliyun') return
  for (const name of aliyunVariables) {
    const message = 'is missing, which SMS_SENDER=aliyun needs'
    if (!data[name]) context.addIssue({ code: 'custom', path: [name], message })
  }
}

export function smsConfig(data: SmsVariables & { WECHAT_API_BASE: string }): SmsConfig {
  switch (data.SMS_SENDER) {
    case 'none':
    case 'console':
      return { is: data.SMS_SENDER }
    case 'stand-in':
      return { is: 'stand-in', url: data.WECHAT_API_BASE }
    case 'aliyun':
      return {
        is: 'aliyun',
        accessKeyId: data.ALIYUN_ACCESS_KEY_ID ?? '',
        accessKeySecret: data.ALIYUN_ACCESS_KEY_SECRET ?? '',
        signName: data.ALIYUN_SMS_SIGN_NAME ?? '',
        templateCode: data.ALIYUN_SMS_TEMPLATE_CODE ?? '',
      }
  }
}
