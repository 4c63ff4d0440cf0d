package dev.gantry.acceptance.compose;

import dev.gantry.acceptance.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The machine's packet filter at one moment, as far as an engine writes into it.
 *
 * @param tables of nftables, as {@code nft list tables} names them
 * @param rules of iptables, by the command that keeps them
 */
record PacketFilter(SortedSet<String> tables, SortedMap<String, String> rules) {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern OF_IPTABLES =
            Pattern.compile("table ip6? (filter|nat|mangle|raw)");

    static PacketFilter now() {
        SortedMap<String, String> rules = new TreeMap<>();
        for (String command : List.of("iptables", "ip6tables")) {
            rules.put(command, Cluster.run(List.of(command + "-save"), "", LIMIT).out());
        }
        return new PacketFilter(present(), rules);
    }

    /** Tables that iptables made since are taken away, and those that there were are as before. */
    void restore() {
        for (String table : present()) {
            if (!tables.contains(table) && OF_IPTABLES.matcher(table).matches()) {
                Cluster.run(List.of("nft", "delete " + table), "", LIMIT);
            }
        }
        rules.forEach(
                (command, saved) -> {
                    if (!saved.isEmpty()) {
                        Cluster.run(List.of(command + "-restore"), saved, LIMIT);
                    }
                });
    }

    private static SortedSet<String> present() {
        Cluster.Result listing = Cluster.run(List.of("nft", "list", "tables"), "", LIMIT);
        return new TreeSet<>(listing.out().lines().toList());
    }
}
