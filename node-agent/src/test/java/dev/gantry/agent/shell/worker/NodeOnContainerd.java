package dev.gantry.agent.shell.worker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.testing.TestContainerd;
import dev.gantry.agent.testing.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** For tests of pods on a real containerd: each has one of its own, and a node on it. */
abstract class NodeOnContainerd {
    TestContainerd containerd;
    TestNode node;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(TestContainerd.isPossible(), "needs root, containerd, runc and CNI plugins");
        containerd = TestContainerd.start();
        node = new TestNode(containerd);
    }

    @AfterEach
    void stop() throws Exception {
        if (node != null) {
            node.close();
        }
        if (containerd != null) {
            containerd.close();
        }
    }
}
