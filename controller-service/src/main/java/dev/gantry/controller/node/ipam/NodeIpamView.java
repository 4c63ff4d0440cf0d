package dev.gantry.controller.node.ipam;

import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.meta.Resource;
import java.util.List;

/**
 * All that the handing out of ranges may see.
 *
 * @param cluster the ranges to hand out of, the primary family first
 * @param nodes all of them, in name order
 */
record NodeIpamView(List<AddressBlock> cluster, List<Resource> nodes) {
    static boolean isWaiting(Resource node) {
        return node.spec().path("podCIDRs").isEmpty() && !node.isBeingDeleted();
    }
}
