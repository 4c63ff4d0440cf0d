/**
 * How full the scheduler packs machines, by cell compaction: machines are taken away in a random
 * order until the pods of a workload no longer all find a place, and what counts is the least
 * number that takes them. Seeds in, machines out: the same seeds give the same figures everywhere.
 *
 * <p>Compat: the method is that of Verma, Korupolu and Wilkes, "Evaluating job packing in
 * warehouse-scale computing" (2014).
 */
@NullMarked
package dev.gantry.bench.packing;

import org.jspecify.annotations.NullMarked;
