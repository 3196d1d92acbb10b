export { createAuth } from './auth/auth'
export { parseChallenges, readHeader } from './auth/challenge'
export { AuthError, HttpError, isAuthError } from './auth/errors'
export { uniPlatform } from './platform/uniPlatform'
export { useFocusChain } from './forms/useFocusChain'
export { navigate } from './platform/navigation'
export { createAuthPlugin, useAuthStore } from './store/authStore'

export type { AuthErrorCode } from './auth/errors'
export type {
  Auth,
  AuthEndpoints,
  AuthOptions,
  AuthTask,
  AuthWarning,
  ButtonDetail,
  Challenge,
  DownloadOptions,
  DownloadResult,
  Prompt,
  PromptKind,
  PromptScope,
  RequestOptions,
  TokenState,
  UploadOptions,
  UserInfoSubmission,
} from './auth/types'
export type { UseFocusChainOptions, UseFocusChainReturn } from './forms/useFocusChain'
export type { Platform } from './platform/platform'
export type { AuthPluginOptions } from './store/authStore'
