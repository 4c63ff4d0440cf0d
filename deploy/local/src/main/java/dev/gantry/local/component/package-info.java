/**
 * What a cluster is made of: how each process is prepared, started, probed and cleaned up after.
 */
@NullMarked
package dev.gantry.local.component;

import org.jspecify.annotations.NullMarked;
