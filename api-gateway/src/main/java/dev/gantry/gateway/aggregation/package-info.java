/**
 * Which versions of groups are answered by extension servers, and whom a connection to one has to
 * reach.
 *
 * <p>APIServices in, requests sorted. Whether a server is well is told by the APIService's
 * condition, which the state service keeps.
 */
@NullMarked
package dev.gantry.gateway.aggregation;

import org.jspecify.annotations.NullMarked;
