package dev.gantry.agent.network;

import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Compares what {@code nft -j list table} shows with what was put in: by names and counts. */
public final class TableCheck {
    private TableCheck() {}

    public static boolean matches(JsonNode listing, Ruleset held) {
        Map<String, Integer> counts = new TreeMap<>();
        Set<String> chains = new TreeSet<>();
        for (JsonNode each : listing.path("nftables")) {
            for (String object : new String[] {"set", "map"}) {
                if (each.has(object)) {
                    JsonNode found = each.path(object);
                    counts.put(Resource.text(found, "name"), found.path("elem").size());
                }
            }
            if (each.has("chain")) {
                chains.add(Resource.text(each.path("chain"), "name"));
            }
        }
        for (NftSet set : NftSet.values()) {
            if (counts.getOrDefault(set.nftName(), -1) != held.of(set).size()) {
                return false;
            }
        }
        return held.chains().stream().allMatch(chain -> chains.contains(chain.nftName()));
    }
}
