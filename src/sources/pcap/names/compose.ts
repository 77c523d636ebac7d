import { z } from 'zod';
import type { NamedAddress } from './names.ts';

const text = z.string();
const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** One container of `docker compose ps --format json`: its service, and the ports that it publishes. */
const Listed = z.object({
  Service: text,
  Publishers: optional(
    z.array(z.object({ URL: text.catch(''), PublishedPort: z.number().catch(0) })).nullable(),
  ),
});

/** `docker network inspect`: addresses of containers, by the containers' names. */
const Network = z.object({
  Containers: z.record(
    text,
    z.object({ Name: text, IPv4Address: text.catch(''), IPv6Address: text.catch('') }),
  ),
});

/** `docker inspect`: a container's addresses in each of its networks, and its service. */
const Inspected = z.object({
  Name: text,
  Config: optional(z.object({ Labels: optional(z.record(text, text).nullable()) })),
  NetworkSettings: z.object({
    Networks: z.record(
      text,
      z.object({ IPAddress: text.catch(''), GlobalIPv6Address: text.catch('') }),
    ),
  }),
});

const SERVICE_LABEL = 'com.docker.compose.service';

/** What docker says of the addresses of a compose project's services. */
export function composeNames(documents: readonly unknown[]): NamedAddress[] {
  return documents.flatMap((document) => [
    ...published(document),
    ...inNetwork(document),
    ...inspected(document),
  ]);
}

function published(document: unknown): NamedAddress[] {
  const listed = Listed.safeParse(document);
  if (!listed.success) return [];
  const { Service: svc, Publishers } = listed.data;
  return (Publishers ?? []).flatMap(({ URL: bound, PublishedPort: port }): NamedAddress[] => {
    if (port === 0) return [];
    const everywhere = bound === '' || bound === '0.0.0.0' || bound === '::';
    const ips = everywhere ? ['127.0.0.1', '::1'] : [bound];
    return ips.map((ip) => ({ ip, port, svc }));
  });
}

function inNetwork(document: unknown): NamedAddress[] {
  const network = Network.safeParse(document);
  if (!network.success) return [];
  return Object.values(network.data.Containers).flatMap(({ Name, IPv4Address, IPv6Address }) =>
    addresses([IPv4Address, IPv6Address], serviceIn(Name)),
  );
}

function inspected(document: unknown): NamedAddress[] {
  const container = Inspected.safeParse(document);
  if (!container.success) return [];
  const { Name, Config, NetworkSettings } = container.data;
  const svc = Config?.Labels?.[SERVICE_LABEL] ?? serviceIn(Name.replace(/^\//, ''));
  return Object.values(NetworkSettings.Networks).flatMap(({ IPAddress, GlobalIPv6Address }) =>
    addresses([IPAddress, GlobalIPv6Address], svc),
  );
}

/** Addresses, with or without the length of their network. */
function addresses(texts: readonly string[], svc: string): NamedAddress[] {
  return texts.filter((ip) => ip !== '').map((ip) => ({ ip: ip.replace(/\/\d+$/, ''), svc }));
}

/** The service in a container's name: `project-service-1`, or `project_service_1` of old. */
function serviceIn(container: string): string {
  return /^[^-_]+[-_](.+)[-_]\d+$/.exec(container)?.[1] ?? container;
}
