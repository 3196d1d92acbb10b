export { createAuth } from './auth/auth'
export { parseChallenges, readHeader } from './auth/challenge'
export { AuthError, HttpError, isAuthError } from './auth/errors'
export { FocusChainError } from './forms/focusChainError'
export { useFocusChain } from './forms/useFocusChain'
export { getBattery } from './platform/battery'
export { navigate, NavigationError } from './platform/navigation'
export { onQuery } from './platform/onQuery'
export { ensurePermission } from './platform/permissions'
export { getSystemInfo } from './platform/systemInfo'
export { uniPlatform } from './platform/uniPlatform'
export { createAuthPlugin, useAuthStore } from './store/authStore'

export type { AuthErrorCode } from './auth/errors'
export type {
  AbortSignalLike,
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
export type { AuthTexts } from './locale/texts'
export type { FocusChainErrorCode } from './forms/focusChainError'
export type { FocusLink, FocusLinks } from './forms/focusLinks'
export type { FocusField, UseFocusChainOptions, UseFocusChainReturn } from './forms/useFocusChain'
export type { Battery } from './platform/battery'
export type { NavigateOptions, NavigationErrorCode } from './platform/navigation'
export type {
  Method,
  Platform,
  WireAnswer,
  WireCall,
  WireFailure,
  WireTask,
} from './platform/platform'
export type { Permission, PermissionOptions, PermissionScope } from './platform/permissions'
export type { Query, QueryValues } from './platform/query'
export type { SystemInfo } from './platform/systemInfo'
export type { AuthPluginOptions } from './store/authStore'
