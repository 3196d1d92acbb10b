import type { AppTexts } from '../zhHans'

export const profile: AppTexts['profile'] = {
  title: 'My Profile',
  guestText: 'Log in to see and edit your profile photo, name and phone number.',
  picture: 'Profile Photo',
  nickname: 'Name',
  phoneNumber: 'Phone',
  unknown: 'Not Set',
  purpose:
    'You add profile photo and name yourself. They are shown under Me, and the movers use the name to address you.',
  edit: 'Edit Profile Photo and Name',
  fill: 'Add Profile Photo and Name',
  save: 'Save',
  cancel: 'Cancel',
  saved: 'Saved',
  notShown: ', but your new profile could not be loaded.',
  notSaved: 'Not saved. ',
  denied: 'Not saved: you did not allow it. Tap Save again whenever you like.',
  bound: 'Phone number linked',
  boundText: 'Only some digits are shown. Used only for the movers to reach you.',
}
