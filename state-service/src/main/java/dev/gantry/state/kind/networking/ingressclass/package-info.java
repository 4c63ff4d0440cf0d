/** IngressClasses: whose Ingresses a controller serves. */
@NullMarked
package dev.gantry.state.kind.networking.ingressclass;

import org.jspecify.annotations.NullMarked;
