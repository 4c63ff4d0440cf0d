/**
 * ComponentStatuses: whether the parts that a cluster stands on are well. They are made when they
 * are asked for and stored nowhere, so there is nothing to watch and no past.
 *
 * <p>Leases of leaders, whether writes can be committed, and the time in; one object per part out.
 */
@NullMarked
package dev.gantry.state.kind.core.componentstatus;

import org.jspecify.annotations.NullMarked;
