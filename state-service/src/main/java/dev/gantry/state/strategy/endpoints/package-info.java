/** Endpoints: the old form of what EndpointSlices say. */
@NullMarked
package dev.gantry.state.strategy.endpoints;

import org.jspecify.annotations.NullMarked;
