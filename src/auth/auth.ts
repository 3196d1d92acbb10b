import type { Credentials, Dialect } from './dialect'
import type { Platform } from './platform'
import type {
  AuthFlow,
  AuthTask,
  AuthWarning,
  ButtonDetail,
  DownloadOptions,
  DownloadResult,
  EnsureOptions,
  FlowOptions,
  Prompt,
  PromptKind,
  RequestOptions,
  TextCode,
  TokenState,
  UploadOptions,
  UserInfoSubmission,
} from './types'

/** Where the backend is, how it speaks, and how long a login may take. */
export interface AuthOptions {
  /** The backend's address, e.g. `https://api.example.com/v1`. Credentials go nowhere else. */
  baseURL: string
  /** How the backend speaks. Default: as docs/protocol.md says. */
  dialect?: Dialect
  /** The host. Default: `uniPlatform()`. */
  platform?: Platform
  /** Storage key of the session. Default: `watchword:` and `baseURL`. */
  storageKey?: string
  /** How long before its expiry the client renews a token, in seconds. Default: 30. */
  expiryMargin?: number
  /**
   * Time limit in ms for `wx.login`, for the exchange of its login code, and for `verify()`. Default, also
   * for values of 0 or less: 10 000.
   */
  loginTimeout?: number
  /**
   * How many requests may be on the wire at once, 1 or more. Default: 8; while the token is known to be
   * alive, one less than the host carries (`Platform.places`).
   */
  concurrency?: number
  /** Called when the client ignores a fault or works around one. Default: `console.warn`. */
  onWarning?: (warning: AuthWarning) => void
}

/** The client. You can detach every method from the object. */
export interface Auth {
  /**
   * Sends a request with the session's token. If the backend challenges it, the client waits for a
   * login or a prompt, and replays it.
   * @returns a task that resolves with the member `data` of an answer `{ data, tokenState }`, with the
   * whole body of any other 2xx answer, and with `undefined` for 204. `T` is your claim: the client
   * does not check it.
   * @throws AuthError `login_failed`, `login_rejected`, `login_timeout`, `network`, `timeout`,
   * `aborted`, `signed_out`, `prompt_cancelled`, `prompt_unavailable`, `still_challenged`,
   * `unknown_challenge`, `protocol`; HttpError for a status that is neither 2xx nor 401; BackendError
   * for a failure that the dialect reads.
   * @example
   * const bookings = await auth.request<{ id: string }[]>('/bookings')
   * await auth.request({ url: '/bookings', method: 'POST', data: { serviceId: 'family' } })
   */
  request<T = unknown>(urlOrOptions: string | RequestOptions): AuthTask<T>
  /**
   * Uploads one file as `multipart/form-data`. Otherwise like {@link Auth.request}.
   * @returns a task that resolves as that of {@link Auth.request}.
   * @throws AuthError, HttpError like {@link Auth.request}.
   * @example
   * const { tempFilePaths } = await uni.chooseImage({ count: 1 })
   * const picture = await auth.upload<{ url: string }>({
   *   url: '/pictures',
   *   filePath: tempFilePaths[0]!,
   *   name: 'file',
   *   onProgress: (percent) => uni.showLoading({ title: `${percent}%` }),
   * })
   */
  upload<T = unknown>(options: UploadOptions): AuthTask<T>
  /**
   * Downloads into a file. Otherwise like {@link Auth.request}.
   * @returns a task that resolves with `filePath` if you passed one, and with `tempFilePath` if not.
   * @throws AuthError, HttpError like {@link Auth.request}.
   * @example
   * const { tempFilePath } = await auth.download({ url: '/contract.pdf', timeout: 120_000 })
   * if (tempFilePath) uni.openDocument({ filePath: tempFilePath })
   */
  download(options: DownloadOptions): AuthTask<DownloadResult>

  /**
   * Signs in a request that your own request layer sends: `uni.request`, alova, axios … Ready-made
   * for these: `watchword/adapters`. Everything holds as for {@link Auth.request}, but for the limit of
   * requests on the wire.
   * @param url of the request: a path, or an address under `baseURL`. For any other address nothing is
   * added, and each answer is done.
   * @example
   * async function send(options: UniApp.RequestOptions) {
   *   const flow = auth.flow(options.url)
   *   for (;;) {
   *     const header = { ...options.header, ...(await flow.header()) }
   *     const answer = await uni.request({ ...options, header })
   *     const { statusCode: status, header: headers, data } = answer
   *     if (!(await flow.settle({ status, headers, data }))) return answer
   *   }
   * }
   */
  flow(url: string, options?: FlowOptions): AuthFlow

