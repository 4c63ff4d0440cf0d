/** FlowSchemas: of which priority level a request is. */
@NullMarked
package dev.gantry.state.kind.flowcontrol.flowschema;

import org.jspecify.annotations.NullMarked;
