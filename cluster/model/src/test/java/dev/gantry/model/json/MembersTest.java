package dev.gantry.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;

class MembersTest {
    private static final int STEPS = 20_000;

    /** The number of names decides whether they ever are too many for one array. */
    @ParameterizedTest
    @ValueSource(ints = {3, 20, 60})
    void membersAreWhatALinkedHashMapWouldHold(int names) {
        var random = new Random(names);
        var members = new Members();
        Map<String, JsonNode> expected = new LinkedHashMap<>();
        for (int step = 0; step < STEPS; step++) {
            // A text of its own each time: names are equal by what they say.
            String name = "name-" + random.nextInt(names);
            var value = new IntNode(step);
            switch (random.nextInt(100)) {
                case 0 -> {
                    members.clear();
                    expected.clear();
                }
                case 1, 2, 3, 4, 5 -> removeSome(members, expected, random.nextLong());
                case 6, 7, 8, 9 -> replaceAll(members, expected, step);
                default -> {
                    if (random.nextInt(3) == 0) {
                        assertThat(members.remove(name)).isEqualTo(expected.remove(name));
                    } else {
                        assertThat(members.put(name, value)).isEqualTo(expected.put(name, value));
                    }
                }
            }
            assertThat(members.get(name)).isEqualTo(expected.get(name));
            assertThat(members.containsKey(name)).isEqualTo(expected.containsKey(name));
            assertThat(inOrder(members)).isEqualTo(inOrder(expected));
        }
        assertThat(members).isEqualTo(expected).hasSameHashCodeAs(expected);
    }

    @Test
    void manyMembersKeepTheirOrderAndGoAwayAgain() {
        var members = new Members();
        for (int i = 0; i < 1000; i++) {
            members.put("name-" + i, new IntNode(i));
        }
        assertThat(members).hasSize(1000);
        assertThat(members.keySet().iterator().next()).isEqualTo("name-0");
        for (int i = 0; i < 1000; i++) {
            assertThat(members.remove("name-" + i)).isEqualTo(new IntNode(i));
        }
        assertThat(members).isEmpty();
    }

    @Test
    void aWalkEndsAndRemovesNothingTwice() {
        var members = new Members();
        members.put("only", new IntNode(1));
        Iterator<Map.Entry<String, JsonNode>> walk = members.entrySet().iterator();
        walk.next();
        walk.remove();
        assertThatThrownBy(walk::remove).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
        assertThat(members.get("absent")).isNull();
        assertThat(members.get(null)).isNull();
    }

    private static void removeSome(Members members, Map<String, JsonNode> expected, long seed) {
        var forMembers = new Random(seed);
        var forExpected = new Random(seed);
        members.entrySet().removeIf(_ -> forMembers.nextBoolean());
        expected.entrySet().removeIf(_ -> forExpected.nextBoolean());
    }

    private static void replaceAll(Members members, Map<String, JsonNode> expected, int step) {
        for (Map<String, JsonNode> each : List.of(members, expected)) {
            each.entrySet().forEach(entry -> entry.setValue(new IntNode(step)));
        }
    }

    private static List<String> inOrder(Map<String, JsonNode> map) {
        List<String> found = new ArrayList<>();
        map.forEach((name, value) -> found.add(name + "=" + value));
        List<String> walked = new ArrayList<>();
        map.entrySet().forEach(each -> walked.add(each.getKey() + "=" + each.getValue()));
        assertThat(walked).isEqualTo(found).hasSize(map.size());
        return found;
    }
}
