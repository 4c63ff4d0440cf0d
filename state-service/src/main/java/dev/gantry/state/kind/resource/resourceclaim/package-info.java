/** ResourceClaims: devices that pods ask for, and which they got. */
@NullMarked
package dev.gantry.state.kind.resource.resourceclaim;

import org.jspecify.annotations.NullMarked;
