/** The paths that name no resource: discovery, OpenAPI, and who signs the tokens. */
@NullMarked
package dev.gantry.state.shell.api.document;

import org.jspecify.annotations.NullMarked;
