/** EndpointSlices: addresses of one type, with ports. */
@NullMarked
package dev.gantry.state.strategy.endpointslice;

import org.jspecify.annotations.NullMarked;
