/**
 * One node: what it says of itself, what pods take of it, and where it stands among all others by
 * name. Numbers stand in columns, one per resource, so that loops over all nodes read plain arrays.
 */
@NullMarked
package dev.gantry.scheduler.snapshot.node;

import org.jspecify.annotations.NullMarked;
