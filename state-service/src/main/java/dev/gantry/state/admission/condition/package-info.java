/**
 * What expressions of webhooks and policies say of a request: the request as values for CEL in, an
 * answer or why there is none out.
 */
@NullMarked
package dev.gantry.state.admission.condition;

import org.jspecify.annotations.NullMarked;
