export { parseChallenges, readHeader } from './auth/challenge'
export { contract } from './auth/contract'
export { AuthError, BackendError, HttpError, isAuthError } from './auth/errors'
export { createAuth } from './createAuth'
export { createAuthPlugin, useAuthStore } from './store/authStore'
export { useRequiredAuth } from './store/useRequiredAuth'
export { uniPlatform } from './uni/uniPlatform'

export type { Challenge } from './auth/challenge'
export type {
  CallName,
  Credentials,
  Dialect,
  DialectAnswer,
  OwnCall,
  OwnUpload,
  PhoneNumberGiven,
  Reading,
  UserInfoGiven,
} from './auth/dialect'
export type { AccountHint, AuthErrorCode, RequestError } from './auth/errors'
export type {
  AnswerHead,
  Method,
  Platform,
  WireAnswer,
  WireCall,
  WireFailure,
  WireStream,
  WireTask,
} from './auth/platform'
export type { Auth, AuthOptions } from './auth/auth'
export type {
  AbortSignalLike,
  AuthFlow,
  AuthTask,
  AuthWarning,
  ButtonDetail,
  DownloadOptions,
  DownloadResult,
  EnsureOptions,
  FlowOptions,
  LoginMethod,
  Prompt,
  PromptKind,
  PromptScope,
  RequestOptions,
  TextCode,
  TokenState,
  UploadOptions,
  UserInfoSubmission,
} from './auth/types'
export type { SignInTexts } from './locale/signInTexts'
export type { AuthTexts } from './locale/texts'
export type { AppEntry, AuthPluginOptions } from './store/authStore'
export type { RequiredAuth, RequiredAuthOptions } from './store/useRequiredAuth'
