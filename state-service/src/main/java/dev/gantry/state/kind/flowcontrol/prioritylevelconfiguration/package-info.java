/** PriorityLevelConfigurations: how many requests of a level run at once. */
@NullMarked
package dev.gantry.state.kind.flowcontrol.prioritylevelconfiguration;

import org.jspecify.annotations.NullMarked;
