/** ServiceAccounts: references to Secrets keep only the name. */
@NullMarked
package dev.gantry.state.kind.core.serviceaccount;

import org.jspecify.annotations.NullMarked;
