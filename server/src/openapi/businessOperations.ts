import { bookingBody } from '../routes/bookings'
import { booked, coupon, offered, ownNumber, person } from './answers'
import { jsonProblems, type Operation } from './operation'

/** The routes of the example’s business. */
export const businessOperations: Operation[] = [
  {
    route: 'GET /services',
    id: 'listServices',
    summary: 'What the business offers',
    tag: 'business',
    needs: 'guest',
    answer: { is: 'envelope', data: offered },
  },
  {
    route: 'GET /bookings',
    id: 'listBookings',
    summary: 'One’s own bookings, the newest first',
    tag: 'business',
    needs: 'session',
    answer: { is: 'envelope', data: booked.array() },
  },
  {
    route: 'POST /bookings',
    id: 'book',
    summary: 'Books a service',
    tag: 'business',
    needs: 'getPhoneNumber',
    body: bookingBody(Date.now),
    answer: { is: 'envelope', status: 201, data: booked },
    problems: [...jsonProblems, 'too-many-requests'],
  },
  {
    route: 'POST /coupons',
    id: 'claimCoupon',
    summary: 'The newcomer’s coupon',
    tag: 'business',
    needs: 'getUserInfo',
    answer: { is: 'envelope', data: coupon },
    problems: ['second-proof-needed'],
  },
  {
    route: 'GET /me',
    id: 'getPerson',
    summary: 'Who is signed in',
    tag: 'business',
    needs: 'session',
    answer: { is: 'envelope', data: person },
  },
  {
    route: 'GET /me/phone-number',
    id: 'getPhoneNumber',
    summary: 'One’s own phone number, in full',
    tag: 'business',
    needs: 'getPhoneNumber',
    answer: { is: 'envelope', data: ownNumber },
  },
]
