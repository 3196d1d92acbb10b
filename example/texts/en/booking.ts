import type { AppTexts } from '../zhHans'

export const booking: AppTexts['booking'] = {
  title: 'Book a Move',
  from: 'and up',
  restored: 'What you had filled in is back',
  clear: 'Clear',
  loading: 'Loading the service',
  unknownService: 'This service was not found. Go back to Home and choose another.',
  date: { label: 'Date', hint: 'Choose a day' },
  fields: {
    name: { label: 'Name', hint: 'Who to ask for' },
    phone: { label: 'Phone', hint: 'To reach you' },
    address: { label: 'Address', hint: 'Street and door' },
    note: { label: 'Note', hint: 'Optional, e.g. stairs' },
  },
  map: {
    open: 'Map',
    label: 'Choose the address on the map',
    reason: 'The map needs your location, only to choose the address. Open Settings to allow it?',
    denied: 'Location is not allowed. Type the address, or tap Map again to allow it in Settings.',
    failed: 'The map gave no address. Please type it.',
  },
  missing: {
    date: 'Please choose a date',
    name: 'Please enter a name',
    phone: 'Please enter a phone number',
    address: 'Please enter the address',
  },
  wrongPhone: 'Please enter a valid phone number',
  refused: {
    date: 'Please choose another date',
    name: 'Please check the name',
    phone: 'Please check the phone number',
    address: 'Please check the address',
    note: 'Please check the note',
  },
  purpose: 'Booking needs your WeChat phone number, only for the movers to reach you.',
  submit: 'Book',
  declined: 'Not booked yet. What you filled in is still here; book whenever you like.',
  noNumber:
    'WeChat cannot give your phone number right now, so this is not booked yet. What you filled in is kept: try again later, or book through customer service.',
  contact: 'Customer Service',
  done: 'Booked',
  doneText: (date) => `The movers come on ${date}. We will call you first.`,
  showBookings: 'Show My Bookings',
}
