/** Real PostgreSQL and Kafka on this machine without containers, for tests and for the local stack. */
package uz.ksb.pos.platform.embedded;
