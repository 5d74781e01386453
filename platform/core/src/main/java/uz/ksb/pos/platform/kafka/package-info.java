/** How every Kafka client of a process connects. Channels read the same {@code kafka.*} settings by themselves. */
package uz.ksb.pos.platform.kafka;
