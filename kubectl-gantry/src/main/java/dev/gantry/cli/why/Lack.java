package dev.gantry.cli.why;

import java.util.List;

/**
 * What some nodes lack.
 *
 * @param nodes by name
 */
public record Lack(List<String> nodes, List<String> reasons) {
    public Lack {
        nodes = List.copyOf(nodes);
        reasons = List.copyOf(reasons);
    }

    Lack without(String node) {
        return new Lack(nodes.stream().filter(each -> !each.equals(node)).toList(), reasons);
    }
}
