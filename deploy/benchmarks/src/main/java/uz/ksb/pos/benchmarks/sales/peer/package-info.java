/** The peers of sales-service: pgbench with the same statements, and a plain producer. */
package uz.ksb.pos.benchmarks.sales.peer;
