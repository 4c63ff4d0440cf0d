/**
 * Who answers which verb on which resource. Each route reads the request, has it carried out, and
 * says how the reply looks.
 */
@NullMarked
package dev.gantry.state.shell.api.route;

import org.jspecify.annotations.NullMarked;
