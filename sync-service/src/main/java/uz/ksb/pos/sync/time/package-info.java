/** The database's clock: cooldowns, leases and schedules of all replicas go by it. */
package uz.ksb.pos.sync.time;
