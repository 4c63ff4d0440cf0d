/** What FlowSchemas and PriorityLevelConfigurations have in common. */
@NullMarked
package dev.gantry.state.kind.flowcontrol.shared;

import org.jspecify.annotations.NullMarked;
