// lasting-ids.test.ts: ids made from what sheets call things are the same in every release, or a folder brought in again would come in twice

import { expect, test } from 'vitest'
import { folderWith, imported, logOf, registerOn } from './sheets.test-kit.ts'

test('the ids of what has a name in the sheets never change', async () => {
  const on = registerOn()
  await imported(
    on,
    folderWith({
      departments: ['BARN,Barneklinikken,974557746,Haukeland'],
      groups: ['G1,Sandviken,4601,2019-11-15,'],
      offers: ['BARN,2024-01-15,2024-12-20,2,Astma'],
      requests: ['R1,G1,2023-11-26,BARN,Astma,hospital'],
      sessions: [
        'S1,R1,2024-02-01T16:00,2024-02-01T18:30,hospital,BARN,,Astma,G1,2024-02-01,',
        'S2,,2024-03-05T17:00,2024-03-05T19:00,practice,,,Hodepine,G1,2024-03-06,',
      ],
    }),
  )
  expect((await logOf(on)).map(({ type, stream, id }) => `${type} ${stream} ${id}`)).toEqual([
    'HospitalRegistered hospital-9db6999d-5fd0-5e47-be65-8696e55ba9a4 cc733aee-b5b7-5ced-9aa9-067321f8e5d8',
    'DepartmentRegistered hospital-9db6999d-5fd0-5e47-be65-8696e55ba9a4 d1f4e5d7-8e2f-5b5b-b203-d9782eebf3bd',
    'DepartmentOfferOpened hospital-9db6999d-5fd0-5e47-be65-8696e55ba9a4 6b97752e-a8cb-5482-8a24-26ea44124ecb',
    'GroupRegistered group-fc74a67f-5ad5-5067-accb-a19f834343cd 81825aeb-9ec2-5687-8a9d-b34305c1843a',
    'SessionRequested session-eb8f74ea-ae0f-5b91-811c-0e789928f19c 8611dcbb-c565-5dad-8f28-705e8a672383',
    'SessionHeld session-af80573a-65f5-5e10-839e-7b87d080d189 4200a358-bba1-5373-9c2e-087e2fc3045c',
    'SessionHeld session-eb8f74ea-ae0f-5b91-811c-0e789928f19c b6a35850-d938-537e-922a-01717c48ee97',
    'TopicNamed topic-cff8b91c-1ca5-56ef-a370-9fc657d2f758 09d02887-225b-5828-a3b2-6d4ad0ee0066',
    'TopicNamed topic-b4ab0b3b-2f78-5d29-ae48-3ca8fc567eed 1c40673e-8af2-59c9-bcd1-b78b1ed38da1',
  ])
})
