/** Facts by row: which images a node has, what a rule says of it, and which rows changed. */
@NullMarked
package dev.gantry.scheduler.snapshot.column;

import org.jspecify.annotations.NullMarked;
