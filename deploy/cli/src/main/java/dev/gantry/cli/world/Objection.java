package dev.gantry.cli.world;

import java.util.List;

/**
 * What one rule holds against a pod on one node.
 *
 * @param rule the plugin's name as upstream calls it
 * @param reasons upstream's words
 * @param shortages of which resources there is too little, where that is the reason
 */
public record Objection(String rule, List<String> reasons, List<Shortage> shortages) {
    /**
     * In thousandths for cpu, in whole units for everything else.
     *
     * @param allocatable what the empty node would have
     */
    public record Shortage(String resource, long asked, long free, long allocatable) {}
}
