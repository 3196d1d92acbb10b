export { parseChallenges, readHeader } from './auth/challenge'
export { AuthError, HttpError, isAuthError } from './auth/errors'
export { createAuth } from './createAuth'
export { createAuthPlugin, useAuthStore } from './store/authStore'
export { uniPlatform } from './uni/uniPlatform'

export type { Challenge } from './auth/challenge'
export type { AuthErrorCode } from './auth/errors'
export type { Method, Platform, WireAnswer, WireCall, WireFailure, WireTask } from './auth/platform'
export type {
  AbortSignalLike,
  Auth,
  AuthEndpoints,
  AuthOptions,
  AuthTask,
  AuthWarning,
  ButtonDetail,
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
export type { AuthTexts } from './locale/texts'
export type { AuthPluginOptions } from './store/authStore'
