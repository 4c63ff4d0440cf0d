/** Jobs: pods that run to completion, how many, and what their failures mean. */
@NullMarked
package dev.gantry.state.kind.batch.job;

import org.jspecify.annotations.NullMarked;
