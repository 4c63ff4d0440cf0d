package dev.gantry.cli.cluster;

import java.util.List;

/**
 * What one rule holds against a pod on one node.
 *
 * @param rule the plugin's name as upstream calls it
 * @param reasons upstream's words
 * @param details what exactly, where upstream's words don't say: taints, say
 * @param shortages of which resources there is too little, where that is the reason
 * @param isEverywhere whether it holds whatever the node is like
 */
public record Rejection(
        String rule,
        List<String> reasons,
        List<String> details,
        List<Shortage> shortages,
        boolean isEverywhere) {
    /**
     * In thousandths for cpu, in whole units for everything else.
     *
     * @param allocatable what the empty node would have
     */
    public record Shortage(String resource, long asked, long free, long allocatable) {}
}
