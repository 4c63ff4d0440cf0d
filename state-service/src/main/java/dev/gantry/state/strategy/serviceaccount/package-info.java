/** ServiceAccounts: references to Secrets keep only the name. */
@NullMarked
package dev.gantry.state.strategy.serviceaccount;

import org.jspecify.annotations.NullMarked;
