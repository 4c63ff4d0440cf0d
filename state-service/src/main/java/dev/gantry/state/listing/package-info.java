/**
 * Which objects of a snapshot a list answers with, page by page, and how they are put together.
 *
 * <p>Snapshots are in key order; a continue token names the revision and the last key sent.
 */
@NullMarked
package dev.gantry.state.listing;

import org.jspecify.annotations.NullMarked;
