/** The targets of the till in a browser: a hundred thousand products, and nobody waits for the screen. */
package uz.ksb.pos.benchmarks.till;
