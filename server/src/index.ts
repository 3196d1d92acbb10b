export { createApp, type AppOptions } from './app'
export {
  ConfigError,
  readConfig,
  type ServerConfig,
  type UserInfoPolicy,
  type WeChatApp,
  type WeChatConfig,
} from './config'
export { DirectoryInUseError } from './db/lock'
export type { Database, DatabaseOptions, OpenDatabase } from './db/database'
export { openDatabase } from './db/open'
export { noLimits, type LimitsConfig, type RateLimit } from './limits/rateLimit'
export { createLogger, type Logger } from './log'
export type { SmsMessage, SmsSender } from './sms/smsSender'
export { startServer, type RunningServer, type ServerOptions } from './server'
