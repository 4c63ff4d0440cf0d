package dev.gantry.agent.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.shell.kernel.Mounts;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of pods on a runtime that does as it is told: each has one, and a node on it. */
public abstract class NodeOnFakeRuntime {
    protected final FakeRuntime runtime = new FakeRuntime();
    protected TestNode node;

    /** The agent's. */
    @TempDir protected Path folder;

    @BeforeEach
    protected void startNode() {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to mount");
        node = new TestNode(runtime, folder, "/gantry-none");
    }

    @AfterEach
    protected void stopNode() throws IOException {
        if (node != null) {
            node.close();
            Mounts.unmountAllBelow(folder);
        }
    }
}
