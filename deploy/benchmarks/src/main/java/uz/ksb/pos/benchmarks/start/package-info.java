/** How fast a service starts, and how fast it is in its first seconds. */
package uz.ksb.pos.benchmarks.start;
