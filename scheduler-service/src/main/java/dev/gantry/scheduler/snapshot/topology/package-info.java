/**
 * Other pods by topology domain: how many of some description each domain has, counted once and
 * kept up to date.
 *
 * <p>Invariant: a kept count is what counting anew would give.
 */
@NullMarked
package dev.gantry.scheduler.snapshot.topology;

import org.jspecify.annotations.NullMarked;
