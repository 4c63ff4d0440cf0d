/**
 * Reviews: questions about who somebody is and what they may do, asked through the API.
 *
 * <p>The tree of a review in, the same tree with its status out, by way of the question it asks.
 * Compat: {@code pkg/registry/authorization} and {@code pkg/registry/authentication}. Judges
 * nothing itself.
 */
@NullMarked
package dev.gantry.gateway.review;

import org.jspecify.annotations.NullMarked;
