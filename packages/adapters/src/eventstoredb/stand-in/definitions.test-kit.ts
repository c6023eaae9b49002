// definitions.test-kit.ts: the gRPC services and messages that the stand-in speaks, as a client package ships them (a test fixture, not a product)

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { compileFunction } from 'node:vm'
import type * as GossipServices from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js'
import type * as Gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js'
import type * as FeaturesService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js'
import type * as Features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js'
import type * as Shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js'
import type * as Status from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js'
import type * as StreamsServices from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js'
import type * as Streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js'

const require = createRequire(import.meta.url)
const folder = '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1'
const generated = dirname(require.resolve(`${folder}/streams_pb.js`))

// The generated code of both client packages keeps its classes under one global name, and looks them up there at every call, so that the
// package loaded last breaks the one loaded first. The stand-in reads its copy with a global of its own and disturbs neither.
const own = { proto: {} }
const loaded = new Map<string, { exports: unknown }>()

const load = (file: string): unknown => {
  if (!file.startsWith(generated)) return require(file)
  const known = loaded.get(file)
  if (known !== undefined) return known.exports
  const itself = { exports: {} }
  loaded.set(file, itself)
  const { resolve } = createRequire(file)
  const source = readFileSync(file, 'utf8').replace('}.call(null))', '}.call(own))')
  const run = compileFunction(source, ['exports', 'require', 'module', 'proto', 'own'], { filename: file })
  run(itself.exports, (name: string) => load(resolve(name)), itself, own.proto, own)
  return itself.exports
}

// What the files export is what their types say: they come in one package.
const definitions = <Module>(name: string): Module => load(`${generated}/${name}.js`) as Module

export const shared = definitions<typeof Shared>('shared_pb')
export const status = definitions<typeof Status>('status_pb')
export const streams = definitions<typeof Streams>('streams_pb')
export const gossip = definitions<typeof Gossip>('gossip_pb')
export const features = definitions<typeof Features>('serverfeatures_pb')
export const { StreamsService } = definitions<typeof StreamsServices>('streams_grpc_pb')
export const { GossipService } = definitions<typeof GossipServices>('gossip_grpc_pb')
export const { ServerFeaturesService } = definitions<typeof FeaturesService>('serverfeatures_grpc_pb')

export type GossipServer = GossipServices.IGossipServer
export type ServerFeaturesServer = FeaturesService.IServerFeaturesServer
export type UUID = Shared.UUID
export type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  DeleteResp,
  ReadReq,
  ReadResp,
  TombstoneReq,
  TombstoneResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js'
