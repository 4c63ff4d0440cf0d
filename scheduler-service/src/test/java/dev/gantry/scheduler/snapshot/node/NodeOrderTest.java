package dev.gantry.scheduler.snapshot.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NodeOrderTest {
    private static final int ROOM = 120;

    private final ClusterSnapshot snapshot = new ClusterSnapshot();

    @Test
    void namesThatFollowOneAnotherAreFolded() {
        nodes(1, 12);
        node("gpu-1");

        assertThat(all()).isEqualTo("gpu-1, node-[1-12]");
        assertThat(allBut("node-5", "node-8")).isEqualTo("gpu-1, node-[1-4,6,7,9-12]");
    }

    @Test
    void oneNodeOfItsKindNeedsNoBracket() {
        List.of("node-7", "master", "ip-10-0-1-23.ec2.internal").forEach(this::node);

        assertThat(all()).isEqualTo("ip-10-0-1-23.ec2.internal, master, node-7");
    }

    @Test
    void aNameCountsByTheNumberBeforeItsDomain() {
        List.of("n9.z2.example", "n10.z2.example", "n11.z2.example", "n10.z1.example")
                .forEach(this::node);

        assertThat(all()).isEqualTo("n10.z1.example, n[9-11].z2.example");
    }

    @Test
    void zerosThatPadNumbersStay() {
        List.of("n08", "n09", "n10", "n11", "n012", "n14").forEach(this::node);

        assertThat(all()).isEqualTo("n[08-11,012,14]");
    }

    @Test
    void numbersThatNobodyCountsByAreNamesLikeOthers() {
        List.of("x1234567890123456789", "x1234567890123456790", "x").forEach(this::node);

        assertThat(all()).isEqualTo("x, x1234567890123456789, x1234567890123456790");
    }

    @Test
    void ofManyThatDoNotFollowOneAnotherSomeAreNamed() {
        IntStream.range(0, 500).forEach(i -> node("node-" + 2 * i));

        String text = all();
        assertThat(text).startsWith("node-[0,2,4,6,").endsWith("] and 461 more");
        assertThat(text.length()).isLessThanOrEqualTo(ROOM + " and 461 more".length());
    }

    @Test
    void whereThereIsNoRoomForOneNameNoneIsTold() {
        node("n".repeat(ROOM + 1) + "-1");

        assertThat(all()).isEmpty();
    }

    @Test
    void nodesThatComeAndGoGiveANewOrder() {
        nodes(1, 3);
        NodeOrder before = snapshot.nodeOrder();
        snapshot.putNode(Sample.facts("node-2", "8", "8Gi", ""));
        assertThat(snapshot.nodeOrder()).as("the same nodes").isSameAs(before);

        snapshot.removeNode("node-2");
        assertThat(all()).isEqualTo("node-[1,3]");
        node("node-4");
        assertThat(all()).isEqualTo("node-[1,3,4]");
    }

    private void nodes(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> node("node-" + i));
    }

    private void node(String name) {
        snapshot.putNode(Sample.facts(name, "4", "8Gi", ""));
    }

    private String all() {
        return allBut();
    }

    private String allBut(String... names) {
        NodeOrder order = snapshot.nodeOrder();
        BitSet places = order.all();
        for (String each : names) {
            order.put(places, snapshot.node(each).orElseThrow().row(), false);
        }
        return order.tell(places, ROOM);
    }
}
