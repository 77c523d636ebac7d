import type { HubOptions } from './hub-options.ts';

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { readonly type: 'object'; readonly [keyword: string]: unknown };
}

const text = { type: 'string' };
const integer = { type: 'integer' };
const bool = { type: 'boolean' };

const arguments_: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  list_api_calls: {
    kfl: text,
    limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
    format: { type: 'string', enum: ['compact', 'full', 'raw'] },
    group_by: { type: 'string', enum: ['node', 'ns', 'worker'] },
    start: integer,
    end: integer,
    db: text,
  },
  get_api_call: {
    id: text,
    node_id: text,
    include_payload: bool,
    include_l4: bool,
    include_pcap: bool,
    max_payload_size: integer,
    db: text,
  },
  get_api_stats: { kfl: text, start: integer, end: integer, db: text },
  list_l4_flows: {
    format: text,
    aggregate: { type: 'string', enum: ['pod', 'namespace', 'node', 'service'] },
    l4proto: text,
    ip: text,
    ns: text,
    pod: text,
    svc: text,
    limit: integer,
  },
  get_l4_flow_summary: {},
  get_data_boundaries: {},
  get_l7_data_boundaries: {},
  get_dissection_status: {},
  enable_dissection: {},
  disable_dissection: {},
  create_snapshot: { name: text, duration: text, start: integer, end: integer },
  list_snapshots: {},
  get_snapshot: { name: text },
  delete_snapshot: { name: text },
  start_snapshot_dissection: { snapshot: text, name: text },
  get_snapshot_dissection_status: { snapshot: text, name: text },
  list_snapshot_dissections: { snapshot: text },
  export_snapshot_pcap: {
    id: text,
    nodes: { type: 'array', items: text },
    bpf_filter: text,
    start_time: integer,
    end_time: integer,
  },
};

/** What `tools/list` shows of a Hub of this version. */
export function toolDefinitions({
  detailTool,
  without,
  renamed,
}: Pick<HubOptions, 'detailTool' | 'without' | 'renamed'>): ToolDefinition[] {
  const own = (properties: Readonly<Record<string, object>>) =>
    Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [renamed[name] ?? name, schema]),
    );
  return Object.entries(arguments_)
    .map(([name, properties]) => ({
      name: name === 'get_api_call' ? detailTool : name,
      description: `Kubeshark's ${name.replaceAll('_', ' ')}`,
      inputSchema: { type: 'object' as const, properties: own(properties) },
    }))
    .filter(({ name }) => !without.includes(name));
}
