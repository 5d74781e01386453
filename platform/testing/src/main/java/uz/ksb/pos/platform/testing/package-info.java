/** What the tests of all services share: real PostgreSQL and Kafka, tokens, bounded waiting, generated cases. */
package uz.ksb.pos.platform.testing;
