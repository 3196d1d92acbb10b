import { createRequire } from 'node:module'
import type * as Sdk from '@alicloud/dypnsapi20170525'
import type * as SdkCore from '@darabonba/typescript'
import type { AliyunConfig } from './smsConfig'
import type { SmsSender } from './smsSender'

const sdkName = '@alicloud/dypnsapi20170525'
const coreName = '@darabonba/typescript'
const officialEndpoint = { host: 'dypnsapi.aliyuncs.com', protocol: 'HTTPS' } as const
/** How long it may take to send, in ms. */
const timeout = 5000

/** The provider has not taken a message; it says no more than the provider's own code for it. */
export class SmsRefusedError extends Error {
  override readonly name = 'SmsRefusedError'
  constructor(readonly code: string | undefined) {
    super('the text message was refused')
  }
}

/**
 * Sends by Alibaba Cloud's SendSmsVerifyCode, which takes a code that it has not made itself
 * (https://help.aliyun.com/zh/pnvs/developer-reference/api-dypnsapi-2017-05-25-sendsmsverifycode).
 * It sends to numbers of mainland China only. Its SDK is no dependency of this backend: `requireOf`
 * loads it as a module at an address would.
 * @throws Error when the SDK is not installed
 */
export function createAliyunSender(
  config: AliyunConfig,
  requireOf: (address: string) => NodeJS.Require = createRequire,
): SmsSender {
  const { accessKeyId, accessKeySecret, signName, templateCode } = config
  const { host, protocol } = config.endpoint ?? officialEndpoint
  const { Client, SendSmsVerifyCodeRequest, RuntimeOptions } = loadSdk(requireOf)
  const settings = { accessKeyId, accessKeySecret, endpoint: host, protocol }
  const client = new Client(settings as ConstructorParameters<typeof Client>[0])
  const runtime = new RuntimeOptions({
    autoretry: false,
    readTimeout: timeout,
    connectTimeout: timeout,
  })

  return async ({ phoneNumber, code, expiresIn }) => {
    const local = /^\+86(\d{11})$/.exec(phoneNumber)?.[1]
    if (local === undefined) throw new SmsRefusedError('no number of mainland China')
    const request = new SendSmsVerifyCodeRequest({
      countryCode: '86',
      phoneNumber: local,
      signName,
      templateCode,
      templateParam: JSON.stringify({ code, min: String(Math.floor(expiresIn / 60)) }),
    })
    const sent = await client
      .sendSmsVerifyCodeWithOptions(request, runtime)
      // Its errors carry the address of the request, which has the number and the code in it.
      .catch((error: unknown) => Promise.reject(new SmsRefusedError(codeOf(error))))
    if (sent.body?.code !== 'OK') throw new SmsRefusedError(sent.body?.code)
  }
}

/** By `require`, as it is a CommonJS module whose default export Node and bundlers see differently. */
function loadSdk(requireOf: (address: string) => NodeJS.Require) {
  try {
    const load = requireOf(import.meta.url)
    const sdk = load(sdkName) as typeof Sdk
    const loadOfSdk = requireOf(load.resolve(sdkName))
    const { RuntimeOptions } = loadOfSdk(coreName) as typeof SdkCore
    return {
      Client: sdk.default,
      SendSmsVerifyCodeRequest: sdk.SendSmsVerifyCodeRequest,
      RuntimeOptions,
    }
  } catch (cause) {
    if (codeOf(cause) !== 'MODULE_NOT_FOUND') throw cause
    throw new Error(`SMS_SENDER=aliyun needs the SDK: npm install ${sdkName}`, { cause })
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
