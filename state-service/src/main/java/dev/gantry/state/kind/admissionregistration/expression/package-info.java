/** The CEL of webhooks and policies: what expressions may name, and whether they are sound. */
@NullMarked
package dev.gantry.state.kind.admissionregistration.expression;

import org.jspecify.annotations.NullMarked;
