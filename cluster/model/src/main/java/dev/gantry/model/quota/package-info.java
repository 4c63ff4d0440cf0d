/**
 * What objects take of a ResourceQuota: an object in, amounts by the names that quotas use for them
 * out; and which objects a quota counts at all.
 *
 * <p>Used by the admission that refuses objects beyond a quota and by the controller that reports
 * what is taken. Pure; adds nothing up, and compares nothing.
 */
@NullMarked
package dev.gantry.model.quota;

import org.jspecify.annotations.NullMarked;
