/** SQLSTATE (PostgreSQL, appendix A): it refuses, ends or has lost the connection. */
const states = [
  '08000', // connection_exception
  '08001', // sqlclient_unable_to_establish_sqlconnection
  '08003', // connection_does_not_exist
  '08004', // sqlserver_rejected_establishment_of_sqlconnection
  '08006', // connection_failure
  '28000', // invalid_authorization_specification: it refuses the user, as it does while roles change
  '28P01', // invalid_password
  '3D000', // invalid_catalog_name: the database is not there, as during a restore
  '25006', // read_only_sql_transaction: during a failover, this is no longer the primary
  '25P03', // idle_in_transaction_session_timeout
  '53300', // too_many_connections
  '57014', // query_canceled, as by statement_timeout: it waits for locks, or is busy
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
]

/** Of the system, where the database's machine, port or name cannot be reached. */
const systemCodes = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENOTFOUND', 'EAI_AGAIN'],
]

/** Of node-postgres (pg/lib/client.js, pg-pool/index.js), which has no codes for them. */
const messages = [
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'timeout expired',
  'timeout exceeded when trying to connect',
]

/** Whether the error of a query, or its cause, says that the database is away, not that the query is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    states.includes(code) ||
    systemCodes.includes(code) ||
    messages.includes(error.message) ||
    isDatabaseUnavailable(error.cause)
  )
}
