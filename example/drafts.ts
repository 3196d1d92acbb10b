// Where the drafts of bookings are: signing out must find them without loading the form.

const prefix = 'draft:'

export const draftKey = (serviceId: string) => prefix + serviceId

/** All of them: names and addresses stay on no phone that others may use. */
export function forgetDrafts(): void {
  try {
    for (const key of uni.getStorageInfoSync().keys) {
      if (key.startsWith(prefix)) uni.removeStorageSync(key)
    }
  } catch {
    // Storage that refuses even this cannot be helped.
  }
}