  /**
   * Logs in, even if a session exists, or joins the login under way. Ends the state *signed out*.
   * Does not wait for the delay that follows a failed login.
   * @param credentials what the user gave, for the dialect's `login`. They replace the login under
   * way, or wait for a refresh, and a refusal leaves an existing session as it is. The session that they begin is followed by
   * no silent login: that might bring another person. Default: a login code of `wx.login`.
   * @returns the new token state.
   * @throws AuthError `login_failed`, `login_rejected`, `login_timeout`, `network`, `timeout`,
   * `protocol`, `signed_out`.
   * @example
   * const { uid } = await auth.login()
   * uni.showToast({ title: uid ? '欢迎回来' : '已登录' })
   */
  login(credentials?: Credentials): Promise<TokenState>
  /**
   * Begins a session that you got elsewhere, e.g. from the app's earlier version. It takes the place of
   * the session and of the login under way. Ends the state *signed out*. A silent login may follow it, so
   * it has to be of WeChat's user.
   * @returns the token state, as the client keeps it.
   * @throws AuthError `protocol`: it is malformed; the warning `malformed_token_state` names the member.
   * @example
   * auth.adopt({ accessToken: 'from-my-backend', expiresIn: 7200 })
   */
  adopt(state: TokenState): TokenState
  /**
   * Signs out. Requests that wait or run reject with `signed_out`.
   * @returns a promise that resolves once the client holds nothing of the session. It does not wait
   * for the backend, which the client tries to notify for up to 5 s.
   * @example
   * await auth.logout()
   * uni.switchTab({ url: '/pages/home/home' })
   */
  logout(): Promise<void>
  /**
   * Asks the backend once whether the token still works. Call it before a burst of requests: new
   * requests wait for the answer. Without a token, or after a 401, it logs in once, unless the delay
   * after a failed login is still running. Never opens a prompt.
   * @returns the current token state.
   * @throws AuthError like {@link Auth.login}, also `signed_out` after a logout; HttpError for other statuses.
   * @example
   * await auth.verify()
   * const [bookings, coupons] = await Promise.all([
   *   auth.request('/bookings'),
   *   auth.request('/coupons'),
   * ])
   */
  verify(): Promise<TokenState>

  /**
   * Makes sure that the user is signed in (`login`), or that the backend has the phone number or the
   * user info. It asks the backend for the token state and opens the prompt for what is missing there, or
   * joins the open one: no request of your app has to be challenged first.
   * @returns a task that resolves once the token state says so; at once if it does.
   * @throws AuthError like {@link Auth.request}: `prompt_cancelled` if the user declines,
   * `still_challenged` if the token state does not say so afterwards.
   * @example
   * await auth.ensure('getPhoneNumber', { reason: '用于上门前与您联系' })
   * uni.navigateTo({ url: '/pages/booking/booking' })
   */
  ensure(kind: PromptKind, options?: EnsureOptions): AuthTask<void>

  /** The session's token state; `null` without a session. */
  readonly tokenState: TokenState | null
  /** Whether the user signed out and has not signed in again. Survives a restart. */
  readonly signedOut: boolean
  /** The open prompt; `null` if none is open. */
  readonly prompt: Prompt | null

