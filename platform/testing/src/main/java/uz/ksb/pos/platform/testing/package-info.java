/** Shared by the tests of all services: real PostgreSQL and Kafka, tokens, bounded waiting, generated cases. */
package uz.ksb.pos.platform.testing;
