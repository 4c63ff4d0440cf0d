/**
 * Who waits for whom when there is more to do than can be done at once.
 *
 * <p>FlowSchemas and PriorityLevelConfigurations in, {@link FlowControl} out: the schema of a
 * request, and by it the level. A level has seats ({@link Borrowing} moves them between levels) and
 * {@link FairQueues} before them, so that one flow's flood delays that flow. Apart from them, a
 * {@link CallerTier} bounds memory and connections. Compat: upstream's priority and fairness.
 *
 * <p>Knows no threads and no clock: the shell counts the seats that are taken, waits, and tells
 * when somebody leaves.
 */
@NullMarked
package dev.gantry.gateway.flowcontrol;

import org.jspecify.annotations.NullMarked;
