/**
 * Serves reviews: reads their bodies, asks authentication and authorization, and answers.
 *
 * <p>What a review means is the core's; who is asked is decided here.
 */
@NullMarked
package dev.gantry.gateway.shell.review;

import org.jspecify.annotations.NullMarked;
