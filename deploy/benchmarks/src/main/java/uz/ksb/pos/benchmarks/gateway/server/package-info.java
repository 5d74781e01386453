/** The servers that are measured, each in a process of its own, and how each is fed: the gateway, socket.io, a bare server. */
package uz.ksb.pos.benchmarks.gateway.server;
