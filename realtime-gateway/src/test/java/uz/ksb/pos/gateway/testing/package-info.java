/** Shared by the gateway's tests: a publisher, a client, a stand-in for the services that own snapshots. */
package uz.ksb.pos.gateway.testing;
