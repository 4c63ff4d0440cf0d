/** What kinds that own pods through a template have in common. */
@NullMarked
package dev.gantry.state.strategy.workload;

import org.jspecify.annotations.NullMarked;
