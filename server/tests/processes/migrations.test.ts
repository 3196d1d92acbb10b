import { readFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { expect, it } from 'vitest'

const apply = async (client: PGlite, migration: string) =>
  client.exec(await readFile(new URL(`../../drizzle/${migration}.sql`, import.meta.url), 'utf8'))

it('keep the nicknames that identities had, as those of their people', async () => {
  const client = await PGlite.create()
  await apply(client, '0000_initial')
  const identity = "gen_random_uuid(), 'key', id from person"
  await client.exec(`
    with person as (insert into people (created_at) values (now()) returning id)
    insert into identities (openid, nickname, id, session_key, person_id)
    select 'a', null, ${identity} union all select 'b', '小林', ${identity};
    with person as (insert into people (created_at) values (now()) returning id)
    insert into identities (openid, nickname, id, session_key, person_id)
    select 'c', null, ${identity};
  `)
  await apply(client, '0001_nickname_of_person')
  const { rows } = await client.query(
    'select openid, nickname from identities join people on people.id = person_id order by openid',
  )
  expect(rows).toEqual([
    { openid: 'a', nickname: '小林' },
    { openid: 'b', nickname: '小林' },
    { openid: 'c', nickname: null },
  ])
  await client.close()
})

it('keep the identities that there were as those of the app that is configured', async () => {
  const client = await PGlite.create()
  await apply(client, '0000_initial')
  await client.exec(`
    with person as (insert into people (created_at) values (now()) returning id)
    insert into identities (openid, session_key, person_id) select 'a', 'key', id from person;
    select set_config('watchword.app_id', 'wx0123456789abcdef', false)
  `)
  await apply(client, '0003_identities_of_apps')
  const { rows } = await client.query('select provider, app_id, subject from identities')
  expect(rows).toEqual([
    { provider: 'wechat-mini-program', app_id: 'wx0123456789abcdef', subject: 'a' },
  ])
  await client.close()
})

it('keep the pictures that were files as rows without bytes, until these are moved there', async () => {
  const client = await PGlite.create()
  await apply(client, '0000_initial')
  await apply(client, '0002_avatars')
  await client.exec(`
    with person as (insert into people (created_at) values (now()) returning id)
    insert into avatars (name, person_id, type, created_at, used_at)
    select 'a', id, 'image/png', now(), now() from person
  `)
  await apply(client, '0005_pictures_in_rows')
  const { rows } = await client.query('select name, bytes, used_at is null as unused from avatars')
  expect(rows).toEqual([{ name: 'a', bytes: null, unused: false }])
  await client.close()
})

it('keep the coupons that there were, one for each unionid', async () => {
  const client = await PGlite.create()
  await apply(client, '0000_initial')
  await client.exec("insert into coupons (unionid, created_at) values ('a', now())")
  await apply(client, '0004_coupons_of_holders')
  const { rows } = await client.query('select holder from coupons')
  expect(rows).toEqual([{ holder: 'a' }])
  const again = client.query("insert into coupons (holder, created_at) values ('a', now())")
  await expect(again).rejects.toThrow('coupons_holder_unique')
  await client.close()
})

it('keep the sessions that there were, as old ones, and new ones must say when they began', async () => {
  const client = await PGlite.create()
  await apply(client, '0000_initial')
  await client.exec(`
    with person as (insert into people (created_at) values (now()) returning id),
    identity as (
      insert into identities (openid, session_key, person_id)
      select 'a', 'key', id from person returning id
    )
    insert into sessions (token_hash, identity_id, lineage, version, expires_at)
    select 'hash', id, gen_random_uuid(), 3, '2026-01-01' from identity
  `)
  await apply(client, '0006_limits_and_events')
  const { rows } = await client.query(`
    select token_hash, version, address, expires_at = '2026-01-01' as is_of_then,
      extract(epoch from greatest(started_at, logged_in_at, seen_at))::int as latest
    from sessions
  `)
  expect(rows).toEqual([
    { token_hash: 'hash', version: 3, address: null, is_of_then: true, latest: 0 },
  ])
  const incomplete = client.query(`
    insert into sessions (token_hash, identity_id, lineage, expires_at)
    select 'other', identity_id, lineage, expires_at from sessions
  `)
  await expect(incomplete).rejects.toThrow('started_at')
  await client.close()
})
