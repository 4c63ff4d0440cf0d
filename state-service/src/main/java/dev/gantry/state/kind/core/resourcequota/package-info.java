/** ResourceQuotas: how much of each resource a namespace may take. */
@NullMarked
package dev.gantry.state.kind.core.resourcequota;

import org.jspecify.annotations.NullMarked;
