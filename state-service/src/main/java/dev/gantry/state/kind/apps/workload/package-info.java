/** What kinds that own pods through a template have in common. */
@NullMarked
package dev.gantry.state.kind.apps.workload;

import org.jspecify.annotations.NullMarked;
