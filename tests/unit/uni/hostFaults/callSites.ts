type Columns = Readonly<Record<string, string>>

/** For each file of `src/` what it calls of the host, and the column of docs/host-faults.md that says what then. */
export const CALL_SITES: Readonly<Record<string, Columns>> = {
  'adapters/uniRequest.ts': {
    downloadFile: 'downloadFile (createUniRequest)',
    request: 'request (createUniRequest)',
    uploadFile: 'uploadFile (createUniRequest)',
  },
  'components/ProfileForm.vue': { getUserProfile: 'getUserProfile' },
  'components/SignInForm.vue': { navigateTo: 'navigateTo (password page)' },
  'components/openType.ts': { openPrivacyContract: 'openPrivacyContract' },
  'forms/reveal.ts': {
    createSelectorQuery: 'createSelectorQuery',
    pageScrollTo: 'pageScrollTo',
  },
  'forms/useFocusChain.ts': { hideKeyboard: 'hideKeyboard' },
  'forms/useKeyboardHeight.ts': {
    getWindowInfo: 'getWindowInfo (keyboard)',
    offKeyboardHeightChange: 'offKeyboardHeightChange',
    onKeyboardHeightChange: 'onKeyboardHeightChange',
  },
  'host/battery.ts': { getBatteryInfo: 'getBatteryInfo' },
  'host/navigation.ts': {
    navigateBack: 'navigateBack',
    navigateTo: 'navigateTo',
    reLaunch: 'reLaunch',
    redirectTo: 'redirectTo',
    switchTab: 'switchTab',
  },
  'host/permissions.ts': {
    authorize: 'authorize',
    getLocale: 'getLocale',
    getSetting: 'getSetting',
    openSetting: 'openSetting',
    showModal: 'showModal',
  },
  'host/systemInfo.ts': {
    getAppBaseInfo: 'getAppBaseInfo (facts)',
    getDeviceInfo: 'getDeviceInfo',
    getSystemInfoSync: 'getSystemInfoSync (facts)',
    getSystemSetting: 'getSystemSetting',
    getWindowInfo: 'getWindowInfo',
  },
  'locale/useTexts.ts': { getLocale: 'getLocale (texts)', onLocaleChange: 'onLocaleChange' },
  'pages/PromptPage.vue': { setNavigationBarTitle: 'setNavigationBarTitle (prompt page)' },
  'pages/SignInPage.vue': { setNavigationBarTitle: 'setNavigationBarTitle (sign-in page)' },
  'signIn/wechatApp.ts': { login: 'login (App)' },
  'store/authStore.ts': {
    navigateTo: 'navigateTo (prompt page)',
    onNeedPrivacyAuthorization: 'onNeedPrivacyAuthorization',
  },
  'store/leavePage.ts': {
    navigateBack: 'navigateBack (sign-in page)',
    reLaunch: 'reLaunch (sign-in page)',
    switchTab: 'switchTab (sign-in page)',
  },
  'uni/baseLibrary.ts': {
    getAppBaseInfo: 'getAppBaseInfo',
    getSystemInfoSync: 'getSystemInfoSync',
  },
  'uni/fileText.ts': { getFileSystemManager: 'getFileSystemManager' },
  'uni/send.ts': {
    downloadFile: 'downloadFile',
    request: 'request',
    uploadFile: 'uploadFile',
  },
  'uni/uniPlatform.ts': {
    checkSession: 'checkSession',
    getStorageSync: 'getStorageSync',
    login: 'login',
    onAppHide: 'onAppHide',
    onAppShow: 'onAppShow',
    removeStorageSync: 'removeStorageSync',
    setStorageSync: 'setStorageSync',
  },
}
