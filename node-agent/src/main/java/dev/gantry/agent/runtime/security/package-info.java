/** As whom processes run and what of the node they see, for sandboxes and containers alike. */
@NullMarked
package dev.gantry.agent.runtime.security;

import org.jspecify.annotations.NullMarked;
