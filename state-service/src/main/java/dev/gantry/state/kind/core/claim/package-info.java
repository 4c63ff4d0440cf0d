/** What a claim for storage asks for: rules that claims and the templates in pods share. */
@NullMarked
package dev.gantry.state.kind.core.claim;

import org.jspecify.annotations.NullMarked;
