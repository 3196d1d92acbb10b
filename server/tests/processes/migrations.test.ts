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
