/** The hostile clients, one class for each kind. An attempt is one connection's worth of harm. */
@NullMarked
package dev.gantry.bench.hostile.client;

import org.jspecify.annotations.NullMarked;
