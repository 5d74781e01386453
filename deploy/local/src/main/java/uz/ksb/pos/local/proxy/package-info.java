/**
 * The one origin of a local stack: a reverse proxy that routes exactly as the ingress does.
 *
 * <p>Invariants: the table of routes is {@code routes.txt} and nothing else; what a service offers inside the cluster
 * ({@code /q}) is never reachable; a service that is away gives 503 with Retry-After, never a hang; the address of the
 * client is what the connection says, not what the client claims.
 *
 * <p>Threads: one event loop. Must not know what the paths mean.
 */
package uz.ksb.pos.local.proxy;
