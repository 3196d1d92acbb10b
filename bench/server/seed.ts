// People with a session each, made by the database itself: a million logins would take an hour.

/** The token of one of so many sessions. */
export const anyTokenOf = (sessions: number) => `bench-${1 + Math.floor(Math.random() * sessions)}`

/** Statements that make so many sessions. */
export function seedStatements(sessions: number): string[] {
  const series = `generate_series(1, ${sessions}) as n`
  // Not in the order of their numbers: real ones come as they come.
  const id = (table: string) => `md5('${table}' || n)::uuid`
  return [
    `insert into people (id, phone_number, created_at, registered_at)
     select ${id('person')}, '+86138' || lpad(n::text, 8, '0'), now(), now() from ${series}`,
    `insert into identities (id, provider, app_id, subject, unionid, person_id)
     select ${id('identity')}, 'wechat-mini-program', 'bench', 'open-' || n, 'union-' || n,
       ${id('person')} from ${series}`,
    `insert into sessions (token_hash, identity_id, lineage, expires_at, started_at, logged_in_at,
       seen_at)
     select ${hashOf("'bench-' || n")}, ${id('identity')}, ${id('lineage')}, now() + '1 day', now(),
       now(), now() from ${series}`,
    'vacuum analyze',
  ]
}

/** SQL of what is stored of a token that SQL names. */
export const hashOf = (token: string) => `encode(sha256(convert_to(${token}, 'UTF8')), 'hex')`
