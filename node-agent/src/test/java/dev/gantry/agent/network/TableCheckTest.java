package dev.gantry.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.network.ServiceAction.Balance;
import dev.gantry.agent.network.ServiceAction.Endpoint;
import dev.gantry.agent.network.ServiceAction.Masquerade;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class TableCheckTest {
    private Ruleset held;
    private final ObjectNode listing = JsonMapper.shared().createObjectNode();

    @BeforeEach
    void listWhatIsHeld() {
        SortedMap<Frontend, ServiceAction> actions = new TreeMap<>();
        actions.put(
                new Frontend(Frontend.Scope.ANYONE, "10.96.0.1", "tcp", 80),
                new Balance(
                        "n/s",
                        Masquerade.ALL,
                        Optional.empty(),
                        List.of(new Endpoint("tcp", "10.244.0.2", 8080, true))));
        SortedSet<String> none = new TreeSet<>();
        var nowhere = new Ranges(none, none, none, none, true);
        held = Ruleset.of(Family.IP4, nowhere, actions, new TreeMap<>(), new MarkAllocator());
        ArrayNode all = listing.putArray("nftables");
        for (NftSet set : NftSet.values()) {
            ObjectNode each = all.addObject().putObject(set.object()).put("name", set.nftName());
            held.of(set).keySet().forEach(key -> each.withArray("elem").add(key));
        }
        all.addObject().putObject("map").put("name", "clients").withArray("elem").add("somebody");
        held.chains()
                .forEach(chain -> all.addObject().putObject("chain").put("name", chain.nftName()));
    }

    @Test
    void findsAllInPlace() {
        assertThat(TableCheck.matches(listing, held)).isTrue();
    }

    @Test
    void missesAnElementThatIsGone() {
        ((ObjectNode) listing.at("/nftables/" + NftSet.ENDPOINTS.ordinal() + "/map"))
                .remove("elem");
        assertThat(TableCheck.matches(listing, held)).isFalse();
    }

    @Test
    void missesASetOrAChainThatIsGone() {
        ArrayNode all = (ArrayNode) listing.path("nftables");
        ObjectNode other = listing.deepCopy();
        ((ArrayNode) other.path("nftables")).remove(0);
        assertThat(TableCheck.matches(other, held)).isFalse();
        all.remove(all.size() - 1);
        assertThat(TableCheck.matches(listing, held)).isFalse();
    }
}
