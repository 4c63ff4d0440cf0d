/** ResourceClaimTemplates: from which a claim is made for each pod. */
@NullMarked
package dev.gantry.state.kind.resource.resourceclaimtemplate;

import org.jspecify.annotations.NullMarked;
