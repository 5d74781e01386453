/** How memory, database and delay grow with the number of enterprises and tills: one machine, extrapolated. */
package uz.ksb.pos.benchmarks.scale;
