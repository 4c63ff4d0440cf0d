/**
 * What objects take of a ResourceQuota: an object in, amounts by the names that quotas use for them
 * out; and which objects a quota counts at all.
 *
 * <p>Both that which refuses objects beyond a quota and that which reports what is taken ask here.
 * Pure; adds nothing up, and compares nothing.
 */
@NullMarked
package dev.gantry.model.quota;

import org.jspecify.annotations.NullMarked;
