/** Which strategy is responsible for a kind: one total table. */
@NullMarked
package dev.gantry.state.catalog;

import org.jspecify.annotations.NullMarked;
