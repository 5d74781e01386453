/** The clients of the measured servers: a crowd read by one thread, clients that resume, clients that hardly read. */
package uz.ksb.pos.benchmarks.gateway.client;
