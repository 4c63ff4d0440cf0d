/** EndpointSlices: addresses of one type, with ports. */
@NullMarked
package dev.gantry.state.kind.discovery.endpointslice;

import org.jspecify.annotations.NullMarked;
