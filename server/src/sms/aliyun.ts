import type { AliyunConfig } from './smsConfig'
import type { SmsSender } from './smsSender'
export function createAliyunSender(_config: AliyunConfig): Promise<SmsSender> {
  throw new Error('later')
}
