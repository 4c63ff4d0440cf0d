/**
 * Which pods must leave because a device that they have got a NoExecute taint, and when.
 *
 * <p>A pod and the untolerated taints of its devices in; a deletion now, or a time to look again,
 * out. Time counts from the taint's timeAdded.
 *
 * <p>Compat: pkg/controller/devicetainteviction. Not here: DeviceTaintRules, which are off by
 * default in v1.36.
 */
@NullMarked
package dev.gantry.controller.node.devicetainteviction;

import org.jspecify.annotations.NullMarked;
