/** Tokens of service accounts: issued on request, signed with the cluster's key. */
@NullMarked
package dev.gantry.state.shell.api.token;

import org.jspecify.annotations.NullMarked;