  /**
   * Renews a dead session key, so that the user's first press is not lost. Call it when a page shows a
   * button of this kind without a prompt; prompts do it themselves. Does nothing without a session,
   * and during the delay after a failed login.
   * @returns a promise that always resolves.
   * @example
   * import { onShow } from '@dcloudio/uni-app'
   *
   * onShow(() => void auth.preparePress('getPhoneNumber'))
   */
  preparePress(kind: 'getUserInfo' | 'getPhoneNumber'): Promise<void>
  /**
   * Call it on the tap of the button. It holds back `wx.login`, which would replace the session key
   * while WeChat encrypts: until the submit ends, for 60 s at most.
   * @param kind of the button. Default: that of the open prompt; without a prompt, both kinds.
   * @example
   * // For the tap event of <button open-type="getPhoneNumber">
   * const onTap = () => auth.pressPrompt('getPhoneNumber')
   */
  pressPrompt(kind?: 'getUserInfo' | 'getPhoneNumber'): void
  /**
   * Ends what {@link Auth.pressPrompt} began. Call it if no submit follows the press, e.g. because a field
   * is empty.
   * @param kind as passed to {@link Auth.pressPrompt}. Default: all presses.
   * @example
   * function onSubmit(nickname: string) {
   *   if (nickname === '') auth.releasePress('getUserInfo')
   *   else void auth.submitUserInfo({ nickname })
   * }
   */
  releasePress(kind?: 'getUserInfo' | 'getPhoneNumber'): void
  /**
   * The user agreed to sign in again: logs in, and replays the requests that wait for it.
   * @param credentials as of {@link Auth.login}.
   * @returns a promise that resolves after the login. With an open prompt it also resolves after a
   * failure, which `prompt.error` names.
   * @throws AuthError like {@link Auth.login}, if no prompt is open.
   * @example
   * await auth.submitLogin()
   * if (auth.prompt?.error) uni.showToast({ title: '请稍后重试', icon: 'none' })
   */
  submitLogin(credentials?: Credentials): Promise<void>
  /**
   * Sends what the button or the form gave. Logs in first if there is no session, also after a logout.
   * A second call of the same kind waits for the first, and is sent only if that fails.
   * @returns a promise that resolves once the backend has the data. With an open prompt it also
   * resolves after a failure, which `prompt.error` names.
   * @throws AuthError if no prompt is open, or the prompt was cancelled meanwhile: `prompt_denied`,
   * `press_again`, `privacy_refused`, `not_permitted`, `picture_refused`, `prompt_cancelled`,
   * `network`, or like {@link Auth.login}.
   * @example
   * async function onChooseAvatar({ detail }: { detail: { avatarUrl: string } }) {
   *   await auth.submitUserInfo({ nickname: '小舟', avatarUrl: detail.avatarUrl })
   * }
   */
  submitUserInfo(submission: UserInfoSubmission): Promise<void>
  /**
   * Sends what the phone number button gave. Otherwise like {@link Auth.submitUserInfo}.
   * @returns a promise that resolves like that of {@link Auth.submitUserInfo}.
   * @throws AuthError like {@link Auth.submitUserInfo}, without `picture_refused`; also `quota_exhausted` and `number_taken`.
   * @example
   * import type { ButtonDetail } from 'watchword'
   *
   * // For the getphonenumber event of <button open-type="getPhoneNumber">
   * async function onPhoneNumber(event: { detail: ButtonDetail }) {
   *   await auth.submitPhoneNumber(event.detail)
   * }
   */
  submitPhoneNumber(given: ButtonDetail | TextCode): Promise<void>
  /**
   * The user declined the prompt: the requests that wait for it reject.
   * @param code the code they reject with. Default: `prompt_cancelled`. Pass `prompt_unavailable` if
   * your app could not show the prompt.
   * @param missing what your app lacks to show it: the client warns `prompt_unavailable` with it.
   * @example
   * const onDecline = () => auth.cancelPrompt()
   */
  cancelPrompt(code?: 'prompt_cancelled' | 'prompt_unavailable', missing?: string): void
  /**
   * A page was unloaded: declines what only closed pages have requested. `createAuthPlugin` calls it
   * for you. Call it once the page is no longer in `getCurrentPages()`.
   * @example
   * import { onUnload } from '@dcloudio/uni-app'
   * import { uniPlatform } from 'watchword'
   *
   * onUnload(() => void uniPlatform().after(0, auth.pageUnloaded))
   */
  pageUnloaded(): void

  /**
   * Calls the listener after each change of `tokenState`, `signedOut` or `prompt`, once the change is
   * complete. The listener may call the client.
   * @returns a function that ends the subscription.
   * @example
   * const unsubscribe = auth.subscribe(() => {
   *   if (auth.prompt) uni.hideLoading()
   * })
   */
  subscribe(listener: () => void): () => void
}
