import type { ClientStats } from '@conductor-ts/client';
import type { TransportStats } from '@conductor-ts/transport';
import { connect } from './connect.ts';
import { Outage, type MortalServer } from './outage.ts';
import { runLoad, type LoadResult } from './run-load.ts';
import type { Variant } from './variant.ts';

/** The server that a variant runs on; without `mortal` it is not ours to kill. */
export interface ServerUnderLoad {
  readonly url: string;
  readonly mortal?: MortalServer | undefined;
}

export interface VariantResult extends LoadResult {
  readonly calls: Pick<ClientStats, 'calls' | 'attempts' | 'retries'>;
  readonly transport: TransportStats;
  readonly reloads: number;
  readonly downMs: number | undefined;
  readonly recoveryMs: number | undefined;
  /** What is not as it should be, a line each. */
  readonly faults: readonly string[];
}

/** Runs one variant from connecting to counting. */
export async function runVariant(variant: Variant, server: ServerUnderLoad, limitMs: number): Promise<VariantResult> {
  const { mortal } = server;
  if (variant.kill && mortal === undefined)
    throw new Error('A server that is only used cannot be killed. Unset CONDUCTOR_SERVER_URL.');
  const outage = new Outage();
  await using connection = await connect(variant, server.url);
  const { client } = connection;
  const result = await runLoad(client, {
    starts: variant.starts,
    inFlight: variant.inFlight,
    limitMs,
    helpAfterMs: variant.helpAfterMs,
    halfway: variant.kill && mortal !== undefined ? () => outage.happen(mortal) : undefined,
    onAnswer: () => outage.answered(),
  });
  const transport = connection.transportStats();
  const compresses = await isCompressing(server.url);
  return {
    ...result,
    calls: client.stats(),
    transport,
    reloads: connection.reloads(),
    downMs: outage.downMs,
    recoveryMs: outage.recoveryMs,
    faults: faultsOf(variant, result, transport, compresses),
  };
}

/** Nothing lost, nothing twice, all done; and it went the way that the variant is about. */
export function faultsOf(
  variant: Variant,
  { account }: Pick<LoadResult, 'account'>,
  transport: TransportStats,
  compresses: boolean,
): string[] {
  const { starts, via, compressed } = variant;
  const protocol = transport.origins[0]?.protocol;
  return [
    ...(account.lost > 0 ? [`${account.lost} acknowledged starts are lost`] : []),
    ...(account.twice > 0 ? [`${account.twice} starts were carried out twice`] : []),
    ...(account.unfinished > 0 ? [`${account.unfinished} executions are not completed as they should be`] : []),
    ...(account.found === starts ? [] : [`the search finds ${account.found} executions, not ${starts}`]),
    ...(account.foundCompleted === starts
      ? []
      : [`the search finds ${account.foundCompleted} completed, not ${starts}`]),
    ...(protocol === (via === 'http1' ? 'h1' : 'h2') ? [] : [`the calls went over ${protocol ?? 'nothing'}`]),
    ...(compressed && !compresses ? ['the server does not compress its answers'] : []),
  ];
}

async function isCompressing(serverUrl: string): Promise<boolean> {
  const response = await fetch(`${serverUrl}/api/metadata/workflow`, { headers: { 'accept-encoding': 'gzip' } });
  await response.arrayBuffer();
  return response.headers.get('content-encoding') === 'gzip';
}
