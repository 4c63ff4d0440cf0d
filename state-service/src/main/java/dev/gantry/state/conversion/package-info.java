/**
 * Custom resources whose versions a webhook converts: objects in, the question for the webhook out;
 * its answer in, objects in the other version out, or why there are none.
 *
 * <p>Such objects are converted where they are read from the log and where they are written to it,
 * by a shell. Everything in between (admission, defaults, validation, patches, selectors) sees them
 * in the version of the request. Pure; calls nobody.
 */
@NullMarked
package dev.gantry.state.conversion;

import org.jspecify.annotations.NullMarked;
