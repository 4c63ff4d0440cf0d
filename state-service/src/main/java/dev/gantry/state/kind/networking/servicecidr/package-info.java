/** ServiceCIDRs: ranges from which Services get their addresses. */
@NullMarked
package dev.gantry.state.kind.networking.servicecidr;

import org.jspecify.annotations.NullMarked;
